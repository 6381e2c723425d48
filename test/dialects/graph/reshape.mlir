// RUN: atrous-opt %s -split-input-file -canonicalize -verify-diagnostics | FileCheck %s
// RUN: atrous-opt %s -split-input-file -atrous-infer-shapes -verify-diagnostics | FileCheck %s --check-prefix=INFER
// RUN: atrous-opt %s -split-input-file -atrous-fold-constants -verify-diagnostics | FileCheck %s --check-prefix=FOLD

// 0 copies a size, -1 takes what is left.
// INFER-LABEL: @target
// FOLD-LABEL: @target
// CHECK-LABEL: @target
func.func @target(%x: tensor<2x3x4xf32>) -> tensor<*xf32> {
  %s = graph.constant dense<[0, -1, 2]> : tensor<3xi64> : tensor<3xi64>
  // INFER: -> tensor<2x6x2xf32>
  %0 = graph.reshape %x, %s : tensor<2x3x4xf32>, tensor<3xi64> -> tensor<*xf32>
  return %0 : tensor<*xf32>
}

// An unknown size goes where -1 stands.
// INFER-LABEL: @dynamic
func.func @dynamic(%x: tensor<?x1xf32, #graph.tensor<symbols = ["N", ""]>>) -> tensor<*xf32> {
  %c = graph.constant dense<[1, -1]> : tensor<2xi64> : tensor<2xi64>
  // INFER: -> tensor<1x?xf32, #graph.tensor<symbols = ["", "N"]>>
  %0 = graph.reshape %x, %c : tensor<?x1xf32, #graph.tensor<symbols = ["N", ""]>>, tensor<2xi64> -> tensor<*xf32>
  return %0 : tensor<*xf32>
}

// INFER-LABEL: @others
func.func @others(%x: tensor<1x3x1x4xf32>) -> (tensor<*xf32>, tensor<*xf32>, tensor<*xf32>, tensor<*xf32>) {
  %a = graph.constant dense<[-4]> : tensor<1xi64> : tensor<1xi64>
  %b = graph.constant dense<[0, -1]> : tensor<2xi64> : tensor<2xi64>
  // INFER: graph.flatten {{.*}} -> tensor<3x4xf32>
  %0 = graph.flatten %x {axis = 2 : i64} : tensor<1x3x1x4xf32> -> tensor<*xf32>
  // INFER: graph.squeeze {{.*}} -> tensor<3x1x4xf32>
  %1 = graph.squeeze %x, %a : (tensor<1x3x1x4xf32>, tensor<1xi64>) -> tensor<*xf32>
  // INFER: graph.squeeze {{.*}} -> tensor<3x4xf32>
  %2 = graph.squeeze %x : (tensor<1x3x1x4xf32>) -> tensor<*xf32>
  // INFER: graph.unsqueeze {{.*}} -> tensor<1x1x3x1x4x1xf32>
  %3 = graph.unsqueeze %x, %b : (tensor<1x3x1x4xf32>, tensor<2xi64>) -> tensor<*xf32>
  return %0, %1, %2, %3 : tensor<*xf32>, tensor<*xf32>, tensor<*xf32>, tensor<*xf32>
}

