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

// Constant indices are read where they lie; others are the runtime's.
// CHECK-LABEL: @gather
func.func @gather(%x: tensor<7x5xf32>) -> tensor<3x5xf32> {
  %i = graph.constant dense<[6, -1, 0]> : tensor<3xi64> : tensor<3xi64>
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

// What is known only when the network runs is the runtime's: [axes, steps] are
// there by bits.
// CHECK-LABEL: @run_time
func.func @run_time(%x: tensor<4xf32>, %s: tensor<1xi64>, %p: tensor<2xi64>, %d: tensor<?xf32>, %r: tensor<f32>)
    -> (tensor<2xf32>, tensor<?xf32>, tensor<6xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>) {
  // CHECK: kernel.extern "atrous_slice" {{.*}} outs({{.*}}) arguments [2]
  %0 = graph.slice %x[%s : %s] steps %s : tensor<1xi64> : tensor<4xf32>, tensor<1xi64>, tensor<1xi64> -> tensor<2xf32>
  // CHECK: kernel.extern "atrous_slice" ins({{.*}}) arguments [1]
  %1 = graph.slice %x[%s : %s] axes %s : tensor<1xi64> : tensor<4xf32>, tensor<1xi64>, tensor<1xi64> -> tensor<?xf32>
  // CHECK: kernel.extern "atrous_pad" {{.*}} arguments [2, 0, 1]
  %2 = graph.pad %x, %p {mode = "edge"} : tensor<4xf32>, tensor<2xi64> -> tensor<6xf32>
  // CHECK: kernel.extern "atrous_tile"
  %3 = graph.tile %x, %s : (tensor<4xf32>, tensor<1xi64>) -> tensor<?xf32>
  // CHECK: kernel.extern "atrous_expand"
  %4 = graph.expand %d, %s : (tensor<?xf32>, tensor<1xi64>) -> tensor<?xf32>
  // CHECK: kernel.extern "atrous_concat" {{.*}} arguments [2, 0]
  %5 = graph.concat %x, %d {axis = 0 : i64} : (tensor<4xf32>, tensor<?xf32>) -> tensor<?xf32>
  // CHECK: kernel.extern "atrous_range"
  %6 = graph.range %r, %r, %r : (tensor<f32>, tensor<f32>, tensor<f32>) -> tensor<?xf32>
  return %0, %1, %2, %3, %4, %5, %6 : tensor<2xf32>, tensor<?xf32>, tensor<6xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>
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

func.func @dynamic(%x: tensor<1x?xf32>) -> tensor<1x?xf32> {
  // expected-error @below {{has a result with a nameless size: 'tensor<1x?xf32>'}}
  %0 = graph.lrn %x {size = 3 : i64, alpha = 1.0 : f64, beta = 0.5 : f64, k = 1.0 : f64} : tensor<1x?xf32> -> tensor<1x?xf32>
  return %0 : tensor<1x?xf32>
}
