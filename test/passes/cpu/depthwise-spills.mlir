// No tile of a depthwise convolution, nor of one that reads a picture, spills in its innermost loop.
// RUN: atrous compile %s --start-at=simplify --emit=asm --mcpu=x86-64-v4 -o %t.512.s
// RUN: %python %S/../../../tools/dev/check-spills --function depthwise %t.512.s | FileCheck %s --check-prefixes=CHECK,V4
// RUN: %python %S/../../../tools/dev/check-spills --function conv %t.512.s | FileCheck %s
// RUN: atrous compile %s --start-at=simplify --emit=asm --mcpu=x86-64-v3 -o %t.256.s
// RUN: %python %S/../../../tools/dev/check-spills --function depthwise %t.256.s | FileCheck %s --check-prefixes=CHECK,V3
// RUN: %python %S/../../../tools/dev/check-spills --function conv %t.256.s | FileCheck %s

// A step is a row of the kernel for each output of the tile.
// V4-DAG: depthwise{{.*}}3x3{{.*}}: 48 multiply-adds, 0 vectors
// V4-DAG: depthwise{{.*}}5x5{{.*}}: 80 multiply-adds, 0 vectors
// V4-DAG: depthwise{{.*}}7x7{{.*}}: 112 multiply-adds, 0 vectors
// V3-DAG: depthwise{{.*}}3x3{{.*}}: 30 multiply-adds, 0 vectors
// V3-DAG: depthwise{{.*}}5x5{{.*}}: 40 multiply-adds, 0 vectors
// CHECK-NOT: {{[1-9][0-9]*}} vectors
func.func @main(%x: tensor<1x3x64x64xf32> {graph.name = "x"}) -> (tensor<1x32x16x16xf32> {graph.name = "y"}) {
  %w0 = graph.constant dense<0.5> : tensor<32x3x3x3xf32> : tensor<32x3x3x3xf32>
  %w1 = graph.constant dense<0.5> : tensor<32x1x3x3xf32> : tensor<32x1x3x3xf32>
  %w2 = graph.constant dense<0.5> : tensor<32x1x5x5xf32> : tensor<32x1x5x5xf32>
  %w3 = graph.constant dense<0.5> : tensor<32x1x7x7xf32> : tensor<32x1x7x7xf32>
  %0 = graph.conv %x, %w0 {strides = array<i64: 2, 2>, dilations = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, group = 1 : i64} : (tensor<1x3x64x64xf32>, tensor<32x3x3x3xf32>) -> tensor<1x32x32x32xf32>
  %1 = graph.conv %0, %w1 {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, group = 32 : i64} : (tensor<1x32x32x32xf32>, tensor<32x1x3x3xf32>) -> tensor<1x32x32x32xf32>
  %2 = graph.conv %1, %w1 {strides = array<i64: 1, 1>, dilations = array<i64: 2, 2>, pads = array<i64: 2, 2, 2, 2>, group = 32 : i64} : (tensor<1x32x32x32xf32>, tensor<32x1x3x3xf32>) -> tensor<1x32x32x32xf32>
  %3 = graph.conv %2, %w2 {strides = array<i64: 2, 2>, dilations = array<i64: 1, 1>, pads = array<i64: 2, 2, 2, 2>, group = 32 : i64} : (tensor<1x32x32x32xf32>, tensor<32x1x5x5xf32>) -> tensor<1x32x16x16xf32>
  %4 = graph.conv %3, %w3 {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 3, 3, 3, 3>, group = 32 : i64} : (tensor<1x32x16x16xf32>, tensor<32x1x7x7xf32>) -> tensor<1x32x16x16xf32>
  return %4 : tensor<1x32x16x16xf32>
}
