// RUN: atrous-opt %s -split-input-file -canonicalize -verify-diagnostics | FileCheck %s
// RUN: atrous-opt %s -split-input-file -atrous-fold-constants -verify-diagnostics | FileCheck %s --check-prefix=FOLD

// CHECK-LABEL: @identity
// FOLD-LABEL: @identity
// CHECK-SAME: (%[[X:.*]]: tensor<2x3xf32>)
func.func @identity(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %s = graph.constant dense<[1, 3]> : tensor<2xi64> : tensor<2xi64>
  // CHECK: return %[[X]]
  %0 = graph.expand %x, %s : (tensor<2x3xf32>, tensor<2xi64>) -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// FOLD-LABEL: @values
func.func @values() -> tensor<2x2x3xi32> {
  %x = graph.constant dense<[[1], [2]]> : tensor<2x1xi32> : tensor<2x1xi32>
  %s = graph.constant dense<[2, 1, 3]> : tensor<3xi64> : tensor<3xi64>
  // FOLD: dense<{{\[\[}}[1, 1, 1], [2, 2, 2]], {{\[}}[1, 1, 1], [2, 2, 2]]]>
  %0 = graph.expand %x, %s : (tensor<2x1xi32>, tensor<3xi64>) -> tensor<2x2x3xi32>
  return %0 : tensor<2x2x3xi32>
}

// -----

func.func @negative(%x: tensor<2x1xf32>) -> tensor<*xf32> {
  %s = graph.constant dense<[2, -1]> : tensor<2xi64> : tensor<2xi64>
  // expected-error @below {{shape [2, -1] has the negative size -1}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.expand %x, %s : (tensor<2x1xf32>, tensor<2xi64>) -> tensor<*xf32>
  return %0 : tensor<*xf32>
}
