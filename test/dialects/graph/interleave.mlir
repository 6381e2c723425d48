// RUN: atrous-opt %s --split-input-file --verify-diagnostics | FileCheck %s
// RUN: atrous-opt %s --atrous-lower-graph --split-input-file --verify-diagnostics | FileCheck %s --check-prefix=LOWER

// out[n, c, 2 * i + p] = inputs[p][n, c, i]
// CHECK-LABEL: @round_trip
// LOWER-LABEL: @round_trip
func.func @round_trip(%a: tensor<1x4x3xf32>, %b: tensor<1x4x2xf32>) -> tensor<1x4x5xf32> {
  // CHECK: graph.interleave
  // LOWER: tensor.insert_slice %{{.*}} into %{{.*}}[0, 0, 0] [1, 4, 3] [1, 1, 2]
  // LOWER: tensor.insert_slice %{{.*}} into %{{.*}}[0, 0, 1] [1, 4, 2] [1, 1, 2]
  %0 = graph.interleave %a, %b {strides = array<i64: 2>, spatial = array<i64: 5>} : (tensor<1x4x3xf32>, tensor<1x4x2xf32>) -> tensor<1x4x5xf32>
  return %0 : tensor<1x4x5xf32>
}

// -----

func.func @phases(%a: tensor<1x4x3xf32>, %b: tensor<1x4x2xf32>) {
  // expected-error @below {{expects one input per phase of strides [3], got 2}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.interleave %a, %b {strides = array<i64: 3>, spatial = array<i64: 5>} : (tensor<1x4x3xf32>, tensor<1x4x2xf32>) -> tensor<1x4x5xf32>
  return
}

// -----

func.func @spatial(%a: tensor<1x4x3xf32>, %b: tensor<1x4x2xf32>) {
  // expected-error @below {{strides [2] do not fit spatial sizes [5, 5]}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.interleave %a, %b {strides = array<i64: 2>, spatial = array<i64: 5, 5>} : (tensor<1x4x3xf32>, tensor<1x4x2xf32>) -> tensor<1x4x5xf32>
  return
}

// -----

func.func @size(%a: tensor<1x4x3xf32>, %b: tensor<1x4x2xf32>) {
  // expected-error @below {{phase 1 has shape 1x4x2, but covers [3]}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.interleave %a, %b {strides = array<i64: 2>, spatial = array<i64: 6>} : (tensor<1x4x3xf32>, tensor<1x4x2xf32>) -> tensor<1x4x5xf32>
  return
}

// -----

func.func @channels(%a: tensor<1x4x3xf32>, %b: tensor<1x3x2xf32>) {
  // expected-error @below {{phase 1 has shape 1x3x2}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.interleave %a, %b {strides = array<i64: 2>, spatial = array<i64: 5>} : (tensor<1x4x3xf32>, tensor<1x3x2xf32>) -> tensor<1x4x5xf32>
  return
}

// -----

func.func @element_type(%a: tensor<1x4x3xf32>, %b: tensor<1x4x2xf16>) {
  // expected-error @below {{operand #1 has element type 'f16', but the result has 'f32'}}
  %0 = graph.interleave %a, %b {strides = array<i64: 2>, spatial = array<i64: 5>} : (tensor<1x4x3xf32>, tensor<1x4x2xf16>) -> tensor<1x4x5xf32>
  return
}
