// RUN: atrous-opt %s -split-input-file -canonicalize -verify-diagnostics | FileCheck %s
// RUN: atrous-opt %s -split-input-file -atrous-fold-constants -verify-diagnostics | FileCheck %s --check-prefix=FOLD

// pow(x, 2) => x * x
// CHECK-LABEL: @square
// CHECK-SAME: (%[[X:.*]]: tensor<2xf32>)
// FOLD-LABEL: @square
func.func @square(%x: tensor<2xf32>) -> tensor<2xf32> {
  %y = graph.constant dense<2.0> : tensor<f32> : tensor<f32>
  // CHECK: graph.mul %[[X]], %[[X]]
  %0 = graph.pow %x, %y : tensor<2xf32>, tensor<f32> -> tensor<2xf32>
  return %0 : tensor<2xf32>
}

// pow(x, 0.5) => sqrt(x)
// CHECK-LABEL: @root
func.func @root(%x: tensor<2xf32>) -> tensor<2xf32> {
  %y = graph.constant dense<0.5> : tensor<2xf32> : tensor<2xf32>
  // CHECK: graph.sqrt
  %0 = graph.pow %x, %y : tensor<2xf32>, tensor<2xf32> -> tensor<2xf32>
  return %0 : tensor<2xf32>
}

// pow(x, -1) => 1 / x
// CHECK-LABEL: @reciprocal
func.func @reciprocal(%x: tensor<2xf32>) -> tensor<2xf32> {
  %y = graph.constant dense<-1.0> : tensor<f32> : tensor<f32>
  // CHECK: %[[ONE:.*]] = graph.constant dense<1.000000e+00> : tensor<f32>
  // CHECK: graph.div %[[ONE]], %{{.*}}
  %0 = graph.pow %x, %y : tensor<2xf32>, tensor<f32> -> tensor<2xf32>
  return %0 : tensor<2xf32>
}

// pow(x, 3) => x * x * x, pow(x, 1) => x, for integers, too
// CHECK-LABEL: @cube
// CHECK-SAME: (%[[X:.*]]: tensor<2xi32>)
func.func @cube(%x: tensor<2xi32>) -> tensor<2xi32> {
  %y = graph.constant dense<3> : tensor<i64> : tensor<i64>
  %z = graph.constant dense<1> : tensor<i64> : tensor<i64>
  // CHECK: %[[SQUARE:.*]] = graph.mul %[[X]], %[[X]]
  // CHECK: %[[CUBE:.*]] = graph.mul %[[SQUARE]], %[[X]]
  %0 = graph.pow %x, %y : tensor<2xi32>, tensor<i64> -> tensor<2xi32>
  // CHECK: return %[[CUBE]]
  %1 = graph.pow %0, %z : tensor<2xi32>, tensor<i64> -> tensor<2xi32>
  return %1 : tensor<2xi32>
}

// The exponent's shape makes the result larger.
// CHECK-LABEL: @no_square
func.func @no_square(%x: tensor<1xf32>) -> tensor<2xf32> {
  %y = graph.constant dense<2.0> : tensor<2xf32> : tensor<2xf32>
  // CHECK: graph.pow
  %0 = graph.pow %x, %y : tensor<1xf32>, tensor<2xf32> -> tensor<2xf32>
  return %0 : tensor<2xf32>
}

// FOLD-LABEL: @values
func.func @values() -> (tensor<4xi32>, tensor<3xf32>) {
  %x = graph.constant dense<[2, -1, 3, -2]> : tensor<4xi32> : tensor<4xi32>
  %y = graph.constant dense<[10, -3, -2, 3]> : tensor<4xi32> : tensor<4xi32>
  // FOLD-DAG: %[[INTS:.*]] = graph.constant dense<[1024, -1, 0, -8]>
  %0 = graph.pow %x, %y : tensor<4xi32>, tensor<4xi32> -> tensor<4xi32>
  %a = graph.constant dense<[2.0, -2.0, 4.0]> : tensor<3xf32> : tensor<3xf32>
  %b = graph.constant dense<[10, 3, -1]> : tensor<3xi64> : tensor<3xi64>
  // FOLD-DAG: %[[FLOATS:.*]] = graph.constant dense<[1.024000e+03, -8.000000e+00, 2.500000e-01]>
  %1 = graph.pow %a, %b : tensor<3xf32>, tensor<3xi64> -> tensor<3xf32>
  // FOLD: return %[[INTS]], %[[FLOATS]]
  return %0, %1 : tensor<4xi32>, tensor<3xf32>
}

// -----

func.func @booleans(%x: tensor<2xi1>) -> tensor<2xi1> {
  // expected-error @below {{expects numbers, got 'tensor<2xi1>'}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.pow %x, %x : tensor<2xi1>, tensor<2xi1> -> tensor<2xi1>
  return %0 : tensor<2xi1>
}
