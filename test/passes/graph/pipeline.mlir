// RUN: atrous-opt --atrous-simplify %s | FileCheck %s

// relu(batch_norm(conv(pad(x)))) upsampled: one pad, blocked convolutions with
// folded and reordered weights, the relu on the phases (here all equal, so one is
// left), one reorder at the end.
// CHECK-LABEL: func.func @main
// CHECK-SAME: (%[[X:.*]]: tensor<1x3x8x8xf32> {graph.name = "x"}) -> (tensor<1x16x16x16xf32> {graph.name = "y"})
// CHECK-NOT: graph.batch_norm
// CHECK-NOT: graph.reorder
// CHECK: %[[P:.*]] = graph.pad %[[X]]
// CHECK: %[[C:.*]] = graph.conv %[[P]]
// CHECK: %[[T:.*]] = graph.conv %[[C]], {{.*}} -> tensor<1x16x8x8xf32, #graph.tensor<inner_dims = [1], inner_tiles = [16]>>
// CHECK: %[[R:.*]] = graph.relu %[[T]]
// CHECK: %[[I:.*]] = graph.interleave %[[R]], %[[R]], %[[R]], %[[R]]
// CHECK-NEXT: %[[Y:.*]] = graph.reorder %[[I]]
// CHECK-NEXT: return %[[Y]]
module attributes {kernel.target = #kernel.target<cpu = "znver4", features = "", isa = avx512, lanes = 16, threads = 2>} {
  func.func @main(%x: tensor<1x3x8x8xf32> {graph.name = "x"}) -> (tensor<*xf32> {graph.name = "y"}) {
    %w = graph.constant dense<1.0> : tensor<16x3x3x3xf32> : tensor<16x3x3x3xf32>
    %p = graph.constant dense<2.0> : tensor<16xf32> : tensor<16xf32>
    %t = graph.constant dense<1.0> : tensor<16x16x2x2xf32> : tensor<16x16x2x2xf32>
    %c = graph.conv %x, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, group = 1 : i64} : (tensor<1x3x8x8xf32>, tensor<16x3x3x3xf32>) -> tensor<*xf32>
    %b = graph.batch_norm %c, %p, %p, %p, %p {epsilon = 1.0e-5 : f64} : (tensor<*xf32>, tensor<16xf32>, tensor<16xf32>, tensor<16xf32>, tensor<16xf32>) -> tensor<*xf32>
    %u = graph.conv_transpose %b, %t {strides = array<i64: 2, 2>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, output_padding = array<i64: 0, 0>, group = 1 : i64} : (tensor<*xf32>, tensor<16x16x2x2xf32>) -> tensor<*xf32>
    %r = graph.relu %u : tensor<*xf32> -> tensor<*xf32>
    return %r : tensor<*xf32>
  }
}
