// RUN: atrous-opt %s --split-input-file --verify-diagnostics | FileCheck %s

// CHECK-LABEL: @round_trip
func.func @round_trip(%x: tensor<2x9xf32>, %n: tensor<1xi64>) -> (tensor<2x3xf32>, tensor<2x3xi64>, tensor<?x9xf32>) {
  %k = graph.constant dense<3> : tensor<1xi64> : tensor<1xi64>
  // CHECK: graph.top_k %{{.*}}, %{{.*}} {axis = -1 : i64} : (tensor<2x9xf32>, tensor<1xi64>) -> (tensor<2x3xf32>, tensor<2x3xi64>)
  %0:2 = graph.top_k %x, %k {axis = -1 : i64} : (tensor<2x9xf32>, tensor<1xi64>) -> (tensor<2x3xf32>, tensor<2x3xi64>)
  // CHECK: graph.top_k %{{.*}}, %{{.*}} {axis = 0 : i64, smallest}
  %1:2 = graph.top_k %x, %n {axis = 0 : i64, smallest} : (tensor<2x9xf32>, tensor<1xi64>) -> (tensor<?x9xf32>, tensor<?x9xi64>)
  return %0#0, %0#1, %1#0 : tensor<2x3xf32>, tensor<2x3xi64>, tensor<?x9xf32>
}

// -----

func.func @too_many(%x: tensor<2x9xf32>) {
  %k = graph.constant dense<10> : tensor<1xi64> : tensor<1xi64>
  // expected-error @below {{k is 10, but dimension 1 has size 9}}
  // expected-error @below {{failed to infer returned types}}
  %0:2 = graph.top_k %x, %k {axis = 1 : i64} : (tensor<2x9xf32>, tensor<1xi64>) -> (tensor<2x10xf32>, tensor<2x10xi64>)
  return
}

// -----

func.func @axis(%x: tensor<2x9xf32>, %k: tensor<1xi64>) {
  // expected-error @below {{axis 2 is out of range for rank 2}}
  // expected-error @below {{failed to infer returned types}}
  %0:2 = graph.top_k %x, %k {axis = 2 : i64} : (tensor<2x9xf32>, tensor<1xi64>) -> (tensor<2x?xf32>, tensor<2x?xi64>)
  return
}

// -----

func.func @many_counts(%x: tensor<2x9xf32>, %k: tensor<2xi64>) {
  // expected-error @below {{k must have one element, got 2}}
  // expected-error @below {{failed to infer returned types}}
  %0:2 = graph.top_k %x, %k {axis = 1 : i64} : (tensor<2x9xf32>, tensor<2xi64>) -> (tensor<2x?xf32>, tensor<2x?xi64>)
  return
}

// -----

func.func @count_type(%x: tensor<2x9xf32>, %k: tensor<1xf32>) {
  // expected-error @below {{k must be i32 or i64, got 'f32'}}
  // expected-error @below {{failed to infer returned types}}
  %0:2 = graph.top_k %x, %k {axis = 1 : i64} : (tensor<2x9xf32>, tensor<1xf32>) -> (tensor<2x?xf32>, tensor<2x?xi64>)
  return
}
