// RUN: atrous-opt %s --split-input-file --verify-diagnostics | FileCheck %s

// CHECK-LABEL: @round_trip
func.func @round_trip(%x: tensor<2x9xf32>, %i: tensor<2x3xi64>, %u: tensor<2x3xf32>, %p: tensor<4x1xi64>, %s: tensor<4x9xf32>) {
  // CHECK: graph.scatter_elements add, {{.*}} -> tensor<2x9xf32>
  %0 = graph.scatter_elements add, %x, %i, %u {axis = 1 : i64} : (tensor<2x9xf32>, tensor<2x3xi64>, tensor<2x3xf32>) -> tensor<2x9xf32>
  // CHECK: graph.scatter_nd none, {{.*}} -> tensor<2x9xf32>
  %1 = graph.scatter_nd none, %x, %p, %s : (tensor<2x9xf32>, tensor<4x1xi64>, tensor<4x9xf32>) -> tensor<2x9xf32>
  return
}

// -----

func.func @shapes(%x: tensor<2x9xf32>, %i: tensor<2x3xi64>, %u: tensor<2x4xf32>) {
  // expected-error @below {{indices 2x3 and updates 2x4 differ in shape}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.scatter_elements add, %x, %i, %u {axis = 1 : i64} : (tensor<2x9xf32>, tensor<2x3xi64>, tensor<2x4xf32>) -> tensor<2x9xf32>
  return
}

// -----

func.func @width(%x: tensor<2x9xf32>, %i: tensor<2x3xi64>, %u: tensor<2xf32>) {
  // expected-error @below {{indices 2x3 do not fit an input 2x9}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.scatter_nd add, %x, %i, %u : (tensor<2x9xf32>, tensor<2x3xi64>, tensor<2xf32>) -> tensor<2x9xf32>
  return
}

// -----

func.func @updates(%x: tensor<2x9xf32>, %i: tensor<2x1xi64>, %u: tensor<2xf32>) {
  // expected-error @below {{updates must have rank 2, got 2}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.scatter_nd add, %x, %i, %u : (tensor<2x9xf32>, tensor<2x1xi64>, tensor<2xf32>) -> tensor<2x9xf32>
  return
}
