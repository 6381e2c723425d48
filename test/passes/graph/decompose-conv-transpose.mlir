// RUN: atrous-opt --atrous-decompose-conv-transpose --split-input-file --verify-diagnostics %s | FileCheck %s

// Kernel 2, stride 2: four 1x1 convolutions.
// CHECK-LABEL: func.func @k2s2
// CHECK-SAME: (%[[X:.*]]: tensor<1x8x5x5xf32>, %[[W:.*]]: tensor<8x4x2x2xf32>, %[[B:.*]]: tensor<4xf32>)
// CHECK: %[[T:.*]] = graph.transpose %[[W]] {perm = array<i64: 1, 0, 2, 3>}
// CHECK: graph.slice %[[T]]{{.*}} -> tensor<4x8x1x1xf32>
// CHECK: %[[P0:.*]] = graph.conv %[[X]], %{{.*}}, %[[B]]
// CHECK: %[[P1:.*]] = graph.conv %[[X]], %{{.*}}, %[[B]]
// CHECK: %[[P2:.*]] = graph.conv %[[X]], %{{.*}}, %[[B]]
// CHECK: %[[P3:.*]] = graph.conv %[[X]], %{{.*}}, %[[B]]
// CHECK: graph.interleave %[[P0]], %[[P1]], %[[P2]], %[[P3]] {spatial = array<i64: 10, 10>, strides = array<i64: 2, 2>}
func.func @k2s2(%x: tensor<1x8x5x5xf32>, %w: tensor<8x4x2x2xf32>, %b: tensor<4xf32>) -> tensor<1x4x10x10xf32> {
  %y = graph.conv_transpose %x, %w, %b {strides = array<i64: 2, 2>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, output_padding = array<i64: 0, 0>, group = 1 : i64} : (tensor<1x8x5x5xf32>, tensor<8x4x2x2xf32>, tensor<4xf32>) -> tensor<1x4x10x10xf32>
  return %y : tensor<1x4x10x10xf32>
}

// -----

// Stride 1 is one convolution with the kernel flipped.
// CHECK-LABEL: func.func @stride1
// CHECK: graph.conv {{.*}} pads = array<i64: 1, 1, 1, 1>
// CHECK-NOT: graph.interleave
func.func @stride1(%x: tensor<1x8x5x5xf32>, %w: tensor<8x4x3x3xf32>) -> tensor<1x4x5x5xf32> {
  %y = graph.conv_transpose %x, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, output_padding = array<i64: 0, 0>, group = 1 : i64} : (tensor<1x8x5x5xf32>, tensor<8x4x3x3xf32>) -> tensor<1x4x5x5xf32>
  return %y : tensor<1x4x5x5xf32>
}

// -----

func.func @no_huge_stride(%x: tensor<1x1x1xf32>, %w: tensor<1x1x1xf32>) -> tensor<1x1x1xf32> {
  // expected-error@+1 {{has strides [5000], more than the 4096 output phases that can be compiled}}
  %y = graph.conv_transpose %x, %w {strides = array<i64: 5000>, dilations = array<i64: 1>, pads = array<i64: 0, 0>, output_padding = array<i64: 0>, group = 1 : i64} : (tensor<1x1x1xf32>, tensor<1x1x1xf32>) -> tensor<1x1x1xf32>
  return %y : tensor<1x1x1xf32>
}

// -----

// Kernel 12, stride 6 and pads 3: each dimension has two runs of three phases, of
// which a convolution makes nine phases as channels.
// CHECK-LABEL: func.func @stacked
// CHECK-NOT: graph.interleave
// CHECK-COUNT-4: graph.conv %{{.*}}, %{{.*}} {{.*}} -> tensor<1x27x5x5xf32>
// CHECK-NOT: graph.conv
// CHECK: graph.concat %{{.*}} {axis = 3 : i64} : {{.*}} -> tensor<1x3x5x6x5x6xf32>
// CHECK: graph.reshape %{{.*}} -> tensor<1x3x30x30xf32>
func.func @stacked(%x: tensor<1x8x5x5xf32>, %w: tensor<8x3x12x12xf32>) -> tensor<1x3x30x30xf32> {
  %y = graph.conv_transpose %x, %w {strides = array<i64: 6, 6>, dilations = array<i64: 1, 1>, pads = array<i64: 3, 3, 3, 3>, output_padding = array<i64: 0, 0>, group = 1 : i64} : (tensor<1x8x5x5xf32>, tensor<8x3x12x12xf32>) -> tensor<1x3x30x30xf32>
  return %y : tensor<1x3x30x30xf32>
}

// -----

// Sizes may be names. What the strides have too many is cropped.
// CHECK-LABEL: func.func @dynamic
// CHECK: graph.conv {{.*}} -> tensor<?x16x?xf32, #graph.tensor<symbols = ["N", "", "H"]>>
// CHECK: graph.reshape %{{.*}} -> tensor<?x8x?xf32, #graph.tensor<symbols = ["N", "", "3*H"]>>
// CHECK: graph.pad %{{.*}} -> tensor<?x8x?xf32, #graph.tensor<symbols = ["N", "", "3*H-1"]>>
func.func @dynamic(%x: tensor<?x4x?xf32, #graph.tensor<symbols = ["N", "", "H"]>>, %w: tensor<4x8x2xf32>) -> tensor<?x8x?xf32, #graph.tensor<symbols = ["N", "", "3*H-1"]>> {
  %y = graph.conv_transpose %x, %w {strides = array<i64: 3>, dilations = array<i64: 1>, pads = array<i64: 0, 0>, output_padding = array<i64: 0>, group = 1 : i64} : (tensor<?x4x?xf32, #graph.tensor<symbols = ["N", "", "H"]>>, tensor<4x8x2xf32>) -> tensor<?x8x?xf32, #graph.tensor<symbols = ["N", "", "3*H-1"]>>
  return %y : tensor<?x8x?xf32, #graph.tensor<symbols = ["N", "", "3*H-1"]>>
}
