// RUN: atrous-opt %s -atrous-lower-graph -split-input-file -verify-diagnostics -mlir-print-debuginfo | FileCheck %s

// relu(x) on unsigned bytes: types become physical, the interface keeps names.
// CHECK: #[[$LOC:.*]] = loc("node")
// CHECK-LABEL: func.func @relu(
// CHECK-SAME: %[[X:[^ :]*]]: tensor<4xi8> {graph.element_type = ui8, graph.name = "x"}
// CHECK-SAME: -> (tensor<4xi8> {graph.element_type = ui8, graph.name = "y"})
// CHECK: %[[Y:.*]] = linalg.generic {{.*}} ins(%[[X]] : tensor<4xi8>) {{.*}} attrs = {kernel.part = "relu"}
// CHECK: } -> tensor<4xi8> loc(#[[$LOC]])
// CHECK: return %[[Y]] : tensor<4xi8>
func.func @relu(%x: tensor<4xui8> {graph.name = "x"}) -> (tensor<4xui8> {graph.name = "y"}) {
  %y = graph.relu %x : tensor<4xui8> -> tensor<4xui8> loc("node")
  return %y : tensor<4xui8>
}

// -----

// A blocked tensor has its physical shape; constants keep their attribute.
#blocked = #graph.tensor<inner_dims = [1], inner_tiles = [4]>
// CHECK-LABEL: func.func @blocked(
// CHECK-SAME: %[[X:[^ :]*]]: tensor<1x2x3x4xf32>{{.*}} -> tensor<1x2x3x4xf32>
// CHECK: %[[K:.*]] = arith.constant dense<2.000000e+00> : tensor<1x2x3x4xf32>
// CHECK: linalg.generic {{.*}} ins(%[[X]], %[[K]] :
func.func @blocked(%x: tensor<1x8x3xf32, #blocked>) -> tensor<1x8x3xf32, #blocked> {
  %k = graph.constant dense<2.0> : tensor<1x2x3x4xf32> : tensor<1x8x3xf32, #blocked>
  %y = graph.mul %x, %k : tensor<1x8x3xf32, #blocked>, tensor<1x8x3xf32, #blocked> -> tensor<1x8x3xf32, #blocked>
  return %y : tensor<1x8x3xf32, #blocked>
}

// -----

// The parts of a convolution have names of their own.
// CHECK-LABEL: func.func @conv(
// CHECK: linalg.generic {{.*}} attrs = {kernel.part = "conv"}
// CHECK: linalg.generic {{.*}} attrs = {kernel.part = "bias"}
func.func @conv(%x: tensor<1x3x4x4xf32>, %w: tensor<2x3x3x3xf32>, %b: tensor<2xf32>) -> tensor<1x2x2x2xf32> {
  %y = "graph.conv"(%x, %w, %b) {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64}
    : (tensor<1x3x4x4xf32>, tensor<2x3x3x3xf32>, tensor<2xf32>) -> tensor<1x2x2x2xf32>
  return %y : tensor<1x2x2x2xf32>
}

// -----

// 2x2 pooled from 4x4, put into 5x5: the runtime writes where the data say.
// CHECK-LABEL: func.func @unpool(
// CHECK-SAME: %[[X:[^ :]*]]: tensor<1x1x2x2xf32>{{.*}}, %[[I:[^ :]*]]: tensor<1x1x2x2xi64>
// CHECK: %[[S:.*]] = arith.constant dense<[1, 1, 5, 5]>
// CHECK: %[[E:.*]] = tensor.empty() : tensor<1x1x5x5xf32>
// CHECK: kernel.extern "atrous_max_unpool" ins(%[[X]], %[[I]], %[[S]] : {{.*}}) outs(%[[E]] : {{.*}}) arguments [1, 2, 2, 2, 2, 0, 0, 0, 0] {dtypes = array<i32: 1, 7, 7, 1>} -> tensor<1x1x5x5xf32>
func.func @unpool(%x: tensor<1x1x2x2xf32>, %i: tensor<1x1x2x2xi64>) -> tensor<1x1x5x5xf32> {
  %s = graph.constant dense<[1, 1, 5, 5]> : tensor<4xi64> : tensor<4xi64>
  %y = "graph.max_unpool"(%x, %i, %s) {kernel_shape = array<i64: 2, 2>, strides = array<i64: 2, 2>, pads = array<i64: 0, 0, 0, 0>}
    : (tensor<1x1x2x2xf32>, tensor<1x1x2x2xi64>, tensor<4xi64>) -> tensor<1x1x5x5xf32>
  return %y : tensor<1x1x5x5xf32>
}

// -----

