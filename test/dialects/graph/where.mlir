// RUN: atrous-opt %s -split-input-file -atrous-fold-constants -verify-diagnostics | FileCheck %s

// CHECK-LABEL: @values
func.func @values() -> tensor<2x2xi32> {
  %c = graph.constant dense<[[1], [0]]> : tensor<2x1xi8> : tensor<2x1xi1>
  %x = graph.constant dense<[1, 2]> : tensor<2xi32> : tensor<2xi32>
  %y = graph.constant dense<-1> : tensor<i32> : tensor<i32>
  // CHECK: dense<{{\[}}[1, 2], [-1, -1]]> : tensor<2x2xi32>
  %0 = graph.where %c, %x, %y : (tensor<2x1xi1>, tensor<2xi32>, tensor<i32>) -> tensor<2x2xi32>
  return %0 : tensor<2x2xi32>
}

// -----

func.func @condition(%x: tensor<2xf32>) -> tensor<2xf32> {
  // expected-error @below {{expects booleans, got 'tensor<2xf32>'}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.where %x, %x, %x : (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  return %0 : tensor<2xf32>
}
