// RUN: atrous-opt %s --split-input-file --verify-diagnostics | FileCheck %s
// RUN: atrous-opt %s --atrous-lower-graph --split-input-file --verify-diagnostics | FileCheck %s --check-prefix=LOWER

// CHECK-LABEL: @grid
// LOWER-LABEL: @grid
func.func @grid(%t: tensor<1x2x3xf32>) -> tensor<1x4x5x2xf32> {
  %s = graph.constant dense<[1, 3, 4, 5]> : tensor<4xi64> : tensor<4xi64>
  // CHECK: graph.affine_grid
  // LOWER-COUNT-3: tensor.extract
  // LOWER-NOT: tensor.extract
  %0 = graph.affine_grid %t, %s : (tensor<1x2x3xf32>, tensor<4xi64>) -> tensor<1x4x5x2xf32>
  return %0 : tensor<1x4x5x2xf32>
}

// -----

func.func @rank(%t: tensor<2x3xf32>) {
  %s = graph.constant dense<[1, 3, 4, 5]> : tensor<4xi64> : tensor<4xi64>
  // expected-error @below {{expects theta of rank 3, got 2x3}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.affine_grid %t, %s : (tensor<2x3xf32>, tensor<4xi64>) -> tensor<1x4x5x2xf32>
  return
}

// -----

func.func @dimensions(%t: tensor<1x2x3xf32>) {
  %s = graph.constant dense<[1, 3, 4, 5, 6]> : tensor<5xi64> : tensor<5xi64>
  // expected-error @below {{theta 1x2x3 does not map 3 spatial dimensions}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.affine_grid %t, %s : (tensor<1x2x3xf32>, tensor<5xi64>) -> tensor<1x4x5x2xf32>
  return
}

// -----

func.func @size(%t: tensor<1x2x3xf32>) {
  %s = graph.constant dense<[1, 3, 0, 5]> : tensor<4xi64> : tensor<4xi64>
  // expected-error @below {{size [1, 3, 0, 5] is not all positive}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.affine_grid %t, %s : (tensor<1x2x3xf32>, tensor<4xi64>) -> tensor<1x4x5x2xf32>
  return
}

// -----

func.func @batch(%t: tensor<1x2x3xf32>) {
  %s = graph.constant dense<[2, 3, 4, 5]> : tensor<4xi64> : tensor<4xi64>
  // expected-error @below {{size [2, 3, 4, 5] does not have the 1 maps of theta}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.affine_grid %t, %s : (tensor<1x2x3xf32>, tensor<4xi64>) -> tensor<1x4x5x2xf32>
  return
}

// -----

func.func @type(%t: tensor<1x2x3xi32>) {
  %s = graph.constant dense<[1, 3, 4, 5]> : tensor<4xi64> : tensor<4xi64>
  // expected-error @below {{theta has element type 'i32', not a float}}
  %0 = graph.affine_grid %t, %s : (tensor<1x2x3xi32>, tensor<4xi64>) -> tensor<1x4x5x2xi32>
  return
}