// reshape(x, its own shape) => x
// CHECK-LABEL: @identity
// CHECK-SAME: (%[[X:.*]]: tensor<2x3xf32>)
func.func @identity(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %s = graph.constant dense<[2, 3]> : tensor<2xi64> : tensor<2xi64>
  // CHECK: return %[[X]]
  %0 = graph.reshape %x, %s : tensor<2x3xf32>, tensor<2xi64> -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// squeeze(unsqueeze(x)) => x, flatten(unsqueeze(x)) => reshape(x)
// CHECK-LABEL: @merge
// CHECK-SAME: (%[[X:.*]]: tensor<2x3xf32>)
func.func @merge(%x: tensor<2x3xf32>) -> (tensor<2x3xf32>, tensor<1x6xf32>) {
  %a = graph.constant dense<[0]> : tensor<1xi64> : tensor<1xi64>
  %0 = graph.unsqueeze %x, %a : (tensor<2x3xf32>, tensor<1xi64>) -> tensor<1x2x3xf32>
  %1 = graph.squeeze %0, %a : (tensor<1x2x3xf32>, tensor<1xi64>) -> tensor<2x3xf32>
  // CHECK: %[[S:.*]] = graph.constant dense<[1, 6]>
  // CHECK: %[[Y:.*]] = graph.reshape %[[X]], %[[S]] : tensor<2x3xf32>, tensor<2xi64> -> tensor<1x6xf32>
  %2 = graph.flatten %0 {axis = 1 : i64} : tensor<1x2x3xf32> -> tensor<1x6xf32>
  // CHECK: return %[[X]], %[[Y]]
  return %1, %2 : tensor<2x3xf32>, tensor<1x6xf32>
}

// FOLD-LABEL: @values
func.func @values() -> (tensor<3x2xi32>, tensor<i32>) {
  %x = graph.constant dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xi32> : tensor<2x3xi32>
  %y = graph.constant dense<[7]> : tensor<1xi32> : tensor<1xi32>
  %s = graph.constant dense<[3, 2]> : tensor<2xi64> : tensor<2xi64>
  // FOLD-DAG: %[[A:.*]] = graph.constant dense<{{\[}}[1, 2], [3, 4], [5, 6]]>
  %0 = graph.reshape %x, %s : tensor<2x3xi32>, tensor<2xi64> -> tensor<3x2xi32>
  // FOLD-DAG: %[[B:.*]] = graph.constant dense<7> : tensor<i32>
  %1 = graph.squeeze %y : (tensor<1xi32>) -> tensor<i32>
  // FOLD: return %[[A]], %[[B]]
  return %0, %1 : tensor<3x2xi32>, tensor<i32>
}

// -----

func.func @two_open(%x: tensor<4xf32>) -> tensor<*xf32> {
  %s = graph.constant dense<[2, -1, -1]> : tensor<3xi64> : tensor<3xi64>
  // expected-error @below {{target shape [2, -1, -1] has two -1}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.reshape %x, %s : tensor<4xf32>, tensor<3xi64> -> tensor<*xf32>
  return %0 : tensor<*xf32>
}

// -----

func.func @negative(%x: tensor<4xf32>) -> tensor<*xf32> {
  %s = graph.constant dense<[2, -2]> : tensor<2xi64> : tensor<2xi64>
  // expected-error @below {{target shape [2, -2] has the negative size -2}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.reshape %x, %s : tensor<4xf32>, tensor<2xi64> -> tensor<*xf32>
  return %0 : tensor<*xf32>
}

// -----

func.func @copy(%x: tensor<4xf32>) -> tensor<*xf32> {
  %s = graph.constant dense<[4, 0]> : tensor<2xi64> : tensor<2xi64>
  // expected-error @below {{target shape [4, 0] copies dimension 1 of an input of rank 1}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.reshape %x, %s : tensor<4xf32>, tensor<2xi64> -> tensor<*xf32>
  return %0 : tensor<*xf32>
}

// -----

func.func @zero_and_open(%x: tensor<4xf32>) -> tensor<*xf32> {
  %s = graph.constant dense<[0, -1]> : tensor<2xi64> : tensor<2xi64>
  // expected-error @below {{target shape [0, -1] has both 0 and -1}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.reshape %x, %s {allowzero} : tensor<4xf32>, tensor<2xi64> -> tensor<*xf32>
  return %0 : tensor<*xf32>
}

// -----

func.func @elements(%x: tensor<4xf32>) -> tensor<*xf32> {
  %s = graph.constant dense<[3, -1]> : tensor<2xi64> : tensor<2xi64>
  // expected-error @below {{an input of 4 elements does not fit target shape [3, -1]}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.reshape %x, %s : tensor<4xf32>, tensor<2xi64> -> tensor<*xf32>
  return %0 : tensor<*xf32>
}

// -----

func.func @shape_type(%x: tensor<4xf32>, %s: tensor<2xf32>) -> tensor<*xf32> {
  // expected-error @below {{shape must hold integers, got 'tensor<2xf32>'}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.reshape %x, %s : tensor<4xf32>, tensor<2xf32> -> tensor<*xf32>
  return %0 : tensor<*xf32>
}

// -----

func.func @shape_rank(%x: tensor<4xf32>, %s: tensor<2x1xi64>) -> tensor<*xf32> {
  // expected-error @below {{shape must have rank 1, got 'tensor<2x1xi64>'}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.reshape %x, %s : tensor<4xf32>, tensor<2x1xi64> -> tensor<*xf32>
  return %0 : tensor<*xf32>
}

// -----

func.func @overflow(%x: tensor<4xf32>) -> tensor<*xf32> {
  %s = graph.constant dense<[4611686018427387904, 4]> : tensor<2xi64> : tensor<2xi64>
  // expected-error @below {{a tensor of shape 4611686018427387904x4 is too large}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.reshape %x, %s : tensor<4xf32>, tensor<2xi64> -> tensor<*xf32>
  return %0 : tensor<*xf32>
}

// -----

func.func @flatten_axis(%x: tensor<4xf32>) -> tensor<*xf32> {
  // expected-error @below {{axis 2 is out of range for rank 1}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.flatten %x {axis = 2 : i64} : tensor<4xf32> -> tensor<*xf32>
  return %0 : tensor<*xf32>
}

// -----

func.func @squeeze_size(%x: tensor<4x3xf32>) -> tensor<*xf32> {
  %a = graph.constant dense<[1]> : tensor<1xi64> : tensor<1xi64>
  // expected-error @below {{cannot remove dimension 1 of size 3}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.squeeze %x, %a : (tensor<4x3xf32>, tensor<1xi64>) -> tensor<*xf32>
  return %0 : tensor<*xf32>
}

// -----

func.func @unsqueeze_repeat(%x: tensor<4xf32>) -> tensor<*xf32> {
  %a = graph.constant dense<[1, -2]> : tensor<2xi64> : tensor<2xi64>
  // expected-error @below {{axis -2 is repeated}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.unsqueeze %x, %a : (tensor<4xf32>, tensor<2xi64>) -> tensor<*xf32>
  return %0 : tensor<*xf32>
}
