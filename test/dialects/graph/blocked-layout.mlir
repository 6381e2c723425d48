// RUN: atrous-opt %s -split-input-file -atrous-assign-layout | FileCheck %s

// Which ops stay blocked after a convolution of 8 lanes (a reorder before an op
// says that it does not).

// All lanes hold channels: a logarithm harms none.
// CHECK-LABEL: @log
// CHECK: %[[X:.*]] = graph.conv
// CHECK: graph.log %[[X]] : {{.*}}inner_dims = [1]
module attributes {kernel.target = #kernel.target<cpu = "x86-64-v3", features = "", isa = avx2, lanes = 8, threads = 2>} {
  func.func @log(%in: tensor<1x16x4x4xf32>) -> tensor<1x16x4x4xf32> {
    %w = graph.constant dense<1.0> : tensor<16x16x1x1xf32> : tensor<16x16x1x1xf32>
    %x = graph.conv %in, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64} : (tensor<1x16x4x4xf32>, tensor<16x16x1x1xf32>) -> tensor<1x16x4x4xf32>
    %y = graph.log %x : tensor<1x16x4x4xf32> -> tensor<1x16x4x4xf32>
    return %y : tensor<1x16x4x4xf32>
  }
}

// -----

// The logarithm of a padding lane may be no finite number.
// CHECK-LABEL: @no_log
// CHECK: %[[X:.*]] = graph.conv
// CHECK: %[[P:.*]] = graph.reorder %[[X]]
// CHECK: graph.log %[[P]]
module attributes {kernel.target = #kernel.target<cpu = "x86-64-v3", features = "", isa = avx2, lanes = 8, threads = 2>} {
  func.func @no_log(%in: tensor<1x20x4x4xf32>) -> tensor<1x20x4x4xf32> {
    %w = graph.constant dense<1.0> : tensor<20x20x1x1xf32> : tensor<20x20x1x1xf32>
    %x = graph.conv %in, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64} : (tensor<1x20x4x4xf32>, tensor<20x20x1x1xf32>) -> tensor<1x20x4x4xf32>
    %y = graph.log %x : tensor<1x20x4x4xf32> -> tensor<1x20x4x4xf32>
    return %y : tensor<1x20x4x4xf32>
  }
}

// -----

// Padding lanes divided by a number stay finite.
// CHECK-LABEL: @div_by_constant
// CHECK: %[[X:.*]] = graph.conv
// CHECK: graph.div %[[X]], {{.*}}inner_dims = [1]
module attributes {kernel.target = #kernel.target<cpu = "x86-64-v3", features = "", isa = avx2, lanes = 8, threads = 2>} {
  func.func @div_by_constant(%in: tensor<1x20x4x4xf32>) -> tensor<1x20x4x4xf32> {
    %w = graph.constant dense<1.0> : tensor<20x20x1x1xf32> : tensor<20x20x1x1xf32>
    %x = graph.conv %in, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64} : (tensor<1x20x4x4xf32>, tensor<20x20x1x1xf32>) -> tensor<1x20x4x4xf32>
    %c = graph.constant dense<6.0> : tensor<f32> : tensor<f32>
    %y = graph.div %x, %c : tensor<1x20x4x4xf32>, tensor<f32> -> tensor<1x20x4x4xf32>
    return %y : tensor<1x20x4x4xf32>
  }
}

// -----

// Divided by the zeros of another padding, they do not.
// CHECK-LABEL: @no_div
// CHECK: %[[X:.*]] = graph.conv
// CHECK: %[[P:.*]] = graph.reorder %[[X]]
// CHECK: graph.div %[[P]]
module attributes {kernel.target = #kernel.target<cpu = "x86-64-v3", features = "", isa = avx2, lanes = 8, threads = 2>} {
  func.func @no_div(%in: tensor<1x20x4x4xf32>, %z: tensor<1x20x4x4xf32>) -> tensor<1x20x4x4xf32> {
    %w = graph.constant dense<1.0> : tensor<20x20x1x1xf32> : tensor<20x20x1x1xf32>
    %x = graph.conv %in, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64} : (tensor<1x20x4x4xf32>, tensor<20x20x1x1xf32>) -> tensor<1x20x4x4xf32>
    %y = graph.div %x, %z : tensor<1x20x4x4xf32>, tensor<1x20x4x4xf32> -> tensor<1x20x4x4xf32>
    return %y : tensor<1x20x4x4xf32>
  }
}

// -----

// Masks stay plain.
// CHECK-LABEL: @no_mask
// CHECK: %[[X:.*]] = graph.conv
// CHECK: %[[P:.*]] = graph.reorder %[[X]]
// CHECK: graph.compare lt, %[[P]]
module attributes {kernel.target = #kernel.target<cpu = "x86-64-v3", features = "", isa = avx2, lanes = 8, threads = 2>} {
  func.func @no_mask(%in: tensor<1x16x4x4xf32>) -> tensor<1x16x4x4xi1> {
    %w = graph.constant dense<1.0> : tensor<16x16x1x1xf32> : tensor<16x16x1x1xf32>
    %x = graph.conv %in, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64} : (tensor<1x16x4x4xf32>, tensor<16x16x1x1xf32>) -> tensor<1x16x4x4xf32>
    %y = graph.compare lt, %x, %x : tensor<1x16x4x4xf32>, tensor<1x16x4x4xf32> -> tensor<1x16x4x4xi1>
    return %y : tensor<1x16x4x4xi1>
  }
}

