// RUN: atrous-opt %s --atrous-lower-graph --split-input-file --verify-diagnostics

func.func @unknown_scales(%x: tensor<1x4x2x3xf32>, %s: tensor<4xf32>) -> tensor<1x4x4x6xf32> {
  // expected-error @below {{needs constant scales or sizes}}
  %0 = graph.resize %x scales %s : tensor<4xf32> {mode = "nearest", coordinate_transformation_mode = "asymmetric", nearest_mode = "floor"} : tensor<1x4x2x3xf32> -> tensor<1x4x4x6xf32>
  return %0 : tensor<1x4x4x6xf32>
}

// -----

func.func @unknown_block(%x: tensor<1x12x8xf32>, %i: tensor<2xi64>, %b: tensor<2xi64>) -> tensor<1x3x5x6xf32> {
  // expected-error @below {{needs a constant image_shape and block_shape}}
  %0 = graph.col2im %x, %i, %b {strides = array<i64: 2, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>} : (tensor<1x12x8xf32>, tensor<2xi64>, tensor<2xi64>) -> tensor<1x3x5x6xf32>
  return %0 : tensor<1x3x5x6xf32>
}
