// RUN: atrous-opt %s -split-input-file -atrous-fold-constants -verify-diagnostics | FileCheck %s

// CHECK-LABEL: @values
func.func @values() -> (tensor<3xi64>, tensor<2xf32>, tensor<0xi64>) {
  %5 = graph.constant dense<5> : tensor<i64> : tensor<i64>
  %m1 = graph.constant dense<-1> : tensor<i64> : tensor<i64>
  %m2 = graph.constant dense<-2> : tensor<i64> : tensor<i64>
  // CHECK-DAG: %[[DOWN:.*]] = graph.constant dense<[5, 3, 1]>
  %0 = graph.range %5, %m1, %m2 : (tensor<i64>, tensor<i64>, tensor<i64>) -> tensor<3xi64>
  %a = graph.constant dense<0.5> : tensor<f32> : tensor<f32>
  %b = graph.constant dense<2.0> : tensor<f32> : tensor<f32>
  %c = graph.constant dense<1.0> : tensor<f32> : tensor<f32>
  // CHECK-DAG: %[[UP:.*]] = graph.constant dense<[5.000000e-01, 1.500000e+00]>
  %1 = graph.range %a, %b, %c : (tensor<f32>, tensor<f32>, tensor<f32>) -> tensor<2xf32>
  // CHECK-DAG: %[[NONE:.*]] = graph.constant dense<> : tensor<0xi64>
  %2 = graph.range %m1, %5, %m1 : (tensor<i64>, tensor<i64>, tensor<i64>) -> tensor<0xi64>
  // CHECK: return %[[DOWN]], %[[UP]], %[[NONE]]
  return %0, %1, %2 : tensor<3xi64>, tensor<2xf32>, tensor<0xi64>
}

// -----

func.func @delta(%x: tensor<i64>) -> tensor<*xi64> {
  %0 = graph.constant dense<0> : tensor<i64> : tensor<i64>
  // expected-error @below {{has a delta of 0}}
  // expected-error @below {{failed to infer returned types}}
  %1 = graph.range %0, %0, %0 : (tensor<i64>, tensor<i64>, tensor<i64>) -> tensor<*xi64>
  return %1 : tensor<*xi64>
}

// -----

func.func @length() -> tensor<*xf32> {
  %0 = graph.constant dense<0.0> : tensor<f32> : tensor<f32>
  %inf = graph.constant dense<0x7F800000> : tensor<f32> : tensor<f32>
  %1 = graph.constant dense<1.0> : tensor<f32> : tensor<f32>
  // expected-error @below {{has no usable length}}
  // expected-error @below {{failed to infer returned types}}
  %2 = graph.range %0, %inf, %1 : (tensor<f32>, tensor<f32>, tensor<f32>) -> tensor<*xf32>
  return %2 : tensor<*xf32>
}

// -----

func.func @vector(%x: tensor<2xi64>) -> tensor<*xi64> {
  // expected-error @below {{start, limit and delta must be scalars, got 'tensor<2xi64>'}}
  // expected-error @below {{failed to infer returned types}}
  %1 = graph.range %x, %x, %x : (tensor<2xi64>, tensor<2xi64>, tensor<2xi64>) -> tensor<*xi64>
  return %1 : tensor<*xi64>
}