// -----

// An operand per channel is blocked in its own dimension.
// CHECK-LABEL: @per_channel
// CHECK: %[[B:.*]] = graph.reorder %{{.*}} : tensor<16x1x1xf32> -> tensor<16x1x1xf32, #graph.tensor<inner_dims = [0], inner_tiles = [8]>>
// CHECK: %[[X:.*]] = graph.conv
// CHECK: graph.add %[[X]], %[[B]]
module attributes {kernel.target = #kernel.target<cpu = "x86-64-v3", features = "", isa = avx2, lanes = 8, threads = 2>} {
  func.func @per_channel(%in: tensor<1x16x4x4xf32>, %b: tensor<16x1x1xf32>) -> tensor<1x16x4x4xf32> {
    %w = graph.constant dense<1.0> : tensor<16x16x1x1xf32> : tensor<16x16x1x1xf32>
    %x = graph.conv %in, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64} : (tensor<1x16x4x4xf32>, tensor<16x16x1x1xf32>) -> tensor<1x16x4x4xf32>
    %y = graph.add %x, %b : tensor<1x16x4x4xf32>, tensor<16x1x1xf32> -> tensor<1x16x4x4xf32>
    return %y : tensor<1x16x4x4xf32>
  }
}

// -----

// Whole blocks side by side.
// CHECK-LABEL: @concat
// CHECK: %[[X:.*]] = graph.conv
// CHECK: graph.concat %[[X]], %[[X]]
module attributes {kernel.target = #kernel.target<cpu = "x86-64-v3", features = "", isa = avx2, lanes = 8, threads = 2>} {
  func.func @concat(%in: tensor<1x16x4x4xf32>) -> tensor<1x32x4x4xf32> {
    %w = graph.constant dense<1.0> : tensor<16x16x1x1xf32> : tensor<16x16x1x1xf32>
    %x = graph.conv %in, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64} : (tensor<1x16x4x4xf32>, tensor<16x16x1x1xf32>) -> tensor<1x16x4x4xf32>
    %y = graph.concat %x, %x {axis = 1 : i64} : (tensor<1x16x4x4xf32>, tensor<1x16x4x4xf32>) -> tensor<1x32x4x4xf32>
    return %y : tensor<1x32x4x4xf32>
  }
}

// -----

// The first input ends in the middle of a block.
// CHECK-LABEL: @no_concat
// CHECK: %[[X:.*]] = graph.conv
// CHECK: %[[P:.*]] = graph.reorder %[[X]]
// CHECK: graph.concat %[[P]], %[[P]]
module attributes {kernel.target = #kernel.target<cpu = "x86-64-v3", features = "", isa = avx2, lanes = 8, threads = 2>} {
  func.func @no_concat(%in: tensor<1x20x4x4xf32>) -> tensor<1x40x4x4xf32> {
    %w = graph.constant dense<1.0> : tensor<20x20x1x1xf32> : tensor<20x20x1x1xf32>
    %x = graph.conv %in, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64} : (tensor<1x20x4x4xf32>, tensor<20x20x1x1xf32>) -> tensor<1x20x4x4xf32>
    %y = graph.concat %x, %x {axis = 1 : i64} : (tensor<1x20x4x4xf32>, tensor<1x20x4x4xf32>) -> tensor<1x40x4x4xf32>
    return %y : tensor<1x40x4x4xf32>
  }
}

// -----

// Channels from the start of a block to the last.
// CHECK-LABEL: @slice
// CHECK: %[[X:.*]] = graph.conv
// CHECK: graph.slice %[[X]]
module attributes {kernel.target = #kernel.target<cpu = "x86-64-v3", features = "", isa = avx2, lanes = 8, threads = 2>} {
  func.func @slice(%in: tensor<1x20x4x4xf32>) -> tensor<1x12x4x4xf32> {
    %w = graph.constant dense<1.0> : tensor<20x20x1x1xf32> : tensor<20x20x1x1xf32>
    %x = graph.conv %in, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64} : (tensor<1x20x4x4xf32>, tensor<20x20x1x1xf32>) -> tensor<1x20x4x4xf32>
    %s = graph.constant dense<8> : tensor<1xi64> : tensor<1xi64>
    %e = graph.constant dense<20> : tensor<1xi64> : tensor<1xi64>
    %a = graph.constant dense<1> : tensor<1xi64> : tensor<1xi64>
    %y = graph.slice %x[%s : %e] axes %a : tensor<1xi64> : tensor<1x20x4x4xf32>, tensor<1xi64>, tensor<1xi64> -> tensor<1x12x4x4xf32>
    return %y : tensor<1x12x4x4xf32>
  }
}

