// RUN: atrous-opt %s -split-input-file -atrous-fold-constants -verify-diagnostics | FileCheck %s

// CHECK-LABEL: @modes
func.func @modes() -> (tensor<7xi32>, tensor<8xi32>, tensor<7xi32>, tensor<8xi32>, tensor<9xi32>) {
  %x = graph.constant dense<[1, 2, 3]> : tensor<3xi32> : tensor<3xi32>
  %p22 = graph.constant dense<2> : tensor<2xi64> : tensor<2xi64>
  %p23 = graph.constant dense<[2, 3]> : tensor<2xi64> : tensor<2xi64>
  %p33 = graph.constant dense<3> : tensor<2xi64> : tensor<2xi64>
  %v = graph.constant dense<9> : tensor<i32> : tensor<i32>
  // CHECK-DAG: %[[CONSTANT:.*]] = graph.constant dense<[9, 9, 1, 2, 3, 9, 9]>
  %0 = graph.pad %x, %p22 value %v : tensor<i32> {mode = "constant"} : tensor<3xi32>, tensor<2xi64> -> tensor<7xi32>
  // CHECK-DAG: %[[EDGE:.*]] = graph.constant dense<[1, 1, 1, 2, 3, 3, 3, 3]>
  %1 = graph.pad %x, %p23 {mode = "edge"} : tensor<3xi32>, tensor<2xi64> -> tensor<8xi32>
  // CHECK-DAG: %[[REFLECT:.*]] = graph.constant dense<[3, 2, 1, 2, 3, 2, 1]>
  %2 = graph.pad %x, %p22 {mode = "reflect"} : tensor<3xi32>, tensor<2xi64> -> tensor<7xi32>
  // CHECK-DAG: %[[WRAP:.*]] = graph.constant dense<[2, 3, 1, 2, 3, 1, 2, 3]>
  %3 = graph.pad %x, %p23 {mode = "wrap"} : tensor<3xi32>, tensor<2xi64> -> tensor<8xi32>
  // Pads beyond the size reflect again.
  // CHECK-DAG: %[[AGAIN:.*]] = graph.constant dense<[2, 3, 2, 1, 2, 3, 2, 1, 2]>
  %4 = graph.pad %x, %p33 {mode = "reflect"} : tensor<3xi32>, tensor<2xi64> -> tensor<9xi32>
  // CHECK: return %[[CONSTANT]], %[[EDGE]], %[[REFLECT]], %[[WRAP]], %[[AGAIN]]
  return %0, %1, %2, %3, %4 : tensor<7xi32>, tensor<8xi32>, tensor<7xi32>, tensor<8xi32>, tensor<9xi32>
}

// Negative pads crop; `axes` names the dimensions; nothing padded is all value.
// CHECK-LABEL: @crop
func.func @crop() -> (tensor<2x3xi32>, tensor<2xi32>) {
  %x = graph.constant dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xi32> : tensor<2x3xi32>
  %p = graph.constant dense<[-1, 1]> : tensor<2xi64> : tensor<2xi64>
  %a = graph.constant dense<-1> : tensor<1xi64> : tensor<1xi64>
  // CHECK-DAG: %[[CROP:.*]] = graph.constant dense<{{\[}}[2, 3, 0], [5, 6, 0]]>
  %0 = graph.pad %x, %p axes %a : tensor<1xi64> {mode = "constant"} : tensor<2x3xi32>, tensor<2xi64> -> tensor<2x3xi32>
  %e = graph.constant dense<> : tensor<0xi32> : tensor<0xi32>
  %q = graph.constant dense<1> : tensor<2xi64> : tensor<2xi64>
  // CHECK-DAG: %[[ZEROS:.*]] = graph.constant dense<0> : tensor<2xi32>
  %1 = graph.pad %e, %q {mode = "constant"} : tensor<0xi32>, tensor<2xi64> -> tensor<2xi32>
  // CHECK: return %[[CROP]], %[[ZEROS]]
  return %0, %1 : tensor<2x3xi32>, tensor<2xi32>
}

// -----

func.func @mode(%x: tensor<3xi32>, %p: tensor<2xi64>) -> tensor<*xi32> {
  // expected-error @below {{mode must be constant, reflect, edge or wrap, got mirror}}
  %0 = graph.pad %x, %p {mode = "mirror"} : tensor<3xi32>, tensor<2xi64> -> tensor<*xi32>
  return %0 : tensor<*xi32>
}

// -----

func.func @count(%x: tensor<2x3xi32>) -> tensor<*xi32> {
  %p = graph.constant dense<1> : tensor<2xi64> : tensor<2xi64>
  // expected-error @below {{expects 4 pads for 2 dimensions, got 2}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.pad %x, %p {mode = "edge"} : tensor<2x3xi32>, tensor<2xi64> -> tensor<*xi32>
  return %0 : tensor<*xi32>
}

// -----

func.func @too_small(%x: tensor<3xi32>) -> tensor<*xi32> {
  %p = graph.constant dense<-2> : tensor<2xi64> : tensor<2xi64>
  // expected-error @below {{pads -2 and -2 do not fit dimension 0 of size 3}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.pad %x, %p {mode = "edge"} : tensor<3xi32>, tensor<2xi64> -> tensor<*xi32>
  return %0 : tensor<*xi32>
}

// -----

func.func @nothing(%x: tensor<0xi32>) -> tensor<*xi32> {
  %p = graph.constant dense<1> : tensor<2xi64> : tensor<2xi64>
  // expected-error @below {{mode edge has nothing to repeat in dimension 0 of size 0}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.pad %x, %p {mode = "edge"} : tensor<0xi32>, tensor<2xi64> -> tensor<*xi32>
  return %0 : tensor<*xi32>
}

// -----

func.func @value(%x: tensor<3xi32>, %p: tensor<2xi64>, %v: tensor<f32>) -> tensor<*xi32> {
  // expected-error @below {{value must be a scalar of type 'i32', got 'tensor<f32>'}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.pad %x, %p value %v : tensor<f32> {mode = "constant"} : tensor<3xi32>, tensor<2xi64> -> tensor<*xi32>
  return %0 : tensor<*xi32>
}
