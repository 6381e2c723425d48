// RUN: atrous-opt %s --split-input-file --verify-diagnostics | FileCheck %s
// RUN: atrous-opt %s --atrous-lower-graph --split-input-file --verify-diagnostics | FileCheck %s --check-prefix=LOWER

// A reduction over the block; with a stride, only whole positions count.
// CHECK-LABEL: @strides
// LOWER-LABEL: @strides
func.func @strides(%x: tensor<1x12x10xf32>) -> tensor<1x3x5x6xf32> {
  %i = graph.constant dense<[5, 6]> : tensor<2xi64> : tensor<2xi64>
  %b = graph.constant dense<[2, 2]> : tensor<2xi64> : tensor<2xi64>
  // CHECK: graph.col2im
  // LOWER: tensor.expand_shape {{.*}} into tensor<1x3x2x2x2x5xf32>
  // LOWER: iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]
  // LOWER: arith.divui
  // LOWER: arith.cmpi eq
  %0 = graph.col2im %x, %i, %b {strides = array<i64: 2, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>} : (tensor<1x12x10xf32>, tensor<2xi64>, tensor<2xi64>) -> tensor<1x3x5x6xf32>
  return %0 : tensor<1x3x5x6xf32>
}

// -----

func.func @rank(%x: tensor<12x10xf32>) {
  %i = graph.constant dense<[5, 6]> : tensor<2xi64> : tensor<2xi64>
  %b = graph.constant dense<[2, 2]> : tensor<2xi64> : tensor<2xi64>
  // expected-error @below {{expects an input of rank 3, got 12x10}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.col2im %x, %i, %b {strides = array<i64: 2, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>} : (tensor<12x10xf32>, tensor<2xi64>, tensor<2xi64>) -> tensor<1x3x5x6xf32>
  return
}

// -----

func.func @values(%x: tensor<1x12x10xf32>) {
  %i = graph.constant dense<[5, 6, 7]> : tensor<3xi64> : tensor<3xi64>
  %b = graph.constant dense<[2, 2]> : tensor<2xi64> : tensor<2xi64>
  // expected-error @below {{expects 2 values of image_shape, got 3}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.col2im %x, %i, %b {strides = array<i64: 2, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>} : (tensor<1x12x10xf32>, tensor<3xi64>, tensor<2xi64>) -> tensor<1x3x5x6xf32>
  return
}

// -----

func.func @positive(%x: tensor<1x12x10xf32>) {
  %i = graph.constant dense<[5, 6]> : tensor<2xi64> : tensor<2xi64>
  %b = graph.constant dense<[2, 0]> : tensor<2xi64> : tensor<2xi64>
  // expected-error @below {{block_shape [2, 0] is not all positive}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.col2im %x, %i, %b {strides = array<i64: 2, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>} : (tensor<1x12x10xf32>, tensor<2xi64>, tensor<2xi64>) -> tensor<1x3x5x6xf32>
  return
}

// -----

func.func @huge(%x: tensor<1x12x10xf32>) {
  %i = graph.constant dense<[5, 6]> : tensor<2xi64> : tensor<2xi64>
  %b = graph.constant dense<[4611686018427387904, 4]> : tensor<2xi64> : tensor<2xi64>
  // expected-error @below {{block_shape [4611686018427387904, 4] is too large}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.col2im %x, %i, %b {strides = array<i64: 2, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>} : (tensor<1x12x10xf32>, tensor<2xi64>, tensor<2xi64>) -> tensor<1x3x5x6xf32>
  return
}

// -----

func.func @rows(%x: tensor<1x12x10xf32>) {
  %i = graph.constant dense<[5, 6]> : tensor<2xi64> : tensor<2xi64>
  %b = graph.constant dense<[2, 5]> : tensor<2xi64> : tensor<2xi64>
  // expected-error @below {{block_shape [2, 5] does not divide 12 rows}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.col2im %x, %i, %b {strides = array<i64: 2, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>} : (tensor<1x12x10xf32>, tensor<2xi64>, tensor<2xi64>) -> tensor<1x3x5x6xf32>
  return
}

// -----

func.func @columns(%x: tensor<1x12x10xf32>) {
  %i = graph.constant dense<[5, 5]> : tensor<2xi64> : tensor<2xi64>
  %b = graph.constant dense<[2, 2]> : tensor<2xi64> : tensor<2xi64>
  // expected-error @below {{input has 10 columns, but the block has [2, 4] positions}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.col2im %x, %i, %b {strides = array<i64: 2, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>} : (tensor<1x12x10xf32>, tensor<2xi64>, tensor<2xi64>) -> tensor<1x3x5x6xf32>
  return
}

// -----

func.func @window(%x: tensor<1x12x10xf32>) {
  %i = graph.constant dense<[5, 6]> : tensor<2xi64> : tensor<2xi64>
  %b = graph.constant dense<[6, 2]> : tensor<2xi64> : tensor<2xi64>
  // expected-error @below {{window of 6 does not fit into dimension 2 of size 5 with padding 0 and 0}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.col2im %x, %i, %b {strides = array<i64: 2, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>} : (tensor<1x12x10xf32>, tensor<2xi64>, tensor<2xi64>) -> tensor<1x3x5x6xf32>
  return
}

// -----

func.func @boolean(%x: tensor<1x12x10xi1>) {
  %i = graph.constant dense<[5, 6]> : tensor<2xi64> : tensor<2xi64>
  %b = graph.constant dense<[2, 2]> : tensor<2xi64> : tensor<2xi64>
  // expected-error @below {{booleans have no sum}}
  %0 = graph.col2im %x, %i, %b {strides = array<i64: 2, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>} : (tensor<1x12x10xi1>, tensor<2xi64>, tensor<2xi64>) -> tensor<1x3x5x6xi1>
  return
}
