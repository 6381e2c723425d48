// RUN: atrous-opt %s -split-input-file -atrous-lower-graph -verify-diagnostics | FileCheck %s

// Part of the channels, in whole blocks, is a slice of the blocks.
// CHECK-LABEL: @slice_blocked
func.func @slice_blocked(%x: tensor<1x20x4x5xf32, #graph.tensor<inner_dims = [1], inner_tiles = [8]>>)
    -> tensor<1x12x4x5xf32, #graph.tensor<inner_dims = [1], inner_tiles = [8]>> {
  %8 = graph.constant dense<8> : tensor<1xi64> : tensor<1xi64>
  %20 = graph.constant dense<20> : tensor<1xi64> : tensor<1xi64>
  %1 = graph.constant dense<1> : tensor<1xi64> : tensor<1xi64>
  // CHECK: tensor.extract_slice %{{.*}}[0, 1, 0, 0, 0] [1, 2, 4, 5, 8] [1, 1, 1, 1, 1]
  %0 = graph.slice %x[%8 : %20] axes %1 : tensor<1xi64>
      : tensor<1x20x4x5xf32, #graph.tensor<inner_dims = [1], inner_tiles = [8]>>, tensor<1xi64>, tensor<1xi64>
      -> tensor<1x12x4x5xf32, #graph.tensor<inner_dims = [1], inner_tiles = [8]>>
  return %0 : tensor<1x12x4x5xf32, #graph.tensor<inner_dims = [1], inner_tiles = [8]>>
}

