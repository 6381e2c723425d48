// RUN: atrous-opt --atrous-materialize-padding %s | FileCheck %s

// conv(x, w1, pads 1) + conv(x, w2, pads 1): one pad for both
// CHECK-LABEL: func.func @shared
// CHECK-SAME: (%[[X:.*]]: tensor<1x3x8x8xf32>
// CHECK: %[[A:.*]] = graph.constant dense<[0, 0, 1, 2, 0, 0, 3, 4]>
// CHECK-NEXT: %[[P:.*]] = graph.pad %[[X]], %[[A]] {mode = "constant"} {{.*}} -> tensor<1x3x12x14xf32>
// CHECK-NEXT: graph.conv %[[P]], {{.*}} pads = array<i64: 0, 0, 0, 0>
// CHECK-NOT: graph.pad
// CHECK: graph.conv %[[P]], {{.*}} pads = array<i64: 0, 0, 0, 0>
func.func @shared(%x: tensor<1x3x8x8xf32>, %w: tensor<4x3x3x3xf32>, %v: tensor<4x3x3x3xf32>) -> (tensor<1x4x10x12xf32>, tensor<1x4x10x12xf32>) {
  %a = graph.conv %x, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 1, 2, 3, 4>, group = 1 : i64} : (tensor<1x3x8x8xf32>, tensor<4x3x3x3xf32>) -> tensor<1x4x10x12xf32>
  %b = graph.conv %x, %v {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 1, 2, 3, 4>, group = 1 : i64} : (tensor<1x3x8x8xf32>, tensor<4x3x3x3xf32>) -> tensor<1x4x10x12xf32>
  return %a, %b : tensor<1x4x10x12xf32>, tensor<1x4x10x12xf32>
}

// CHECK-LABEL: func.func @no_padding
// CHECK-NOT: graph.pad
func.func @no_padding(%x: tensor<1x3x8x8xf32>, %w: tensor<4x3x3x3xf32>) -> tensor<1x4x6x6xf32> {
  %a = graph.conv %x, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64} : (tensor<1x3x8x8xf32>, tensor<4x3x3x3xf32>) -> tensor<1x4x6x6xf32>
  return %a : tensor<1x4x6x6xf32>
}
