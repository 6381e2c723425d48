// RUN: atrous-opt %s -split-input-file -atrous-fold-constants -verify-diagnostics | FileCheck %s

// CHECK-LABEL: @values
func.func @values() -> (tensor<2x4xi32>, tensor<0x2xi32>) {
  %x = graph.constant dense<[[1, 2]]> : tensor<1x2xi32> : tensor<1x2xi32>
  %r = graph.constant dense<2> : tensor<2xi64> : tensor<2xi64>
  %z = graph.constant dense<[0, 1]> : tensor<2xi64> : tensor<2xi64>
  // CHECK-DAG: dense<{{\[}}[1, 2, 1, 2], [1, 2, 1, 2]]>
  %0 = graph.tile %x, %r : (tensor<1x2xi32>, tensor<2xi64>) -> tensor<2x4xi32>
  // CHECK-DAG: tensor<0x2xi32>
  %1 = graph.tile %x, %z : (tensor<1x2xi32>, tensor<2xi64>) -> tensor<0x2xi32>
  return %0, %1 : tensor<2x4xi32>, tensor<0x2xi32>
}

// -----

func.func @count(%x: tensor<1x2xi32>) -> tensor<*xi32> {
  %r = graph.constant dense<2> : tensor<1xi64> : tensor<1xi64>
  // expected-error @below {{repeats [2] has 1 values for an input of rank 2}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.tile %x, %r : (tensor<1x2xi32>, tensor<1xi64>) -> tensor<*xi32>
  return %0 : tensor<*xi32>
}

// -----

func.func @negative(%x: tensor<2xi32>) -> tensor<*xi32> {
  %r = graph.constant dense<-2> : tensor<1xi64> : tensor<1xi64>
  // expected-error @below {{repeats [-2] has the negative value -2}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.tile %x, %r : (tensor<2xi32>, tensor<1xi64>) -> tensor<*xi32>
  return %0 : tensor<*xi32>
}

// -----

func.func @overflow(%x: tensor<4xi32>) -> tensor<*xi32> {
  %r = graph.constant dense<4611686018427387904> : tensor<1xi64> : tensor<1xi64>
  // expected-error @below {{a dimension of 4 repeated 4611686018427387904 times is too large}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.tile %x, %r : (tensor<4xi32>, tensor<1xi64>) -> tensor<*xi32>
  return %0 : tensor<*xi32>
}
