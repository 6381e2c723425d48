// RUN: atrous-opt %s -split-input-file -canonicalize -verify-diagnostics | FileCheck %s
// RUN: atrous-opt %s -split-input-file -atrous-fold-constants -verify-diagnostics | FileCheck %s --check-prefix=FOLD

// CHECK-LABEL: @identity
// FOLD-LABEL: @identity
// CHECK-SAME: (%[[X:.*]]: tensor<2x2xf32>)
func.func @identity(%x: tensor<2x2xf32>) -> tensor<2x2xf32> {
  // CHECK: return %[[X]]
  %0 = graph.transpose %x {perm = array<i64: 0, 1>} : tensor<2x2xf32> -> tensor<2x2xf32>
  return %0 : tensor<2x2xf32>
}

// transpose(transpose(x)) => transpose(x)
// CHECK-LABEL: @twice
// CHECK-SAME: (%[[X:.*]]: tensor<2x3x4xf32>)
func.func @twice(%x: tensor<2x3x4xf32>) -> tensor<3x2x4xf32> {
  // CHECK: graph.transpose %[[X]] {perm = array<i64: 1, 0, 2>}
  // CHECK-NOT: graph.transpose
  %0 = graph.transpose %x : tensor<2x3x4xf32> -> tensor<4x3x2xf32>
  %1 = graph.transpose %0 {perm = array<i64: 1, 2, 0>} : tensor<4x3x2xf32> -> tensor<3x2x4xf32>
  return %1 : tensor<3x2x4xf32>
}

// Only a dimension of size 1 moves => reshape
// CHECK-LABEL: @ones
func.func @ones(%x: tensor<1x3x4xf32>) -> tensor<3x1x4xf32> {
  // CHECK: graph.reshape
  %0 = graph.transpose %x {perm = array<i64: 1, 0, 2>} : tensor<1x3x4xf32> -> tensor<3x1x4xf32>
  return %0 : tensor<3x1x4xf32>
}

// FOLD-LABEL: @values
func.func @values() -> tensor<3x2xi32> {
  %x = graph.constant dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xi32> : tensor<2x3xi32>
  // FOLD: dense<{{\[}}[1, 4], [2, 5], [3, 6]]>
  %0 = graph.transpose %x : tensor<2x3xi32> -> tensor<3x2xi32>
  return %0 : tensor<3x2xi32>
}

// -----

func.func @no_permutation(%x: tensor<2x3xf32>) -> tensor<*xf32> {
  // expected-error @below {{perm [0, 0] is no permutation of 2 dimensions}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.transpose %x {perm = array<i64: 0, 0>} : tensor<2x3xf32> -> tensor<*xf32>
  return %0 : tensor<*xf32>
}
