// RUN: atrous-opt --atrous-sink-elementwise %s | FileCheck %s

// relu(interleave(a, b) * c) => interleave(relu(a * c), relu(b * c))
// CHECK-LABEL: func.func @sinks
// CHECK-SAME: (%[[A:.*]]: tensor<1x4x3xf32>, %[[B:.*]]: tensor<1x4x2xf32>)
// CHECK: %[[MA:.*]] = graph.mul %[[A]], %[[C:.*]] : {{.*}} -> tensor<1x4x3xf32>
// CHECK: %[[MB:.*]] = graph.mul %[[B]], %[[C]] : {{.*}} -> tensor<1x4x2xf32>
// CHECK: %[[RA:.*]] = graph.relu %[[MA]]
// CHECK: %[[RB:.*]] = graph.relu %[[MB]]
// CHECK: %[[Y:.*]] = graph.interleave %[[RA]], %[[RB]]
// CHECK: return %[[Y]]
func.func @sinks(%a: tensor<1x4x3xf32>, %b: tensor<1x4x2xf32>) -> tensor<1x4x5xf32> {
  %c = graph.constant dense<[[1.0], [2.0], [3.0], [4.0]]> : tensor<4x1xf32> : tensor<4x1xf32>
  %i = graph.interleave %a, %b {strides = array<i64: 2>, spatial = array<i64: 5>} : (tensor<1x4x3xf32>, tensor<1x4x2xf32>) -> tensor<1x4x5xf32>
  %m = graph.mul %i, %c : tensor<1x4x5xf32>, tensor<4x1xf32> -> tensor<1x4x5xf32>
  %y = graph.relu %m : tensor<1x4x5xf32> -> tensor<1x4x5xf32>
  return %y : tensor<1x4x5xf32>
}

// The woven tensor is needed itself.
// CHECK-LABEL: func.func @no_second_use
// CHECK: graph.interleave
// CHECK-NEXT: graph.relu
func.func @no_second_use(%a: tensor<1x4x3xf32>, %b: tensor<1x4x2xf32>) -> (tensor<1x4x5xf32>, tensor<1x4x5xf32>) {
  %i = graph.interleave %a, %b {strides = array<i64: 2>, spatial = array<i64: 5>} : (tensor<1x4x3xf32>, tensor<1x4x2xf32>) -> tensor<1x4x5xf32>
  %y = graph.relu %i : tensor<1x4x5xf32> -> tensor<1x4x5xf32>
  return %i, %y : tensor<1x4x5xf32>, tensor<1x4x5xf32>
}

// Positions differ in the other operand.
// CHECK-LABEL: func.func @no_positions
// CHECK: graph.interleave
// CHECK-NEXT: graph.add
func.func @no_positions(%a: tensor<1x4x3xf32>, %b: tensor<1x4x2xf32>, %s: tensor<1x4x5xf32>) -> tensor<1x4x5xf32> {
  %i = graph.interleave %a, %b {strides = array<i64: 2>, spatial = array<i64: 5>} : (tensor<1x4x3xf32>, tensor<1x4x2xf32>) -> tensor<1x4x5xf32>
  %y = graph.add %i, %s : tensor<1x4x5xf32>, tensor<1x4x5xf32> -> tensor<1x4x5xf32>
  return %y : tensor<1x4x5xf32>
}
