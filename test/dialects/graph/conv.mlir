// RUN: atrous-opt %s --split-input-file --verify-diagnostics | FileCheck %s

// CHECK-LABEL: @round_trip
// CHECK: graph.conv %{{.*}}, %{{.*}}, %{{.*}} {dilations = array<i64: 1, 2>, group = 2 : i64, pads = array<i64: 0, 1, 2, 3>, strides = array<i64: 2, 1>}
func.func @round_trip(%x: tensor<?x4x9x9xf32, #graph.tensor<symbols = ["N", "", "", ""]>>, %w: tensor<6x2x3x3xf32>, %b: tensor<6xf32>) -> tensor<?x6x5x9xf32, #graph.tensor<symbols = ["N", "", "", ""]>> {
  %0 = graph.conv %x, %w, %b {strides = array<i64: 2, 1>, dilations = array<i64: 1, 2>, pads = array<i64: 0, 1, 2, 3>, group = 2 : i64} : (tensor<?x4x9x9xf32, #graph.tensor<symbols = ["N", "", "", ""]>>, tensor<6x2x3x3xf32>, tensor<6xf32>) -> tensor<?x6x5x9xf32, #graph.tensor<symbols = ["N", "", "", ""]>>
  return %0 : tensor<?x6x5x9xf32, #graph.tensor<symbols = ["N", "", "", ""]>>
}

// CHECK-LABEL: @unranked
func.func @unranked(%x: tensor<*xf32>, %w: tensor<6x2x3x3xf32>) -> tensor<*xf32> {
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64} : (tensor<*xf32>, tensor<6x2x3x3xf32>) -> tensor<*xf32>
  return %0 : tensor<*xf32>
}

// -----

func.func @channels(%x: tensor<1x3x8x8xf32>, %w: tensor<64x4x3x3xf32>) {
  // expected-error @below {{input has 3 channels, but weights [64, 4, 3, 3] with group 1 expect 4}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64} : (tensor<1x3x8x8xf32>, tensor<64x4x3x3xf32>) -> tensor<1x64x6x6xf32>
  return
}

// -----

func.func @group_of_inputs(%x: tensor<1x3x8x8xf32>, %w: tensor<64x1x3x3xf32>) {
  // expected-error @below {{group 2 does not divide 3 input channels}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 2 : i64} : (tensor<1x3x8x8xf32>, tensor<64x1x3x3xf32>) -> tensor<1x64x6x6xf32>
  return
}

// -----

func.func @group_of_outputs(%x: tensor<1x4x8x8xf32>, %w: tensor<63x2x3x3xf32>) {
  // expected-error @below {{group 2 does not divide 63 output channels}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 2 : i64} : (tensor<1x4x8x8xf32>, tensor<63x2x3x3xf32>) -> tensor<1x63x6x6xf32>
  return
}

// -----

func.func @group(%x: tensor<1x4x8x8xf32>, %w: tensor<64x4x3x3xf32>) {
  // expected-error @below {{group 0 is not positive}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 0 : i64} : (tensor<1x4x8x8xf32>, tensor<64x4x3x3xf32>) -> tensor<1x64x6x6xf32>
  return
}

// -----

func.func @rank(%x: tensor<1x4x8xf32>, %w: tensor<64x4x3x3xf32>) {
  // expected-error @below {{input of rank 3, weights of rank 4 and 2 strides do not describe one convolution}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64} : (tensor<1x4x8xf32>, tensor<64x4x3x3xf32>) -> tensor<1x64x6x6xf32>
  return
}

// -----

func.func @bias(%x: tensor<1x4x8x8xf32>, %w: tensor<64x4x3x3xf32>, %b: tensor<63xf32>) {
  // expected-error @below {{bias [63] does not match 64 output channels}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.conv %x, %w, %b {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64} : (tensor<1x4x8x8xf32>, tensor<64x4x3x3xf32>, tensor<63xf32>) -> tensor<1x64x6x6xf32>
  return
}

