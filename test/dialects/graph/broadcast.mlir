// RUN: atrous-opt %s -atrous-lower-graph | FileCheck %s

// A scalar constant is written into the body, a row is read for every pixel.
// CHECK-DAG: #[[$ID:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
// CHECK-DAG: #[[$ROW:.*]] = affine_map<(d0, d1, d2, d3) -> (0, d3)>
// CHECK-DAG: #[[$ID5:.*]] = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
// CHECK-DAG: #[[$CHANNEL:.*]] = affine_map<(d0, d1, d2, d3, d4) -> (d1, 0, 0, d4)>
// CHECK-DAG: #[[$PIXEL:.*]] = affine_map<(d0, d1, d2, d3, d4) -> (d0, 0, d2, d3)>

// CHECK-LABEL: @plain
func.func @plain(%x: tensor<1x3x4x5xf32>, %y: tensor<1x5xf32>) -> tensor<1x3x4x5xf32> {
  // CHECK: linalg.generic {indexing_maps = [#[[$ID]], #[[$ROW]], #[[$ID]]]
  // CHECK: arith.addf
  %0 = graph.add %x, %y : tensor<1x3x4x5xf32>, tensor<1x5xf32> -> tensor<1x3x4x5xf32>
  %c = graph.constant dense<6.0> : tensor<f32> : tensor<f32>
  // One x86 min instruction: a constant on the left, no test for NaN.
  // CHECK: linalg.generic {indexing_maps = [#[[$ID]], #[[$ID]]]
  // CHECK: ^bb0(%[[X:.*]]: f32, %{{.*}}: f32):
  // CHECK-NEXT: %[[SIX:.*]] = arith.constant 6.000000e+00 : f32
  // CHECK-NEXT: %[[BELOW:.*]] = arith.cmpf olt, %[[SIX]], %[[X]] : f32
  // CHECK-NEXT: %[[MIN:.*]] = arith.select %[[BELOW]], %[[SIX]], %[[X]] : f32
  // CHECK-NEXT: linalg.yield %[[MIN]]
  %1 = graph.min %0, %c : tensor<1x3x4x5xf32>, tensor<f32> -> tensor<1x3x4x5xf32>
  return %1 : tensor<1x3x4x5xf32>
}

// Blocked channels: an operand per channel is blocked in its own channel
// dimension, one without channels is plain.
// CHECK-LABEL: @blocked
func.func @blocked(%x: tensor<2x20x4x5xf32, #graph.tensor<inner_dims = [1], inner_tiles = [8]>>,
                   %y: tensor<20x1x1xf32, #graph.tensor<inner_dims = [0], inner_tiles = [8]>>,
                   %z: tensor<2x1x4x5xf32>)
    -> tensor<2x20x4x5xf32, #graph.tensor<inner_dims = [1], inner_tiles = [8]>> {
  // CHECK: linalg.generic {indexing_maps = [#[[$ID5]], #[[$CHANNEL]], #[[$ID5]]]
  // CHECK-SAME: ins(%{{.*}}, %{{.*}} : tensor<2x3x4x5x8xf32>, tensor<3x1x1x8xf32>)
  %0 = graph.mul %x, %y : tensor<2x20x4x5xf32, #graph.tensor<inner_dims = [1], inner_tiles = [8]>>,
      tensor<20x1x1xf32, #graph.tensor<inner_dims = [0], inner_tiles = [8]>>
      -> tensor<2x20x4x5xf32, #graph.tensor<inner_dims = [1], inner_tiles = [8]>>
  // CHECK: linalg.generic {indexing_maps = [#[[$ID5]], #[[$PIXEL]], #[[$ID5]]]
  // CHECK-SAME: ins(%{{.*}}, %{{.*}} : tensor<2x3x4x5x8xf32>, tensor<2x1x4x5xf32>)
  %1 = graph.add %0, %z : tensor<2x20x4x5xf32, #graph.tensor<inner_dims = [1], inner_tiles = [8]>>,
      tensor<2x1x4x5xf32> -> tensor<2x20x4x5xf32, #graph.tensor<inner_dims = [1], inner_tiles = [8]>>
  return %1 : tensor<2x20x4x5xf32, #graph.tensor<inner_dims = [1], inner_tiles = [8]>>
}

// One x86 max instruction that keeps NaN.
// CHECK-LABEL: @relu
func.func @relu(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: ^bb0(%[[X:.*]]: f32, %{{.*}}: f32):
  // CHECK-NEXT: %[[ZERO:.*]] = arith.constant 0.000000e+00 : f32
  // CHECK-NEXT: %[[BELOW:.*]] = arith.cmpf ogt, %[[ZERO]], %[[X]] : f32
  // CHECK-NEXT: arith.select %[[BELOW]], %[[ZERO]], %[[X]] : f32
  %0 = graph.relu %x : tensor<4xf32> -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// Narrow floats are for storage.
// CHECK-LABEL: @half
func.func @half(%x: tensor<4xf16>) -> tensor<4xf16> {
  // CHECK: arith.extf %{{.*}} : f16 to f32
  // CHECK: math.exp %{{.*}} : f32
  // CHECK: arith.truncf %{{.*}} : f32 to f16
  %0 = graph.exp %x : tensor<4xf16> -> tensor<4xf16>
  return %0 : tensor<4xf16>
}

// Booleans lie as bytes.
// CHECK-LABEL: @mask
func.func @mask(%x: tensor<4xf32>, %y: tensor<4xi1>) -> tensor<4xi1> {
  // CHECK: arith.cmpf olt
  // CHECK: arith.extui %{{.*}} : i1 to i8
  %0 = graph.compare lt, %x, %x : tensor<4xf32>, tensor<4xf32> -> tensor<4xi1>
  // CHECK: ^bb0(%[[A:.*]]: i8, %[[B:.*]]: i8, %{{.*}}: i8):
  // CHECK: arith.cmpi ne, %[[A]]
  // CHECK: arith.cmpi ne, %[[B]]
  // CHECK: arith.andi %{{.*}}, %{{.*}} : i1
  %1 = graph.and %0, %y : tensor<4xi1>, tensor<4xi1> -> tensor<4xi1>
  return %1 : tensor<4xi1>
}
