// RUN: atrous-opt %s -split-input-file -canonicalize -verify-diagnostics | FileCheck %s
// RUN: atrous-opt %s -split-input-file -atrous-fold-constants -verify-diagnostics | FileCheck %s --check-prefix=FOLD

// CHECK-LABEL: @one
// FOLD-LABEL: @one
// CHECK-SAME: (%[[X:.*]]: tensor<2xf32>)
func.func @one(%x: tensor<2xf32>) -> tensor<2xf32> {
  // CHECK: return %[[X]]
  %0 = graph.concat %x {axis = 0 : i64} : (tensor<2xf32>) -> tensor<2xf32>
  return %0 : tensor<2xf32>
}

// FOLD-LABEL: @values
func.func @values() -> tensor<2x3xi32> {
  %x = graph.constant dense<[[1], [2]]> : tensor<2x1xi32> : tensor<2x1xi32>
  %y = graph.constant dense<[[3, 4], [5, 6]]> : tensor<2x2xi32> : tensor<2x2xi32>
  // FOLD: dense<{{\[}}[1, 3, 4], [2, 5, 6]]>
  %0 = graph.concat %x, %y {axis = -1 : i64} : (tensor<2x1xi32>, tensor<2x2xi32>) -> tensor<2x3xi32>
  return %0 : tensor<2x3xi32>
}

// -----

func.func @axis(%x: tensor<1x2x3x4xf32>) -> tensor<*xf32> {
  // expected-error @below {{concat axis 4 is out of range for rank 4}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.concat %x, %x {axis = 4 : i64} : (tensor<1x2x3x4xf32>, tensor<1x2x3x4xf32>) -> tensor<*xf32>
  return %0 : tensor<*xf32>
}

// -----

func.func @size(%x: tensor<1x2x6xf32>, %y: tensor<1x2x5xf32>) -> tensor<*xf32> {
  // expected-error @below {{input 1 has size 5 in dimension 2, input 0 has 6}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.concat %x, %y {axis = 1 : i64} : (tensor<1x2x6xf32>, tensor<1x2x5xf32>) -> tensor<*xf32>
  return %0 : tensor<*xf32>
}

// -----

func.func @rank(%x: tensor<2xf32>, %y: tensor<1x2xf32>) -> tensor<*xf32> {
  // expected-error @below {{input 1 has rank 2, input 0 has 1}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.concat %x, %y {axis = 0 : i64} : (tensor<2xf32>, tensor<1x2xf32>) -> tensor<*xf32>
  return %0 : tensor<*xf32>
}

// -----

func.func @none() -> tensor<*xf32> {
  // expected-error @below {{expects at least one input}}
  // expected-error @below {{failed to infer returned types}}
  %0 = "graph.concat"() {axis = 0 : i64} : () -> tensor<*xf32>
  return %0 : tensor<*xf32>
}

// -----

func.func @large(%x: tensor<4611686018427387904x0xf32>) -> tensor<*xf32> {
  // expected-error @below {{dimension 0 of the result is too large}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.concat %x, %x {axis = 0 : i64} : (tensor<4611686018427387904x0xf32>, tensor<4611686018427387904x0xf32>) -> tensor<*xf32>
  return %0 : tensor<*xf32>
}
