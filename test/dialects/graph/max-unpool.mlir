// RUN: atrous-opt %s --split-input-file --verify-diagnostics | FileCheck %s

// CHECK-LABEL: @round_trip
func.func @round_trip(%x: tensor<1x4x3x3xf32>, %i: tensor<1x4x3x3xi64>) -> (tensor<1x4x6x6xf32>, tensor<1x4x7x7xf32>) {
  // CHECK: graph.max_unpool %{{.*}}, %{{.*}} {kernel_shape = array<i64: 2, 2>
  %0 = graph.max_unpool %x, %i {kernel_shape = array<i64: 2, 2>, strides = array<i64: 2, 2>, pads = array<i64: 0, 0, 0, 0>} : (tensor<1x4x3x3xf32>, tensor<1x4x3x3xi64>) -> tensor<1x4x6x6xf32>
  %s = graph.constant dense<[1, 4, 7, 7]> : tensor<4xi64> : tensor<4xi64>
  %1 = graph.max_unpool %x, %i, %s {kernel_shape = array<i64: 2, 2>, strides = array<i64: 2, 2>, pads = array<i64: 0, 0, 0, 0>} : (tensor<1x4x3x3xf32>, tensor<1x4x3x3xi64>, tensor<4xi64>) -> tensor<1x4x7x7xf32>
  return %0, %1 : tensor<1x4x6x6xf32>, tensor<1x4x7x7xf32>
}

// -----

func.func @indices_shape(%x: tensor<1x4x3x3xf32>, %i: tensor<1x4x3x2xi64>) {
  // expected-error @below {{input 1x4x3x3 and indices 1x4x3x2 differ in shape}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.max_unpool %x, %i {kernel_shape = array<i64: 2, 2>, strides = array<i64: 2, 2>, pads = array<i64: 0, 0, 0, 0>} : (tensor<1x4x3x3xf32>, tensor<1x4x3x2xi64>) -> tensor<1x4x6x6xf32>
  return
}

// -----

func.func @indices_type(%x: tensor<1x4x3x3xf32>, %i: tensor<1x4x3x3xi32>) {
  // expected-error @below {{indices have element type 'i32', not i64}}
  %0 = graph.max_unpool %x, %i {kernel_shape = array<i64: 2, 2>, strides = array<i64: 2, 2>, pads = array<i64: 0, 0, 0, 0>} : (tensor<1x4x3x3xf32>, tensor<1x4x3x3xi32>) -> tensor<1x4x6x6xf32>
  return
}

// -----

func.func @kernel(%x: tensor<1x4x3x3xf32>, %i: tensor<1x4x3x3xi64>) {
  // expected-error @below {{kernel_shape [0, 2] does not fit strides [2, 2]}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.max_unpool %x, %i {kernel_shape = array<i64: 0, 2>, strides = array<i64: 2, 2>, pads = array<i64: 0, 0, 0, 0>} : (tensor<1x4x3x3xf32>, tensor<1x4x3x3xi64>) -> tensor<1x4x6x6xf32>
  return
}

// -----

func.func @rank(%x: tensor<1x4x3xf32>, %i: tensor<1x4x3xi64>) {
  // expected-error @below {{input has rank 3, but kernel_shape [2, 2] expects 4}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.max_unpool %x, %i {kernel_shape = array<i64: 2, 2>, strides = array<i64: 2, 2>, pads = array<i64: 0, 0, 0, 0>} : (tensor<1x4x3xf32>, tensor<1x4x3xi64>) -> tensor<1x4x6x6xf32>
  return
}

// -----

func.func @pads(%x: tensor<1x4x3x3xf32>, %i: tensor<1x4x3x3xi64>) {
  // expected-error @below {{pads 3 and 3 leave nothing of 6 in dimension 2}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.max_unpool %x, %i {kernel_shape = array<i64: 2, 2>, strides = array<i64: 2, 2>, pads = array<i64: 3, 0, 3, 0>} : (tensor<1x4x3x3xf32>, tensor<1x4x3x3xi64>) -> tensor<1x4x6x6xf32>
  return
}

// -----

func.func @overflow(%x: tensor<1x4x3x3xf32>, %i: tensor<1x4x3x3xi64>) {
  // expected-error @below {{size of dimension 2 overflows 64 bits}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.max_unpool %x, %i {kernel_shape = array<i64: 2, 2>, strides = array<i64: 9223372036854775807, 1>, pads = array<i64: 0, 0, 0, 0>} : (tensor<1x4x3x3xf32>, tensor<1x4x3x3xi64>) -> tensor<1x4x6x6xf32>
  return
}

// -----

func.func @shape_count(%x: tensor<1x4x3x3xf32>, %i: tensor<1x4x3x3xi64>) {
  %s = graph.constant dense<[1, 4, 7]> : tensor<3xi64> : tensor<3xi64>
  // expected-error @below {{expects 4 values of output_shape, got 3}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.max_unpool %x, %i, %s {kernel_shape = array<i64: 2, 2>, strides = array<i64: 2, 2>, pads = array<i64: 0, 0, 0, 0>} : (tensor<1x4x3x3xf32>, tensor<1x4x3x3xi64>, tensor<3xi64>) -> tensor<1x4x7x7xf32>
  return
}

// -----

func.func @shape(%x: tensor<1x4x3x3xf32>, %i: tensor<1x4x3x3xi64>) {
  %s = graph.constant dense<[1, 4, 0, 7]> : tensor<4xi64> : tensor<4xi64>
  // expected-error @below {{output_shape [1, 4, 0, 7] is not all positive}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.max_unpool %x, %i, %s {kernel_shape = array<i64: 2, 2>, strides = array<i64: 2, 2>, pads = array<i64: 0, 0, 0, 0>} : (tensor<1x4x3x3xf32>, tensor<1x4x3x3xi64>, tensor<4xi64>) -> tensor<1x4x7x7xf32>
  return
}