// Blocked concatenation is one of blocks.
// CHECK-LABEL: @concat_blocked
func.func @concat_blocked(%x: tensor<1x8x4x5xf32, #graph.tensor<inner_dims = [1], inner_tiles = [8]>>)
    -> tensor<1x16x4x5xf32, #graph.tensor<inner_dims = [1], inner_tiles = [8]>> {
  // CHECK: tensor.concat dim(1) %{{.*}}, %{{.*}} : (tensor<1x1x4x5x8xf32>, tensor<1x1x4x5x8xf32>) -> tensor<1x2x4x5x8xf32>
  %0 = graph.concat %x, %x {axis = -3 : i64}
      : (tensor<1x8x4x5xf32, #graph.tensor<inner_dims = [1], inner_tiles = [8]>>,
         tensor<1x8x4x5xf32, #graph.tensor<inner_dims = [1], inner_tiles = [8]>>)
      -> tensor<1x16x4x5xf32, #graph.tensor<inner_dims = [1], inner_tiles = [8]>>
  return %0 : tensor<1x16x4x5xf32, #graph.tensor<inner_dims = [1], inner_tiles = [8]>>
}

// The tile stays innermost, and unpadded: one column of pixels on each side.
// CHECK-LABEL: @pad_blocked
func.func @pad_blocked(%x: tensor<1x8x4x5xf32, #graph.tensor<inner_dims = [1], inner_tiles = [8]>>)
    -> tensor<1x8x4x7xf32, #graph.tensor<inner_dims = [1], inner_tiles = [8]>> {
  %p = graph.constant dense<1> : tensor<2xi64> : tensor<2xi64>
  %a = graph.constant dense<3> : tensor<1xi64> : tensor<1xi64>
  // CHECK: %[[X:.*]] = tensor.insert_slice %arg0 into %{{.*}}[0, 0, 0, 1, 0] [1, 1, 4, 5, 8]
  // CHECK: %[[F:.*]] = linalg.fill {{.*}} -> tensor<1x1x4x1x8xf32>
  // CHECK: %[[L:.*]] = tensor.insert_slice %[[F]] into %[[X]][0, 0, 0, 0, 0] [1, 1, 4, 1, 8]
  // CHECK: tensor.insert_slice %{{.*}} into %[[L]][0, 0, 0, 6, 0] [1, 1, 4, 1, 8]
  %0 = graph.pad %x, %p axes %a : tensor<1xi64> {mode = "constant"}
      : tensor<1x8x4x5xf32, #graph.tensor<inner_dims = [1], inner_tiles = [8]>>, tensor<2xi64>
      -> tensor<1x8x4x7xf32, #graph.tensor<inner_dims = [1], inner_tiles = [8]>>
  return %0 : tensor<1x8x4x7xf32, #graph.tensor<inner_dims = [1], inner_tiles = [8]>>
}

// Indices that come with the data are clamped.
// CHECK-LABEL: @gather
func.func @gather(%x: tensor<7x5xf32>, %i: tensor<3xi64>) -> tensor<3x5xf32> {
  // CHECK: arith.maxsi
  // CHECK: arith.minsi
  // CHECK: tensor.extract
  %0 = graph.gather %x, %i {axis = 0 : i64} : (tensor<7x5xf32>, tensor<3xi64>) -> tensor<3x5xf32>
  return %0 : tensor<3x5xf32>
}

// Views only, whatever the shapes.
// CHECK-LABEL: @reshape
func.func @reshape(%x: tensor<2x3x4xf32>, %y: tensor<f32>) -> (tensor<6x4xf32>, tensor<4x6xf32>, tensor<1x1xf32>) {
  %a = graph.constant dense<[6, 4]> : tensor<2xi64> : tensor<2xi64>
  %b = graph.constant dense<[4, 6]> : tensor<2xi64> : tensor<2xi64>
  %c = graph.constant dense<1> : tensor<2xi64> : tensor<2xi64>
  // CHECK: tensor.collapse_shape %{{.*}} {{\[\[}}0, 1], [2]]
  %0 = graph.reshape %x, %a : tensor<2x3x4xf32>, tensor<2xi64> -> tensor<6x4xf32>
  // CHECK: %[[FLAT:.*]] = tensor.collapse_shape %{{.*}} {{\[\[}}0, 1, 2]]
  // CHECK: tensor.expand_shape %[[FLAT]] {{\[\[}}0, 1]] output_shape [4, 6]
  %1 = graph.reshape %x, %b : tensor<2x3x4xf32>, tensor<2xi64> -> tensor<4x6xf32>
  // CHECK: tensor.expand_shape %{{.*}} [] output_shape [1, 1]
  %2 = graph.reshape %y, %c : tensor<f32>, tensor<2xi64> -> tensor<1x1xf32>
  return %0, %1, %2 : tensor<6x4xf32>, tensor<4x6xf32>, tensor<1x1xf32>
}

// -----

func.func @no_constant(%x: tensor<4xf32>, %s: tensor<1xi64>) -> tensor<2xf32> {
  // expected-error @below {{needs starts, ends, axes and steps that are known at compile time}}
  %0 = graph.slice %x[%s : %s] : tensor<4xf32>, tensor<1xi64>, tensor<1xi64> -> tensor<2xf32>
  return %0 : tensor<2xf32>
}

// -----

func.func @no_pads(%x: tensor<4xf32>, %p: tensor<2xi64>) -> tensor<6xf32> {
  // expected-error @below {{needs pads and axes that are known at compile time}}
  %0 = graph.pad %x, %p {mode = "constant"} : tensor<4xf32>, tensor<2xi64> -> tensor<6xf32>
  return %0 : tensor<6xf32>
}

// -----

func.func @layouts(%x: tensor<1x20x4x5xf32>)
    -> tensor<1x20x4x5xf32, #graph.tensor<inner_dims = [1], inner_tiles = [8]>> {
  // expected-error @below {{cannot read 'tensor<1x20x4x5xf32>' for a result of type}}
  %0 = graph.relu %x : tensor<1x20x4x5xf32> -> tensor<1x20x4x5xf32, #graph.tensor<inner_dims = [1], inner_tiles = [8]>>
  return %0 : tensor<1x20x4x5xf32, #graph.tensor<inner_dims = [1], inner_tiles = [8]>>
}

// -----

func.func @layouts_of_expand(%x: tensor<1x20x4x1xf32>)
    -> tensor<1x20x4x5xf32, #graph.tensor<inner_dims = [1], inner_tiles = [8]>> {
  %s = graph.constant dense<[1, 20, 4, 5]> : tensor<4xi64> : tensor<4xi64>
  // expected-error @below {{cannot read 'tensor<1x20x4x1xf32>' for a result of type}}
  %0 = graph.expand %x, %s : (tensor<1x20x4x1xf32>, tensor<4xi64>)
      -> tensor<1x20x4x5xf32, #graph.tensor<inner_dims = [1], inner_tiles = [8]>>
  return %0 : tensor<1x20x4x5xf32, #graph.tensor<inner_dims = [1], inner_tiles = [8]>>
}

// -----

func.func @dynamic(%x: tensor<1xf32>, %s: tensor<1xi64>) {
  // expected-error @below {{has a size that is not known at compile time: 'tensor<?xf32>'; fix the model's input sizes with --shape}}
  %0 = graph.expand %x, %s : (tensor<1xf32>, tensor<1xi64>) -> tensor<?xf32>
  return
}
