// RUN: atrous-opt %s --split-input-file --verify-diagnostics | FileCheck %s

// CHECK-LABEL: @det
func.func @det(%x: tensor<5x3x3xf32>) -> tensor<5xf32> {
  // CHECK: graph.det %{{.*}} : tensor<5x3x3xf32> -> tensor<5xf32>
  %0 = graph.det %x : tensor<5x3x3xf32> -> tensor<5xf32>
  return %0 : tensor<5xf32>
}

// -----

func.func @not_square(%x: tensor<5x3x4xf32>) {
  // expected-error @below {{matrices of 3 x 4 elements are not square}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.det %x : tensor<5x3x4xf32> -> tensor<5xf32>
  return
}

// -----

func.func @no_matrix(%x: tensor<5xf32>) {
  // expected-error @below {{input has rank 1, expected at least 2}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.det %x : tensor<5xf32> -> tensor<f32>
  return
}
