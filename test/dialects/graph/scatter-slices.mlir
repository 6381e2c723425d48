// RUN: atrous-opt %s --canonicalize --split-input-file --verify-diagnostics | FileCheck %s

// Indices of size 1 beside the axis stand for slices, however they were written out.
// CHECK-LABEL: @slices
// CHECK-NOT: graph.expand
// CHECK: graph.scatter_elements none, %arg0, %arg1, %arg3 {axis = 0 : i64, by_slices}
func.func @slices(%x: tensor<?x4xf32>, %i: tensor<?x1xi64>, %s: tensor<2xi64>, %u: tensor<?x4xf32>) -> tensor<?x4xf32> {
  %j = graph.expand %i, %s : (tensor<?x1xi64>, tensor<2xi64>) -> tensor<?x?xi64>
  %r = graph.scatter_elements none, %x, %j, %u {axis = 0 : i64} : (tensor<?x4xf32>, tensor<?x?xi64>, tensor<?x4xf32>) -> tensor<?x4xf32>
  return %r : tensor<?x4xf32>
}

// -----

// Not where they differ within a slice,
// CHECK-LABEL: @other_axis
// CHECK: graph.expand
// CHECK-NOT: by_slices
func.func @other_axis(%x: tensor<?x4xf32>, %i: tensor<?x1xi64>, %s: tensor<2xi64>, %u: tensor<?x4xf32>) -> tensor<?x4xf32> {
  %j = graph.expand %i, %s : (tensor<?x1xi64>, tensor<2xi64>) -> tensor<?x?xi64>
  %r = graph.scatter_elements none, %x, %j, %u {axis = 1 : i64} : (tensor<?x4xf32>, tensor<?x?xi64>, tensor<?x4xf32>) -> tensor<?x4xf32>
  return %r : tensor<?x4xf32>
}

// -----

// or a dimension is added.
// CHECK-LABEL: @more_dimensions
// CHECK: graph.expand
// CHECK-NOT: by_slices
func.func @more_dimensions(%x: tensor<?x4xf32>, %i: tensor<1xi64>, %s: tensor<2xi64>, %u: tensor<?x4xf32>) -> tensor<?x4xf32> {
  %j = graph.expand %i, %s : (tensor<1xi64>, tensor<2xi64>) -> tensor<?x?xi64>
  %r = graph.scatter_elements none, %x, %j, %u {axis = 0 : i64} : (tensor<?x4xf32>, tensor<?x?xi64>, tensor<?x4xf32>) -> tensor<?x4xf32>
  return %r : tensor<?x4xf32>
}

// -----

func.func @sizes(%x: tensor<4x4xf32>, %i: tensor<2x2xi64>, %u: tensor<2x4xf32>) {
  // expected-error @below {{indices 2x2 have another size than 1 beside axis 0}}
  // expected-error @below {{failed to infer returned types}}
  %r = graph.scatter_elements none, %x, %i, %u {axis = 0 : i64, by_slices} : (tensor<4x4xf32>, tensor<2x2xi64>, tensor<2x4xf32>) -> tensor<4x4xf32>
  return
}
