// RUN: atrous-opt %s -split-input-file -atrous-fold-constants -verify-diagnostics | FileCheck %s

// NaN compares false.
// CHECK-LABEL: @floats
func.func @floats() -> (tensor<4xi1>, tensor<4xi1>, tensor<4xi1>) {
  %x = graph.constant dense<[1.0, 2.0, 3.0, 0x7FC00000]> : tensor<4xf32> : tensor<4xf32>
  %y = graph.constant dense<[2.0, 2.0, 2.0, 0x7FC00000]> : tensor<4xf32> : tensor<4xf32>
  // CHECK-DAG: %[[EQ:.*]] = graph.constant dense<[0, 1, 0, 0]> : tensor<4xi8> : tensor<4xi1>
  %0 = graph.compare eq, %x, %y : tensor<4xf32>, tensor<4xf32> -> tensor<4xi1>
  // CHECK-DAG: %[[LT:.*]] = graph.constant dense<[1, 0, 0, 0]>
  %1 = graph.compare lt, %x, %y : tensor<4xf32>, tensor<4xf32> -> tensor<4xi1>
  // CHECK-DAG: %[[GE:.*]] = graph.constant dense<[0, 1, 1, 0]>
  %2 = graph.compare ge, %x, %y : tensor<4xf32>, tensor<4xf32> -> tensor<4xi1>
  // CHECK: return %[[EQ]], %[[LT]], %[[GE]]
  return %0, %1, %2 : tensor<4xi1>, tensor<4xi1>, tensor<4xi1>
}

// 255 is above 1 without a sign, and below it with one.
// CHECK-LABEL: @signs
func.func @signs() -> (tensor<2xi1>, tensor<2xi1>) {
  %x = graph.constant dense<[255, 0]> : tensor<2xi8> : tensor<2xui8>
  %y = graph.constant dense<1> : tensor<2xi8> : tensor<2xui8>
  %a = graph.constant dense<[255, 0]> : tensor<2xi8> : tensor<2xi8>
  %b = graph.constant dense<1> : tensor<2xi8> : tensor<2xi8>
  // CHECK-DAG: %[[UNSIGNED:.*]] = graph.constant dense<[1, 0]> : tensor<2xi8> : tensor<2xi1>
  %0 = graph.compare gt, %x, %y : tensor<2xui8>, tensor<2xui8> -> tensor<2xi1>
  // CHECK-DAG: %[[SIGNED:.*]] = graph.constant dense<0> : tensor<2xi8> : tensor<2xi1>
  %1 = graph.compare gt, %a, %b : tensor<2xi8>, tensor<2xi8> -> tensor<2xi1>
  // CHECK: return %[[UNSIGNED]], %[[SIGNED]]
  return %0, %1 : tensor<2xi1>, tensor<2xi1>
}

// -----

func.func @result(%x: tensor<2xf32>) -> tensor<2xf32> {
  // expected-error @below {{incompatible with return type(s)}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.compare lt, %x, %x : tensor<2xf32>, tensor<2xf32> -> tensor<2xf32>
  return %0 : tensor<2xf32>
}
