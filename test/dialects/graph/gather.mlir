// RUN: atrous-opt %s -split-input-file -atrous-fold-constants -verify-diagnostics | FileCheck %s

// CHECK-LABEL: @values
func.func @values() -> (tensor<2x2x2xi32>, tensor<2xi32>) {
  %x = graph.constant dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xi32> : tensor<2x3xi32>
  %i = graph.constant dense<[[0, -1], [2, 1]]> : tensor<2x2xi64> : tensor<2x2xi64>
  %j = graph.constant dense<-2> : tensor<i32> : tensor<i32>
  // CHECK-DAG: %[[MANY:.*]] = graph.constant dense<{{\[\[}}[1, 3], [3, 2]], {{\[}}[4, 6], [6, 5]]]>
  %0 = graph.gather %x, %i {axis = 1 : i64} : (tensor<2x3xi32>, tensor<2x2xi64>) -> tensor<2x2x2xi32>
  // CHECK-DAG: %[[ONE:.*]] = graph.constant dense<[2, 5]>
  %1 = graph.gather %x, %j {axis = -1 : i64} : (tensor<2x3xi32>, tensor<i32>) -> tensor<2xi32>
  // CHECK: return %[[MANY]], %[[ONE]]
  return %0, %1 : tensor<2x2x2xi32>, tensor<2xi32>
}

// -----

func.func @range(%x: tensor<3xi32>) -> tensor<*xi32> {
  %i = graph.constant dense<[0, 3]> : tensor<2xi64> : tensor<2xi64>
  // expected-error @below {{index 3 is out of range for a dimension of size 3}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.gather %x, %i {axis = 0 : i64} : (tensor<3xi32>, tensor<2xi64>) -> tensor<*xi32>
  return %0 : tensor<*xi32>
}

// -----

func.func @empty(%x: tensor<0xi32>, %i: tensor<2xi64>) -> tensor<*xi32> {
  // expected-error @below {{gathers from a dimension of size 0}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.gather %x, %i {axis = 0 : i64} : (tensor<0xi32>, tensor<2xi64>) -> tensor<*xi32>
  return %0 : tensor<*xi32>
}

// -----

func.func @index_type(%x: tensor<3xi32>, %i: tensor<2xf32>) -> tensor<*xi32> {
  // expected-error @below {{indices must be integers, got 'f32'}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.gather %x, %i {axis = 0 : i64} : (tensor<3xi32>, tensor<2xf32>) -> tensor<*xi32>
  return %0 : tensor<*xi32>
}