// -----

func.func @strides(%x: tensor<1x4x8x8xf32>, %w: tensor<64x4x3x3xf32>) {
  // expected-error @below {{strides [1, 0] are not all positive}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.conv %x, %w {strides = array<i64: 1, 0>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64} : (tensor<1x4x8x8xf32>, tensor<64x4x3x3xf32>) -> tensor<1x64x6x6xf32>
  return
}

// -----

func.func @dilations(%x: tensor<1x4x8x8xf32>, %w: tensor<64x4x3x3xf32>) {
  // expected-error @below {{dilations [1, -1] are not all positive}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, -1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64} : (tensor<1x4x8x8xf32>, tensor<64x4x3x3xf32>) -> tensor<1x64x6x6xf32>
  return
}

// -----

func.func @dilation_count(%x: tensor<1x4x8x8xf32>, %w: tensor<64x4x3x3xf32>) {
  // expected-error @below {{expects as many dilations as strides, got 1 and 2}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64} : (tensor<1x4x8x8xf32>, tensor<64x4x3x3xf32>) -> tensor<1x64x6x6xf32>
  return
}

// -----

func.func @pad_count(%x: tensor<1x4x8x8xf32>, %w: tensor<64x4x3x3xf32>) {
  // expected-error @below {{expects 4 pads, got 2}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0>, group = 1 : i64} : (tensor<1x4x8x8xf32>, tensor<64x4x3x3xf32>) -> tensor<1x64x6x6xf32>
  return
}

// -----

func.func @pads(%x: tensor<1x4x8x8xf32>, %w: tensor<64x4x3x3xf32>) {
  // expected-error @below {{pads [0, 0, -1, 0] must not be negative}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, -1, 0>, group = 1 : i64} : (tensor<1x4x8x8xf32>, tensor<64x4x3x3xf32>) -> tensor<1x64x6x6xf32>
  return
}

// -----

func.func @window(%x: tensor<1x4x8x3xf32>, %w: tensor<64x4x3x3xf32>) {
  // expected-error @below {{window of 5 does not fit into dimension 3 of size 3 with padding 0 and 1}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, dilations = array<i64: 2, 2>, pads = array<i64: 0, 0, 0, 1>, group = 1 : i64} : (tensor<1x4x8x3xf32>, tensor<64x4x3x3xf32>) -> tensor<1x64x4x1xf32>
  return
}

// -----

func.func @overflow(%x: tensor<1x4x8x8xf32>, %w: tensor<64x4x3x3xf32>) {
  // expected-error @below {{size of dimension 2 overflows 64 bits}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, dilations = array<i64: 9223372036854775807, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64} : (tensor<1x4x8x8xf32>, tensor<64x4x3x3xf32>) -> tensor<1x64x4x1xf32>
  return
}

// -----

func.func @empty_kernel(%x: tensor<1x4x8x8xf32>, %w: tensor<64x4x0x3xf32>) {
  // expected-error @below {{kernel size 0 of dimension 2 is not positive}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64} : (tensor<1x4x8x8xf32>, tensor<64x4x0x3xf32>) -> tensor<1x64x4x1xf32>
  return
}

// -----

func.func @element_types(%x: tensor<1x4x8x8xf32>, %w: tensor<64x4x3x3xf16>) {
  // expected-error @below {{operand #1 has element type 'f16', but the result has 'f32'}}
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64} : (tensor<1x4x8x8xf32>, tensor<64x4x3x3xf16>) -> tensor<1x64x6x6xf32>
  return
}

// -----

func.func @booleans(%x: tensor<1x4x8x8xi1>, %w: tensor<64x4x3x3xi1>) {
  // expected-error @below {{elements of type 'i1' cannot be convolved}}
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64} : (tensor<1x4x8x8xi1>, tensor<64x4x3x3xi1>) -> tensor<1x64x6x6xi1>
  return
}
