// RUN: atrous-opt %s --atrous-lower-graph --atrous-fuse-elementwise | FileCheck %s

// Ten times x + x would be one body of 1023 additions: bodies stay small, and
// the network becomes several ops.
// CHECK-LABEL: func.func @main(
// CHECK-COUNT-2: linalg.generic
func.func @main(%x: tensor<4xf32> {graph.name = "x"}) -> (tensor<4xf32> {graph.name = "y"}) {
  %0 = graph.add %x, %x : tensor<4xf32>, tensor<4xf32> -> tensor<4xf32>
  %1 = graph.add %0, %0 : tensor<4xf32>, tensor<4xf32> -> tensor<4xf32>
  %2 = graph.add %1, %1 : tensor<4xf32>, tensor<4xf32> -> tensor<4xf32>
  %3 = graph.add %2, %2 : tensor<4xf32>, tensor<4xf32> -> tensor<4xf32>
  %4 = graph.add %3, %3 : tensor<4xf32>, tensor<4xf32> -> tensor<4xf32>
  %5 = graph.add %4, %4 : tensor<4xf32>, tensor<4xf32> -> tensor<4xf32>
  %6 = graph.add %5, %5 : tensor<4xf32>, tensor<4xf32> -> tensor<4xf32>
  %7 = graph.add %6, %6 : tensor<4xf32>, tensor<4xf32> -> tensor<4xf32>
  %8 = graph.add %7, %7 : tensor<4xf32>, tensor<4xf32> -> tensor<4xf32>
  %9 = graph.add %8, %8 : tensor<4xf32>, tensor<4xf32> -> tensor<4xf32>
  return %9 : tensor<4xf32>
}