// Results of unknown sizes have no destination; types keep their sign.
// CHECK-LABEL: func.func @non_zero(
// CHECK: %[[Y:.*]] = kernel.extern "atrous_non_zero" ins(%{{.*}} : tensor<3x4xi8>) arguments [] {dtypes = array<i32: 2, 7>} -> tensor<2x?xi64>
// CHECK: return %[[Y]]
func.func @non_zero(%x: tensor<3x4xui8>) -> tensor<2x?xi64> {
  %y = graph.non_zero %x : (tensor<3x4xui8>) -> tensor<2x?xi64>
  return %y : tensor<2x?xi64>
}

// -----

// Constant indices are compiled, others are checked by the runtime.
// CHECK-LABEL: func.func @gather(
// CHECK: linalg.generic
// CHECK: kernel.extern "atrous_gather" {{.*}} outs({{.*}}) arguments [1]
// CHECK-NOT: kernel.extern
func.func @gather(%x: tensor<3x4xf32>, %i: tensor<2xi64>) -> (tensor<3x2xf32>, tensor<3x2xf32>) {
  %k = graph.constant dense<[3, 0]> : tensor<2xi64> : tensor<2xi64>
  %0 = graph.gather %x, %k {axis = 1 : i64} : (tensor<3x4xf32>, tensor<2xi64>) -> tensor<3x2xf32>
  %1 = graph.gather %x, %i {axis = 1 : i64} : (tensor<3x4xf32>, tensor<2xi64>) -> tensor<3x2xf32>
  return %0, %1 : tensor<3x2xf32>, tensor<3x2xf32>
}

// -----

// A reshape moves nothing: the runtime computes the shape, and checks the sizes
// that are known.
// CHECK-LABEL: func.func @reshape(
// CHECK-SAME: %[[X:[^ :]*]]: tensor<2x6xi8>{{.*}}, %[[S:[^ :]*]]: tensor<2xi64>
// CHECK: %[[E:.*]] = tensor.empty() : tensor<2xi64>
// CHECK: %[[T:.*]] = kernel.extern "atrous_reshape_shape" ins(%[[X]], %[[S]] : {{.*}}) outs(%[[E]] : {{.*}}) arguments [0, 4, -1] {dtypes = array<i32: 9, 7, 7>}
// CHECK: tensor.reshape %[[X]](%[[T]]) : (tensor<2x6xi8>, tensor<2xi64>) -> tensor<4x?xi8>
func.func @reshape(%x: tensor<2x6xi1>, %s: tensor<2xi64>) -> tensor<4x?xi1> {
  %y = graph.reshape %x, %s : tensor<2x6xi1>, tensor<2xi64> -> tensor<4x?xi1>
  return %y : tensor<4x?xi1>
}

// -----

func.func @no_unknown_rank(%x: tensor<4xf32>, %s: tensor<?xi64>) {
  // expected-error@+1 {{has a result of unknown rank}}
  %y = graph.reshape %x, %s : tensor<4xf32>, tensor<?xi64> -> tensor<*xf32>
  return
}

// -----

// expected-error@+1 {{has a value of unknown rank}}
func.func @no_rank(%x: tensor<*xf32>) {
  return
}

// -----

// Sizes come from whatever has their names.
// CHECK-LABEL: func.func @sizes
// CHECK-SAME: %[[X:.*]]: tensor<1x?x4xf32> {graph.symbols = ["", "H", ""]}
// CHECK: %[[ONE:.*]] = arith.constant 1 : index
// CHECK: %[[H:.*]] = tensor.dim %[[X]], %[[ONE]]
// CHECK: %[[E:.*]] = tensor.empty(%[[H]]) : tensor<1x4x?xf32>
// CHECK: linalg.generic {{.*}} outs(%[[E]]
func.func @sizes(%x: tensor<1x?x4xf32, #graph.tensor<symbols = ["", "H", ""]>>) -> tensor<1x4x?xf32, #graph.tensor<symbols = ["", "", "H"]>> {
  %y = graph.transpose %x {perm = array<i64: 0, 2, 1>} : tensor<1x?x4xf32, #graph.tensor<symbols = ["", "H", ""]>> -> tensor<1x4x?xf32, #graph.tensor<symbols = ["", "", "H"]>>
  return %y : tensor<1x4x?xf32, #graph.tensor<symbols = ["", "", "H"]>>
}

// -----

func.func @no_such_size(%x: tensor<4xf32>) -> tensor<1xi64> {
  // expected-error@+1 {{needs the size 'Q', which nothing before it has}}
  %y = graph.size_vector ["Q"] -> tensor<1xi64>
  return %y : tensor<1xi64>
}

// -----

// expected-error@+1 {{control flow between blocks is not lowered}}
func.func @no_blocks(%x: tensor<4xf32>) {
  cf.br ^next
^next:
  return
}
