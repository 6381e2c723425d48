// RUN: atrous-opt %s --canonicalize --split-input-file --verify-diagnostics | FileCheck %s
// RUN: atrous-opt %s --atrous-lower-graph --split-input-file --verify-diagnostics | FileCheck %s --check-prefix=LOWER

#blocked = #graph.tensor<inner_dims = [1], inner_tiles = [2]>

// The padding lane of the second block is zero.
// CHECK-LABEL: @constant
func.func @constant() -> tensor<1x3x2xf32, #blocked> {
  %c = graph.constant dense<[[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]]> : tensor<1x3x2xf32> : tensor<1x3x2xf32>
  // CHECK: graph.constant dense<{{\[\[\[\[}}1.000000e+00, 3.000000e+00], [2.000000e+00, 4.000000e+00]], {{\[\[}}5.000000e+00, 0.000000e+00], [6.000000e+00, 0.000000e+00]]]]>
  %0 = graph.reorder %c : tensor<1x3x2xf32> -> tensor<1x3x2xf32, #blocked>
  return %0 : tensor<1x3x2xf32, #blocked>
}

// reorder(reorder(x)) => x
// CHECK-LABEL: @there_and_back
// LOWER-LABEL: @there_and_back
// CHECK-SAME: (%[[X:.*]]: tensor<1x3x2xf32>)
// CHECK-NEXT: return %[[X]]
func.func @there_and_back(%x: tensor<1x3x2xf32>) -> tensor<1x3x2xf32> {
  %0 = graph.reorder %x : tensor<1x3x2xf32> -> tensor<1x3x2xf32, #blocked>
  %1 = graph.reorder %0 : tensor<1x3x2xf32, #blocked> -> tensor<1x3x2xf32>
  return %1 : tensor<1x3x2xf32>
}

// -----

#blocked = #graph.tensor<inner_dims = [1], inner_tiles = [2]>

// LOWER: [[$IN:#map[0-9]*]] = affine_map<(d0, d1, d2) -> (d0, d1 floordiv 2, d2, d1 mod 2)>
// LOWER: [[$PLAIN:#map[0-9]*]] = affine_map<(d0, d1, d2, d3) -> (d0, d1 * 2 + d3, d2)>
// LOWER-LABEL: @to_plain
func.func @to_plain(%x: tensor<1x3x2xf32, #blocked>) -> tensor<1x3x2xf32> {
  // LOWER: linalg.generic {indexing_maps = {{\[}}[[$IN]],
  %0 = graph.reorder %x : tensor<1x3x2xf32, #blocked> -> tensor<1x3x2xf32>
  return %0 : tensor<1x3x2xf32>
}

// By way of a plain tensor of whole blocks.
// LOWER-LABEL: @to_padded_blocks
func.func @to_padded_blocks(%x: tensor<1x3x2xf32>) -> tensor<1x3x2xf32, #blocked> {
  // LOWER: arith.minsi
  // LOWER: tensor.extract
  // LOWER: %[[ELEMENT:.*]] = arith.select
  // LOWER: linalg.yield %[[ELEMENT]] : f32
  // LOWER-NEXT: } -> tensor<1x4x2xf32>
  // LOWER: linalg.generic {indexing_maps = {{\[}}[[$PLAIN]],
  %0 = graph.reorder %x : tensor<1x3x2xf32> -> tensor<1x3x2xf32, #blocked>
  return %0 : tensor<1x3x2xf32, #blocked>
}

// -----

func.func @shapes(%x: tensor<1x3x2xf32>) {
  // expected-error @below {{differ in more than their layout}}
  %0 = graph.reorder %x : tensor<1x3x2xf32> -> tensor<1x2x3xf32>
  return
}
