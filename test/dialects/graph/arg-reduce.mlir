// RUN: atrous-opt %s --split-input-file --verify-diagnostics | FileCheck %s
// RUN: atrous-opt %s --atrous-lower-graph --split-input-file --verify-diagnostics | FileCheck %s --check-prefix=LOWER

// LOWER-DAG: [[$IN:#map[0-9]*]] = affine_map<(d0, d1, d2) -> (d0, d2, d1)>
// CHECK-LABEL: @largest
// LOWER-LABEL: @largest
func.func @largest(%x: tensor<2x3x4xf32>) -> tensor<2x4xi64> {
  // CHECK: graph.arg_reduce %{{.*}} {axis = 1 : i64}
  // LOWER: linalg.generic {indexing_maps = {{\[}}[[$IN]],
  // LOWER-SAME: outs(%{{.*}}, %{{.*}} : tensor<2x4xf32>, tensor<2x4xi64>)
  // LOWER: arith.cmpf ogt
  %0 = graph.arg_reduce %x {axis = 1 : i64} : tensor<2x3x4xf32> -> tensor<2x4xi64>
  return %0 : tensor<2x4xi64>
}

// -----

func.func @empty(%x: tensor<2x0x4xf32>) {
  // expected-error @below {{dimension 1 has size 0, so it has no largest element}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.arg_reduce %x {axis = 1 : i64} : tensor<2x0x4xf32> -> tensor<2x4xi64>
  return
}

// -----

func.func @axis(%x: tensor<2x4xf32>) {
  // expected-error @below {{axis 2 is out of range for rank 2}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.arg_reduce %x {axis = 2 : i64} : tensor<2x4xf32> -> tensor<2xi64>
  return
}
