// RUN: atrous-opt %s --split-input-file --verify-diagnostics | FileCheck %s
// RUN: atrous-opt %s --atrous-lower-graph --split-input-file --verify-diagnostics | FileCheck %s --check-prefix=LOWER

// The shape is the input's; the axis may be known at run time only.
// CHECK-LABEL: @cumulate
// LOWER-LABEL: @cumulate
func.func @cumulate(%x: tensor<2x3xf32>, %axis: tensor<i64>) -> tensor<2x3xf32> {
  // CHECK: graph.cumulate %{{.*}}, %{{.*}} {exclusive, product}
  // LOWER: kernel.extern "atrous_cumulate" ins({{.*}}) outs({{.*}}) arguments [1, 1, 0]
  %0 = graph.cumulate %x, %axis {exclusive, product} : (tensor<2x3xf32>, tensor<i64>) -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// -----

func.func @axis_out_of_range(%x: tensor<2x3xf32>) {
  %axis = graph.constant dense<2> : tensor<i64> : tensor<i64>
  // expected-error @below {{axis 2 is out of range for rank 2}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.cumulate %x, %axis : (tensor<2x3xf32>, tensor<i64>) -> tensor<2x3xf32>
  return
}
