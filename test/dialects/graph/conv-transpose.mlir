// RUN: atrous-opt %s --split-input-file --verify-diagnostics | FileCheck %s

// 2 * (5 - 1) + 2 = 10
// CHECK-LABEL: @round_trip
func.func @round_trip(%x: tensor<1x4x5x5xf32>, %w: tensor<4x3x2x2xf32>) -> tensor<1x3x10x10xf32> {
  // CHECK: graph.conv_transpose %{{.*}}, %{{.*}} {dilations = array<i64: 1, 1>, group = 1 : i64, output_padding = array<i64: 0, 0>
  %0 = graph.conv_transpose %x, %w {strides = array<i64: 2, 2>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, output_padding = array<i64: 0, 0>, group = 1 : i64} : (tensor<1x4x5x5xf32>, tensor<4x3x2x2xf32>) -> tensor<1x3x10x10xf32>
  return %0 : tensor<1x3x10x10xf32>
}

// -----

func.func @channels(%x: tensor<1x5x5x5xf32>, %w: tensor<4x3x2x2xf32>) {
  // expected-error @below {{input has 5 channels, but weights [4, 3, 2, 2] expect 4}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.conv_transpose %x, %w {strides = array<i64: 2, 2>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, output_padding = array<i64: 0, 0>, group = 1 : i64} : (tensor<1x5x5x5xf32>, tensor<4x3x2x2xf32>) -> tensor<1x3x10x10xf32>
  return
}

// -----

func.func @group(%x: tensor<1x4x5x5xf32>, %w: tensor<4x3x2x2xf32>) {
  // expected-error @below {{group 3 does not divide 4 input channels}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.conv_transpose %x, %w {strides = array<i64: 2, 2>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, output_padding = array<i64: 0, 0>, group = 3 : i64} : (tensor<1x4x5x5xf32>, tensor<4x3x2x2xf32>) -> tensor<1x3x10x10xf32>
  return
}

// -----

func.func @negative_group(%x: tensor<1x4x5x5xf32>, %w: tensor<4x3x2x2xf32>) {
  // expected-error @below {{group -1 is not positive}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.conv_transpose %x, %w {strides = array<i64: 2, 2>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, output_padding = array<i64: 0, 0>, group = -1 : i64} : (tensor<1x4x5x5xf32>, tensor<4x3x2x2xf32>) -> tensor<1x3x10x10xf32>
  return
}

// -----

func.func @output_padding_count(%x: tensor<1x4x5x5xf32>, %w: tensor<4x3x2x2xf32>) {
  // expected-error @below {{expects 2 values of output_padding, got 1}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.conv_transpose %x, %w {strides = array<i64: 2, 2>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, output_padding = array<i64: 0>, group = 1 : i64} : (tensor<1x4x5x5xf32>, tensor<4x3x2x2xf32>) -> tensor<1x3x10x10xf32>
  return
}

// -----

func.func @output_padding(%x: tensor<1x4x5x5xf32>, %w: tensor<4x3x2x2xf32>) {
  // expected-error @below {{output_padding [0, -1] must not be negative}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.conv_transpose %x, %w {strides = array<i64: 2, 2>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, output_padding = array<i64: 0, -1>, group = 1 : i64} : (tensor<1x4x5x5xf32>, tensor<4x3x2x2xf32>) -> tensor<1x3x10x10xf32>
  return
}

// -----

func.func @pads(%x: tensor<1x4x5x5xf32>, %w: tensor<4x3x2x2xf32>) {
  // expected-error @below {{pads 8 and 8 leave nothing of 10 in dimension 2}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.conv_transpose %x, %w {strides = array<i64: 2, 2>, dilations = array<i64: 1, 1>, pads = array<i64: 8, 0, 8, 0>, output_padding = array<i64: 0, 0>, group = 1 : i64} : (tensor<1x4x5x5xf32>, tensor<4x3x2x2xf32>) -> tensor<1x3x10x10xf32>
  return
}

// -----

func.func @rank(%x: tensor<1x4x5xf32>, %w: tensor<4x3x2x2xf32>) {
  // expected-error @below {{input of rank 3, weights of rank 4 and 2 strides do not describe one convolution}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.conv_transpose %x, %w {strides = array<i64: 2, 2>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, output_padding = array<i64: 0, 0>, group = 1 : i64} : (tensor<1x4x5xf32>, tensor<4x3x2x2xf32>) -> tensor<1x3x10x10xf32>
  return
}

// -----

func.func @bias(%x: tensor<1x4x5x5xf32>, %w: tensor<4x3x2x2xf32>, %b: tensor<4xf32>) {
  // expected-error @below {{bias [4] does not match 3 output channels}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.conv_transpose %x, %w, %b {strides = array<i64: 2, 2>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, output_padding = array<i64: 0, 0>, group = 1 : i64} : (tensor<1x4x5x5xf32>, tensor<4x3x2x2xf32>, tensor<4xf32>) -> tensor<1x3x10x10xf32>
  return
}

// -----

func.func @overflow(%x: tensor<1x4x5x5xf32>, %w: tensor<4x3x2x2xf32>) {
  // expected-error @below {{size of dimension 2 overflows 64 bits}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.conv_transpose %x, %w {strides = array<i64: 9223372036854775807, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, output_padding = array<i64: 0, 0>, group = 1 : i64} : (tensor<1x4x5x5xf32>, tensor<4x3x2x2xf32>) -> tensor<1x3x10x10xf32>
  return
}

// -----

func.func @too_many(%x: tensor<1x4611686018427387904x5x5xf32>, %w: tensor<4611686018427387904x3x2x2xf32>) {
  // expected-error @below {{group 4611686018427387904 makes too many channels}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.conv_transpose %x, %w {strides = array<i64: 2, 2>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, output_padding = array<i64: 0, 0>, group = 4611686018427387904 : i64} : (tensor<1x4611686018427387904x5x5xf32>, tensor<4611686018427387904x3x2x2xf32>) -> tensor<1x3x10x10xf32>
  return
}

// -----

func.func @empty(%x: tensor<1x4x0x5xf32>, %w: tensor<4x3x2x2xf32>) {
  // expected-error @below {{dimension 2 of size 0 cannot be enlarged}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.conv_transpose %x, %w {strides = array<i64: 2, 2>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, output_padding = array<i64: 0, 0>, group = 1 : i64} : (tensor<1x4x0x5xf32>, tensor<4x3x2x2xf32>) -> tensor<1x3x10x10xf32>
  return
}

// -----

func.func @kernel(%x: tensor<1x4x5x5xf32>, %w: tensor<4x3x0x2xf32>) {
  // expected-error @below {{kernel size 0 of dimension 2 is not positive}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.conv_transpose %x, %w {strides = array<i64: 2, 2>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, output_padding = array<i64: 0, 0>, group = 1 : i64} : (tensor<1x4x5x5xf32>, tensor<4x3x0x2xf32>) -> tensor<1x3x10x10xf32>
  return
}

// -----

func.func @integers(%x: tensor<1x4x5x5xi32>, %w: tensor<4x3x2x2xi32>) {
  // expected-error @below {{elements of type 'i32' cannot be convolved}}
  %0 = graph.conv_transpose %x, %w {strides = array<i64: 2, 2>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, output_padding = array<i64: 0, 0>, group = 1 : i64} : (tensor<1x4x5x5xi32>, tensor<4x3x2x2xi32>) -> tensor<1x3x10x10xi32>
  return
}
