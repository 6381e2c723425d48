// RUN: atrous-opt --atrous-assign-layout --split-input-file %s | FileCheck %s

// relu and add between two convolutions stay blocked; the result is plain.
// CHECK-LABEL: func.func @main
// CHECK-SAME: (%[[X:.*]]: tensor<1x32x8x8xf32>
// CHECK: %[[BX:.*]] = graph.reorder %[[X]] : {{.*}} -> tensor<1x32x8x8xf32, #graph.tensor<inner_dims = [1], inner_tiles = [16]>>
// CHECK: %[[A:.*]] = graph.conv %[[BX]], %{{.*}} -> tensor<1x32x8x8xf32, #graph.tensor<inner_dims = [1], inner_tiles = [16]>>
// CHECK: %[[R:.*]] = graph.relu %[[A]] : {{.*}} -> tensor<1x32x8x8xf32, #graph.tensor<inner_dims = [1], inner_tiles = [16]>>
// CHECK-NOT: graph.reorder %[[R]]
// CHECK: %[[S:.*]] = graph.add %[[R]], %[[BX]]
// CHECK: %[[C:.*]] = graph.conv %[[S]]
// CHECK: %[[Y:.*]] = graph.reorder %[[C]] : {{.*}} -> tensor<1x32x8x8xf32>
// CHECK: return %[[Y]]
module attributes {kernel.target = #kernel.target<cpu = "znver4", features = "", isa = avx512, lanes = 16, threads = 2>} {
  func.func @main(%x: tensor<1x32x8x8xf32>) -> tensor<1x32x8x8xf32> {
    %w = graph.constant dense<1.0> : tensor<32x32x1x1xf32> : tensor<32x32x1x1xf32>
    %a = graph.conv %x, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64} : (tensor<1x32x8x8xf32>, tensor<32x32x1x1xf32>) -> tensor<1x32x8x8xf32>
    %r = graph.relu %a : tensor<1x32x8x8xf32> -> tensor<1x32x8x8xf32>
    %s = graph.add %r, %x : tensor<1x32x8x8xf32>, tensor<1x32x8x8xf32> -> tensor<1x32x8x8xf32>
    %c = graph.conv %s, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64} : (tensor<1x32x8x8xf32>, tensor<32x32x1x1xf32>) -> tensor<1x32x8x8xf32>
    return %c : tensor<1x32x8x8xf32>
  }
}

// -----

// What no convolution asks for stays plain.
// CHECK-LABEL: func.func @no_convolution
// CHECK-NOT: graph.reorder
module attributes {kernel.target = #kernel.target<cpu = "znver4", features = "", isa = avx512, lanes = 16, threads = 2>} {
  func.func @no_convolution(%x: tensor<1x32x8x8xf32>) -> tensor<1x32x8x8xf32> {
    %r = graph.relu %x : tensor<1x32x8x8xf32> -> tensor<1x32x8x8xf32>
    return %r : tensor<1x32x8x8xf32>
  }
}

// -----

// An op without a blocked form gets a plain operand; one reorder serves two.
// CHECK-LABEL: func.func @plain_users
// CHECK: %[[C:.*]] = graph.conv
// CHECK-NEXT: %[[P:.*]] = graph.reorder %[[C]]
// CHECK-NOT: graph.reorder
// CHECK: graph.transpose %[[P]]
// CHECK: return %{{.*}}, %[[P]]
module attributes {kernel.target = #kernel.target<cpu = "x86-64-v3", features = "", isa = avx2, lanes = 8, threads = 2>} {
  func.func @plain_users(%x: tensor<1x3x8x8xf32>) -> (tensor<8x8x8x1xf32>, tensor<1x8x8x8xf32>) {
    %w = graph.constant dense<1.0> : tensor<8x3x1x1xf32> : tensor<8x3x1x1xf32>
    %a = graph.conv %x, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64} : (tensor<1x3x8x8xf32>, tensor<8x3x1x1xf32>) -> tensor<1x8x8x8xf32>
    %t = graph.transpose %a : tensor<1x8x8x8xf32> -> tensor<8x8x8x1xf32>
    return %t, %a : tensor<8x8x8x1xf32>, tensor<1x8x8x8xf32>
  }
}

// -----

// CHECK-LABEL: func.func @no_target
// CHECK-NOT: graph.reorder
func.func @no_target(%x: tensor<1x32x8x8xf32>, %w: tensor<32x32x1x1xf32>) -> tensor<1x32x8x8xf32> {
  %a = graph.conv %x, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64} : (tensor<1x32x8x8xf32>, tensor<32x32x1x1xf32>) -> tensor<1x32x8x8xf32>
  return %a : tensor<1x32x8x8xf32>
}
