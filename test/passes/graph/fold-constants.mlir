// RUN: atrous-opt --atrous-fold-constants=max-bytes=64 %s | FileCheck %s

// Arithmetic on weights folds, whatever its size: it does not grow.
// CHECK-LABEL: func.func @weights
// CHECK-NEXT: %[[C:.*]] = graph.constant dense<6.000000e+00> : tensor<32x4xf32>
// CHECK-NEXT: return %[[C]]
func.func @weights() -> tensor<32x4xf32> {
  %a = graph.constant dense<2.0> : tensor<32x4xf32> : tensor<32x4xf32>
  %b = graph.constant dense<3.0> : tensor<4xf32> : tensor<4xf32>
  %y = graph.mul %a, %b : tensor<32x4xf32>, tensor<4xf32> -> tensor<32x4xf32>
  return %y : tensor<32x4xf32>
}

// Padding lanes of reordered weights are zero.
// CHECK-LABEL: func.func @reorder
// CHECK{LITERAL}: graph.constant dense<[[1.000000e+00, 2.000000e+00], [3.000000e+00, 0.000000e+00]]> : tensor<2x2xf32>
func.func @reorder() -> tensor<3xf32, #graph.tensor<inner_dims = [0], inner_tiles = [2]>> {
  %a = graph.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32> : tensor<3xf32>
  %y = graph.reorder %a : tensor<3xf32> -> tensor<3xf32, #graph.tensor<inner_dims = [0], inner_tiles = [2]>>
  return %y : tensor<3xf32, #graph.tensor<inner_dims = [0], inner_tiles = [2]>>
}

// A constant that would grow stays an op.
// CHECK-LABEL: func.func @no_expansion
// CHECK: graph.expand
func.func @no_expansion() -> tensor<64x64xf32> {
  %a = graph.constant dense<[1.0, 2.0]> : tensor<2xf32> : tensor<2xf32>
  %r = graph.constant dense<[64, 32]> : tensor<2xi64> : tensor<2xi64>
  %c = graph.constant dense<[[1.0], [2.0]]> : tensor<2x1xf32> : tensor<2x1xf32>
  %t = graph.tile %c, %r : (tensor<2x1xf32>, tensor<2xi64>) -> tensor<128x32xf32>
  %s = graph.constant dense<[64, 64]> : tensor<2xi64> : tensor<2xi64>
  %e = graph.constant dense<[[1.0]]> : tensor<1x1xf32> : tensor<1x1xf32>
  %y = graph.expand %e, %s : (tensor<1x1xf32>, tensor<2xi64>) -> tensor<64x64xf32>
  return %y : tensor<64x64xf32>
}

// Nothing is known of an input.
// CHECK-LABEL: func.func @no_input
// CHECK: graph.sqrt
func.func @no_input(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y = graph.sqrt %x : tensor<4xf32> -> tensor<4xf32>
  return %y : tensor<4xf32>
}

// One function is done with weights that another one still has.
// CHECK-LABEL: func.func @first_of_two
// CHECK-NEXT: graph.constant dense<[-1.000000e+00, -2.000000e+00]>
func.func @first_of_two() -> tensor<2xf32> {
  %w = graph.constant dense_resource<shared> : tensor<2xf32> : tensor<2xf32>
  %y = graph.neg %w : tensor<2xf32> -> tensor<2xf32>
  return %y : tensor<2xf32>
}
// CHECK-LABEL: func.func @second_of_two
// CHECK-NEXT: graph.constant dense_resource<shared> : tensor<1x2xf32>
func.func @second_of_two() -> tensor<1x2xf32> {
  %w = graph.constant dense_resource<shared> : tensor<1x2xf32> : tensor<1x2xf32>
  return %w : tensor<1x2xf32>
}

// CHECK: shared: "0x040000000000803F00000040"
{-# dialect_resources: { builtin: {
  shared: "0x040000000000803F00000040"
} } #-}
