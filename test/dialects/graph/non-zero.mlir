// RUN: atrous-opt %s --split-input-file --verify-diagnostics | FileCheck %s

// CHECK-LABEL: @round_trip
func.func @round_trip(%x: tensor<2x9xf32>, %c: tensor<4xi1>) -> (tensor<2x?xi64>, tensor<?xf32>, tensor<2x?xf32>) {
  // CHECK: graph.non_zero
  %0 = graph.non_zero %x : (tensor<2x9xf32>) -> tensor<2x?xi64>
  // CHECK: graph.compress %{{.*}}, %{{.*}} : (tensor<2x9xf32>, tensor<4xi1>) -> tensor<?xf32>
  %1 = graph.compress %x, %c : (tensor<2x9xf32>, tensor<4xi1>) -> tensor<?xf32>
  // CHECK: graph.compress %{{.*}}, %{{.*}} {axis = 1 : i64}
  %2 = graph.compress %x, %c {axis = 1 : i64} : (tensor<2x9xf32>, tensor<4xi1>) -> tensor<2x?xf32>
  return %0, %1, %2 : tensor<2x?xi64>, tensor<?xf32>, tensor<2x?xf32>
}

// -----

func.func @condition_type(%x: tensor<2x9xf32>, %c: tensor<4xi8>) {
  // expected-error @below {{condition must be boolean, got 'i8'}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.compress %x, %c : (tensor<2x9xf32>, tensor<4xi8>) -> tensor<?xf32>
  return
}

// -----

func.func @condition_rank(%x: tensor<2x9xf32>, %c: tensor<2x2xi1>) {
  // expected-error @below {{condition must have rank 1, got 2x2}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.compress %x, %c : (tensor<2x9xf32>, tensor<2x2xi1>) -> tensor<?xf32>
  return
}
