// RUN: atrous-opt %s --split-input-file --verify-diagnostics | FileCheck %s

// CHECK-LABEL: @round_trip
func.func @round_trip(%x: tensor<2x9xf32>, %i: tensor<2x?xi64>, %p: tensor<3x1xi32>, %n: tensor<2xi64>, %d: tensor<i64>, %v: tensor<2xf32>) {
  // CHECK: graph.gather_elements {{.*}} -> tensor<2x?xf32>
  %0 = graph.gather_elements %x, %i {axis = 1 : i64} : (tensor<2x9xf32>, tensor<2x?xi64>) -> tensor<2x?xf32>
  // CHECK: graph.gather_nd {{.*}} -> tensor<3x9xf32>
  %1 = graph.gather_nd %x, %p {batch_dims = 0 : i64} : (tensor<2x9xf32>, tensor<3x1xi32>) -> tensor<3x9xf32>
  // CHECK: graph.reverse_sequence
  %2 = graph.reverse_sequence %x, %n {batch_axis = 0 : i64, time_axis = 1 : i64} : (tensor<2x9xf32>, tensor<2xi64>) -> tensor<2x9xf32>
  // CHECK: graph.one_hot {{.*}} -> tensor<?x2xf32>
  %3 = graph.one_hot %n, %d, %v {axis = 0 : i64} : (tensor<2xi64>, tensor<i64>, tensor<2xf32>) -> tensor<?x2xf32>
  return
}

// -----

func.func @elements_rank(%x: tensor<2x9xf32>, %i: tensor<2xi64>) {
  // expected-error @below {{indices must have rank 2, got 2}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.gather_elements %x, %i {axis = 1 : i64} : (tensor<2x9xf32>, tensor<2xi64>) -> tensor<2xf32>
  return
}

// -----

func.func @nd_width(%x: tensor<2x9xf32>, %i: tensor<2x3xi64>) {
  // expected-error @below {{indices 2x3 with 0 batch dimensions do not fit an input 2x9}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.gather_nd %x, %i {batch_dims = 0 : i64} : (tensor<2x9xf32>, tensor<2x3xi64>) -> tensor<2xf32>
  return
}

// -----

func.func @nd_scalar(%x: tensor<2x9xf32>, %i: tensor<i64>) {
  // expected-error @below {{indices must have a dimension}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.gather_nd %x, %i {batch_dims = 0 : i64} : (tensor<2x9xf32>, tensor<i64>) -> tensor<2xf32>
  return
}

// -----

func.func @nd_batches(%x: tensor<2x9xf32>, %i: tensor<3x1xi64>) {
  // expected-error @below {{batch dimension 0 has size 2 in the input and 3 in the indices}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.gather_nd %x, %i {batch_dims = 1 : i64} : (tensor<2x9xf32>, tensor<3x1xi64>) -> tensor<3xf32>
  return
}

// -----

func.func @lengths(%x: tensor<2x9xf32>, %n: tensor<3xi64>) {
  // expected-error @below {{sequence_lens has 3 values, but dimension 0 has size 2}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.reverse_sequence %x, %n {batch_axis = 0 : i64, time_axis = 1 : i64} : (tensor<2x9xf32>, tensor<3xi64>) -> tensor<2x9xf32>
  return
}

// -----

func.func @depth(%i: tensor<2xi64>, %v: tensor<2xf32>) {
  %d = graph.constant dense<-1> : tensor<i64> : tensor<i64>
  // expected-error @below {{depth is -1}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.one_hot %i, %d, %v {axis = 0 : i64} : (tensor<2xi64>, tensor<i64>, tensor<2xf32>) -> tensor<?x2xf32>
  return
}

// -----

func.func @values(%i: tensor<2xi64>, %d: tensor<i64>, %v: tensor<3xf32>) {
  // expected-error @below {{expects two values, got 3}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.one_hot %i, %d, %v {axis = 0 : i64} : (tensor<2xi64>, tensor<i64>, tensor<3xf32>) -> tensor<?x2xf32>
  return
}
