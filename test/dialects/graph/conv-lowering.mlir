// RUN: atrous-opt %s --atrous-lower-graph --split-input-file --verify-diagnostics | FileCheck %s

// out[n, m, o..] += in[n, c, o*s + k*d..] * w[m, c, k..], then + bias[m]
// CHECK-DAG: [[$IN:#map[0-9]*]] = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d4, d2 * 2 + d5, d3 + d6 * 2)>
// CHECK-DAG: [[$W:#map[0-9]*]] = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d1, d4, d5, d6)>
// CHECK-DAG: [[$OUT:#map[0-9]*]] = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1, d2, d3)>
// CHECK-DAG: [[$BIAS:#map[0-9]*]] = affine_map<(d0, d1, d2, d3) -> (d1)>
// CHECK-LABEL: @plain
func.func @plain(%x: tensor<1x3x9x9xf32>, %w: tensor<8x3x3x3xf32>, %b: tensor<8xf32>) -> tensor<1x8x4x5xf32> {
  // CHECK: linalg.generic {indexing_maps = {{\[}}[[$IN]], [[$W]], [[$OUT]]], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]}
  // CHECK: arith.mulf
  // CHECK: arith.addf
  // CHECK: linalg.generic {indexing_maps = [{{.*}}, [[$BIAS]], {{.*}}]
  %0 = graph.conv %x, %w, %b {strides = array<i64: 2, 1>, dilations = array<i64: 1, 2>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64} : (tensor<1x3x9x9xf32>, tensor<8x3x3x3xf32>, tensor<8xf32>) -> tensor<1x8x4x5xf32>
  return %0 : tensor<1x8x4x5xf32>
}

// -----

#blocked = #graph.tensor<inner_dims = [1], inner_tiles = [4]>
#weights = #graph.tensor<inner_dims = [1, 0], inner_tiles = [4, 4]>

// out[n, kb, o.., ko] += in[n, cb, o + k.., ci] * w[kb, cb, k.., ci, ko]
// CHECK-DAG: [[$IN:#map[0-9]*]] = affine_map<(d0, d1, d2, d3, d4, d5, d6, d7, d8) -> (d0, d5, d2 + d6, d3 + d7, d8)>
// CHECK-DAG: [[$W:#map[0-9]*]] = affine_map<(d0, d1, d2, d3, d4, d5, d6, d7, d8) -> (d1, d5, d6, d7, d8, d4)>
// CHECK-DAG: [[$OUT:#map[0-9]*]] = affine_map<(d0, d1, d2, d3, d4, d5, d6, d7, d8) -> (d0, d1, d2, d3, d4)>
// CHECK-LABEL: @blocked
func.func @blocked(%x: tensor<1x6x5x5xf32, #blocked>, %w: tensor<8x6x3x3xf32, #weights>) -> tensor<1x8x3x3xf32, #blocked> {
  // CHECK: linalg.generic {indexing_maps = {{\[}}[[$IN]], [[$W]], [[$OUT]]]
  // CHECK-SAME: ins(%{{.*}}, %{{.*}} : tensor<1x2x5x5x4xf32>, tensor<2x2x3x3x4x4xf32>)
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64} : (tensor<1x6x5x5xf32, #blocked>, tensor<8x6x3x3xf32, #weights>) -> tensor<1x8x3x3xf32, #blocked>
  return %0 : tensor<1x8x3x3xf32, #blocked>
}

// -----

#blocked = #graph.tensor<inner_dims = [1], inner_tiles = [4]>
#weights = #graph.tensor<inner_dims = [0], inner_tiles = [4]>

// out[n, cb, o.., ci] += in[n, cb, o + k.., ci] * w[cb, 0, k.., ci]
// CHECK-DAG: [[$IN:#map[0-9]*]] = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1, d2 + d5, d3 + d6, d4)>
// CHECK-DAG: [[$W:#map[0-9]*]] = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d1, 0, d5, d6, d4)>
// CHECK-LABEL: @depthwise
func.func @depthwise(%x: tensor<1x6x5x5xf32, #blocked>, %w: tensor<6x1x3x3xf32, #weights>) -> tensor<1x6x3x3xf32, #blocked> {
  // CHECK: linalg.generic {indexing_maps = {{\[}}[[$IN]], [[$W]],
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 6 : i64} : (tensor<1x6x5x5xf32, #blocked>, tensor<6x1x3x3xf32, #weights>) -> tensor<1x6x3x3xf32, #blocked>
  return %0 : tensor<1x6x3x3xf32, #blocked>
}

// -----

#blocked = #graph.tensor<inner_dims = [1], inner_tiles = [4]>

func.func @no_such_form(%x: tensor<1x6x5x5xf32>, %w: tensor<8x6x3x3xf32>) -> tensor<1x8x3x3xf32, #blocked> {
  // expected-error @below {{has no convolution for these layouts}}
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64} : (tensor<1x6x5x5xf32>, tensor<8x6x3x3xf32>) -> tensor<1x8x3x3xf32, #blocked>
  return %0 : tensor<1x8x3x3xf32, #blocked>
}
