// RUN: atrous-opt --atrous-skip-padded-taps %s | FileCheck %s

// 3x3 on a single pixel: only the tap in the middle meets it.
// CHECK-LABEL: func.func @pixel
// CHECK-SAME: (%[[X:[a-z0-9]*]]: tensor<1x8x1x1xf32>, %[[W:[a-z0-9]*]]: tensor<8x8x3x3xf32>
// CHECK-DAG: %[[ONE:.*]] = graph.constant dense<1> : tensor<2xi64>
// CHECK-DAG: %[[TWO:.*]] = graph.constant dense<2> : tensor<2xi64>
// CHECK: %[[V:.*]] = graph.slice %[[W]][%[[ONE]] : %[[TWO]]]
// CHECK: graph.conv %[[X]], %[[V]] {{.*}} pads = array<i64: 0, 0, 0, 0>
func.func @pixel(%x: tensor<1x8x1x1xf32>, %w: tensor<8x8x3x3xf32>) -> tensor<1x8x1x1xf32> {
  %y = graph.conv %x, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, group = 1 : i64} : (tensor<1x8x1x1xf32>, tensor<8x8x3x3xf32>) -> tensor<1x8x1x1xf32>
  return %y : tensor<1x8x1x1xf32>
}

// The first row of taps meets padding alone, and goes with the padding that only
// it reads.
// CHECK-LABEL: func.func @row
// CHECK: graph.conv %{{.*}}, %{{.*}} {{.*}} pads = array<i64: 1, 1, 2, 1>{{.*}} (tensor<1x8x3x9xf32>, tensor<8x8x2x3xf32>) -> tensor<1x8x3x9xf32>
func.func @row(%x: tensor<1x8x3x9xf32>, %w: tensor<8x8x3x3xf32>) -> tensor<1x8x3x9xf32> {
  %y = graph.conv %x, %w {strides = array<i64: 1, 1>, dilations = array<i64: 3, 1>, pads = array<i64: 4, 1, 2, 1>, group = 1 : i64} : (tensor<1x8x3x9xf32>, tensor<8x8x3x3xf32>) -> tensor<1x8x3x9xf32>
  return %y : tensor<1x8x3x9xf32>
}

// A third of taps and outputs meet the input: nine convolutions by one tap, the
// one in the middle with the bias.
// CHECK-LABEL: func.func @sum
// CHECK-SAME: (%[[X:[a-z0-9]*]]: tensor<1x512x40x40xf32>, %[[W:[a-z0-9]*]]: tensor<512x512x3x3xf32>, %[[B:[a-z0-9]*]]: tensor<512xf32>
// CHECK: graph.conv {{.*}} -> tensor<1x512x10x10xf32>
// CHECK: %[[CORNER:.*]] = graph.pad
// CHECK: graph.conv {{.*}} -> tensor<1x512x10x40xf32>
// CHECK: %[[EDGE:.*]] = graph.pad
// CHECK: graph.add %[[CORNER]], %[[EDGE]]
// CHECK-COUNT-6: graph.pad
// CHECK: %[[SUM:.*]] = graph.add
// CHECK: %[[MIDDLE:.*]] = graph.conv {{.*}}, %[[B]] {{.*}} -> tensor<1x512x40x40xf32>
// CHECK: graph.add %[[MIDDLE]], %[[SUM]]
func.func @sum(%x: tensor<1x512x40x40xf32>, %w: tensor<512x512x3x3xf32>, %b: tensor<512xf32>) -> tensor<1x512x40x40xf32> {
  %y = graph.conv %x, %w, %b {strides = array<i64: 1, 1>, dilations = array<i64: 30, 30>, pads = array<i64: 30, 30, 30, 30>, group = 1 : i64} : (tensor<1x512x40x40xf32>, tensor<512x512x3x3xf32>, tensor<512xf32>) -> tensor<1x512x40x40xf32>
  return %y : tensor<1x512x40x40xf32>
}

// The same with few channels: adding up would take longer.
// CHECK-LABEL: func.func @small
// CHECK-NOT: graph.add
// CHECK: graph.conv {{.*}} pads = array<i64: 30, 30, 30, 30>
// CHECK-NOT: graph.add
func.func @small(%x: tensor<1x8x40x40xf32>, %w: tensor<8x8x3x3xf32>) -> tensor<1x8x40x40xf32> {
  %y = graph.conv %x, %w {strides = array<i64: 1, 1>, dilations = array<i64: 30, 30>, pads = array<i64: 30, 30, 30, 30>, group = 1 : i64} : (tensor<1x8x40x40xf32>, tensor<8x8x3x3xf32>) -> tensor<1x8x40x40xf32>
  return %y : tensor<1x8x40x40xf32>
}

// An output that no tap but padding makes is left as it is; so are sizes that are
// not known.
// CHECK-LABEL: func.func @beside
// CHECK: graph.conv {{.*}} pads = array<i64: 0, 5, 0, 5>
func.func @beside(%x: tensor<1x8x1x3xf32>, %w: tensor<8x8x1x3xf32>) -> tensor<1x8x1x11xf32> {
  %y = graph.conv %x, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 5, 0, 5>, group = 1 : i64} : (tensor<1x8x1x3xf32>, tensor<8x8x1x3xf32>) -> tensor<1x8x1x11xf32>
  return %y : tensor<1x8x1x11xf32>
}
// CHECK-LABEL: func.func @dynamic
// CHECK: graph.conv {{.*}} pads = array<i64: 9, 9, 9, 9>
func.func @dynamic(%x: tensor<?x8x3x3xf32>, %w: tensor<8x8x3x3xf32>) -> tensor<?x8x3x3xf32> {
  %y = graph.conv %x, %w {strides = array<i64: 1, 1>, dilations = array<i64: 9, 9>, pads = array<i64: 9, 9, 9, 9>, group = 1 : i64} : (tensor<?x8x3x3xf32>, tensor<8x8x3x3xf32>) -> tensor<?x8x3x3xf32>
  return %y : tensor<?x8x3x3xf32>
}
