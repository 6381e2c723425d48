// RUN: atrous-opt %s -split-input-file -atrous-fold-constants -verify-diagnostics | FileCheck %s

// Every op, once, on values that it treats in a special way.
// CHECK-LABEL: @integers
func.func @integers() -> (tensor<4xi32>, tensor<4xi32>, tensor<4xi32>, tensor<4xi32>, tensor<2xui8>) {
  %x = graph.constant dense<[-3, 0, 5, -2147483648]> : tensor<4xi32> : tensor<4xi32>
  %u = graph.constant dense<[200, 0]> : tensor<2xi8> : tensor<2xui8>
  // CHECK-DAG: %[[ABS:.*]] = graph.constant dense<[3, 0, 5, -2147483648]>
  %0 = graph.abs %x : tensor<4xi32> -> tensor<4xi32>
  // CHECK-DAG: %[[NEG:.*]] = graph.constant dense<[3, 0, -5, -2147483648]>
  %1 = graph.neg %x : tensor<4xi32> -> tensor<4xi32>
  // CHECK-DAG: %[[RELU:.*]] = graph.constant dense<[0, 0, 5, 0]>
  %2 = graph.relu %x : tensor<4xi32> -> tensor<4xi32>
  // CHECK-DAG: %[[SIGN:.*]] = graph.constant dense<[-1, 0, 1, -1]>
  %3 = graph.sign %x : tensor<4xi32> -> tensor<4xi32>
  // CHECK-DAG: %[[USIGN:.*]] = graph.constant dense<[1, 0]> : tensor<2xi8>
  %4 = graph.sign %u : tensor<2xui8> -> tensor<2xui8>
  // CHECK: return %[[ABS]], %[[NEG]], %[[RELU]], %[[SIGN]], %[[USIGN]]
  return %0, %1, %2, %3, %4 : tensor<4xi32>, tensor<4xi32>, tensor<4xi32>, tensor<4xi32>, tensor<2xui8>
}

// NaN stays NaN; ties go to even.
// CHECK-LABEL: @floats
func.func @floats() -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  %x = graph.constant dense<[-1.5, 2.5, 0.0, 0x7FC00000]> : tensor<4xf32> : tensor<4xf32>
  // CHECK-DAG: %[[RELU:.*]] = graph.constant dense<[0.000000e+00, 2.500000e+00, 0.000000e+00, 0x7FC00000]>
  %0 = graph.relu %x : tensor<4xf32> -> tensor<4xf32>
  // CHECK-DAG: %[[ROUND:.*]] = graph.constant dense<[-2.000000e+00, 2.000000e+00, 0.000000e+00, 0x7FC00000]>
  %1 = graph.round %x : tensor<4xf32> -> tensor<4xf32>
  // CHECK-DAG: %[[CEIL:.*]] = graph.constant dense<[-1.000000e+00, 3.000000e+00, 0.000000e+00, 0x7FC00000]>
  %2 = graph.ceil %x : tensor<4xf32> -> tensor<4xf32>
  // CHECK-DAG: %[[SIGN:.*]] = graph.constant dense<[-1.000000e+00, 1.000000e+00, 0.000000e+00, 0x7FC00000]>
  %3 = graph.sign %x : tensor<4xf32> -> tensor<4xf32>
  // CHECK-DAG: %[[ABS:.*]] = graph.constant dense<[1.500000e+00, 2.500000e+00, 0.000000e+00, 0x7FC00000]>
  %4 = graph.abs %x : tensor<4xf32> -> tensor<4xf32>
  // CHECK: return %[[RELU]], %[[ROUND]], %[[CEIL]], %[[SIGN]], %[[ABS]]
  return %0, %1, %2, %3, %4 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}

// CHECK-LABEL: @functions
func.func @functions() -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) {
  %x = graph.constant dense<[0.0, 4.0]> : tensor<2xf32> : tensor<2xf32>
  // CHECK-DAG: %[[SQRT:.*]] = graph.constant dense<[0.000000e+00, 2.000000e+00]>
  %0 = graph.sqrt %x : tensor<2xf32> -> tensor<2xf32>
  // CHECK-DAG: %[[EXP:.*]] = graph.constant dense<[1.000000e+00, 54.598{{[0-9]*}}]>
  %1 = graph.exp %x : tensor<2xf32> -> tensor<2xf32>
  // CHECK-DAG: %[[LOG:.*]] = graph.constant dense<[0xFF800000, 1.38629{{[0-9]*}}]>
  %2 = graph.log %x : tensor<2xf32> -> tensor<2xf32>
  // CHECK-DAG: %[[SIGMOID:.*]] = graph.constant dense<[5.000000e-01, 0.98201{{[0-9]*}}]>
  %3 = graph.sigmoid %x : tensor<2xf32> -> tensor<2xf32>
  // CHECK-DAG: %[[ERF:.*]] = graph.constant dense<[0.000000e+00, {{1.000000e\+00|0.99999.*}}]>
  %4 = graph.erf %x : tensor<2xf32> -> tensor<2xf32>
  // CHECK: return %[[SQRT]], %[[EXP]], %[[LOG]], %[[SIGMOID]], %[[ERF]]
  return %0, %1, %2, %3, %4 : tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
}

// CHECK-LABEL: @not
func.func @not() -> (tensor<2xi1>, tensor<2xi8>) {
  %x = graph.constant dense<[1, 0]> : tensor<2xi8> : tensor<2xi1>
  %y = graph.constant dense<[1, 0]> : tensor<2xi8> : tensor<2xi8>
  // CHECK-DAG: %[[BOOL:.*]] = graph.constant dense<[0, 1]> : tensor<2xi8> : tensor<2xi1>
  %0 = graph.not %x : tensor<2xi1> -> tensor<2xi1>
  // CHECK-DAG: %[[BITS:.*]] = graph.constant dense<[-2, -1]>
  %1 = graph.not %y : tensor<2xi8> -> tensor<2xi8>
  // CHECK: return %[[BOOL]], %[[BITS]]
  return %0, %1 : tensor<2xi1>, tensor<2xi8>
}

// CHECK-LABEL: @unranked
func.func @unranked(%x: tensor<*xf32>) -> tensor<*xf32> {
  // CHECK: graph.tanh %{{.*}} : tensor<*xf32> -> tensor<*xf32>
  %0 = graph.tanh %x : tensor<*xf32> -> tensor<*xf32>
  return %0 : tensor<*xf32>
}

// -----

func.func @kind(%x: tensor<2xi32>) -> tensor<2xi32> {
  // expected-error @below {{expects floating-point elements, got 'tensor<2xi32>'}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.exp %x : tensor<2xi32> -> tensor<2xi32>
  return %0 : tensor<2xi32>
}

// -----

func.func @number(%x: tensor<2xi1>) -> tensor<2xi1> {
  // expected-error @below {{expects numbers, got 'tensor<2xi1>'}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.relu %x : tensor<2xi1> -> tensor<2xi1>
  return %0 : tensor<2xi1>
}

// -----

func.func @result(%x: tensor<2xf32>) -> tensor<3xf32> {
  // expected-error @below {{incompatible with return type(s)}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.relu %x : tensor<2xf32> -> tensor<3xf32>
  return %0 : tensor<3xf32>
}
