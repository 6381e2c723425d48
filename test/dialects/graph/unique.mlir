// RUN: atrous-opt %s --split-input-file --verify-diagnostics | FileCheck %s

// CHECK-LABEL: @round_trip
func.func @round_trip(%x: tensor<2x9xf32>) -> (tensor<?xf32>, tensor<2x?xf32>) {
  // CHECK: graph.unique %{{.*}} {sorted} : (tensor<2x9xf32>) -> (tensor<?xf32>, tensor<?xi64>, tensor<18xi64>, tensor<?xi64>)
  %0:4 = graph.unique %x {sorted} : (tensor<2x9xf32>) -> (tensor<?xf32>, tensor<?xi64>, tensor<18xi64>, tensor<?xi64>)
  // CHECK: graph.unique %{{.*}} {axis = -1 : i64} : (tensor<2x9xf32>) -> (tensor<2x?xf32>, tensor<?xi64>, tensor<9xi64>, tensor<?xi64>)
  %1:4 = graph.unique %x {axis = -1 : i64} : (tensor<2x9xf32>) -> (tensor<2x?xf32>, tensor<?xi64>, tensor<9xi64>, tensor<?xi64>)
  return %0#0, %1#0 : tensor<?xf32>, tensor<2x?xf32>
}

// -----

func.func @axis(%x: tensor<2x9xf32>) {
  // expected-error @below {{axis -3 is out of range for rank 2}}
  // expected-error @below {{failed to infer returned types}}
  %0:4 = graph.unique %x {axis = -3 : i64} : (tensor<2x9xf32>) -> (tensor<2x?xf32>, tensor<?xi64>, tensor<9xi64>, tensor<?xi64>)
  return
}