// -----

// Channels from the middle of a block.
// CHECK-LABEL: @no_slice
// CHECK: %[[X:.*]] = graph.conv
// CHECK: %[[P:.*]] = graph.reorder %[[X]]
// CHECK: graph.slice %[[P]]
module attributes {kernel.target = #kernel.target<cpu = "x86-64-v3", features = "", isa = avx2, lanes = 8, threads = 2>} {
  func.func @no_slice(%in: tensor<1x20x4x4xf32>) -> tensor<1x16x4x4xf32> {
    %w = graph.constant dense<1.0> : tensor<20x20x1x1xf32> : tensor<20x20x1x1xf32>
    %x = graph.conv %in, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64} : (tensor<1x20x4x4xf32>, tensor<20x20x1x1xf32>) -> tensor<1x20x4x4xf32>
    %s = graph.constant dense<4> : tensor<1xi64> : tensor<1xi64>
    %e = graph.constant dense<20> : tensor<1xi64> : tensor<1xi64>
    %a = graph.constant dense<1> : tensor<1xi64> : tensor<1xi64>
    %y = graph.slice %x[%s : %e] axes %a : tensor<1xi64> : tensor<1x20x4x4xf32>, tensor<1xi64>, tensor<1xi64> -> tensor<1x16x4x4xf32>
    return %y : tensor<1x16x4x4xf32>
  }
}

// -----

// Pixels around the picture.
// CHECK-LABEL: @pad
// CHECK: %[[X:.*]] = graph.conv
// CHECK: graph.pad %[[X]]
module attributes {kernel.target = #kernel.target<cpu = "x86-64-v3", features = "", isa = avx2, lanes = 8, threads = 2>} {
  func.func @pad(%in: tensor<1x20x4x4xf32>) -> tensor<1x20x6x6xf32> {
    %w = graph.constant dense<1.0> : tensor<20x20x1x1xf32> : tensor<20x20x1x1xf32>
    %x = graph.conv %in, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64} : (tensor<1x20x4x4xf32>, tensor<20x20x1x1xf32>) -> tensor<1x20x4x4xf32>
    %p = graph.constant dense<[0, 0, 1, 1, 0, 0, 1, 1]> : tensor<8xi64> : tensor<8xi64>
    %y = graph.pad %x, %p {mode = "constant"} : tensor<1x20x4x4xf32>, tensor<8xi64> -> tensor<1x20x6x6xf32>
    return %y : tensor<1x20x6x6xf32>
  }
}

// -----

// More channels.
// CHECK-LABEL: @no_pad
// CHECK: %[[X:.*]] = graph.conv
// CHECK: %[[P:.*]] = graph.reorder %[[X]]
// CHECK: graph.pad %[[P]]
module attributes {kernel.target = #kernel.target<cpu = "x86-64-v3", features = "", isa = avx2, lanes = 8, threads = 2>} {
  func.func @no_pad(%in: tensor<1x16x4x4xf32>) -> tensor<1x17x4x4xf32> {
    %w = graph.constant dense<1.0> : tensor<16x16x1x1xf32> : tensor<16x16x1x1xf32>
    %x = graph.conv %in, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64} : (tensor<1x16x4x4xf32>, tensor<16x16x1x1xf32>) -> tensor<1x16x4x4xf32>
    %p = graph.constant dense<[0, 1, 0, 0, 0, 0, 0, 0]> : tensor<8xi64> : tensor<8xi64>
    %y = graph.pad %x, %p {mode = "constant"} : tensor<1x16x4x4xf32>, tensor<8xi64> -> tensor<1x17x4x4xf32>
    return %y : tensor<1x17x4x4xf32>
  }
}

// -----

// Infinities in padding lanes.
// CHECK-LABEL: @no_infinite_pad
// CHECK: %[[X:.*]] = graph.conv
// CHECK: %[[P:.*]] = graph.reorder %[[X]]
// CHECK: graph.pad %[[P]]
module attributes {kernel.target = #kernel.target<cpu = "x86-64-v3", features = "", isa = avx2, lanes = 8, threads = 2>} {
  func.func @no_infinite_pad(%in: tensor<1x20x4x4xf32>) -> tensor<1x20x6x6xf32> {
    %w = graph.constant dense<1.0> : tensor<20x20x1x1xf32> : tensor<20x20x1x1xf32>
    %x = graph.conv %in, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64} : (tensor<1x20x4x4xf32>, tensor<20x20x1x1xf32>) -> tensor<1x20x4x4xf32>
    %p = graph.constant dense<[0, 0, 1, 1, 0, 0, 1, 1]> : tensor<8xi64> : tensor<8xi64>
    %v = graph.constant dense<0xFF800000> : tensor<f32> : tensor<f32>
    %y = graph.pad %x, %p value %v : tensor<f32> {mode = "constant"} : tensor<1x20x4x4xf32>, tensor<8xi64> -> tensor<1x20x6x6xf32>
    return %y : tensor<1x20x6x6xf32>
  }
}
