// RUN: atrous-opt %s -split-input-file -atrous-fold-constants -verify-diagnostics | FileCheck %s

// [2, 1] + [3] => [2, 3]
// CHECK-LABEL: @broadcast
func.func @broadcast() -> tensor<2x3xf32> {
  %x = graph.constant dense<[[10.0], [20.0]]> : tensor<2x1xf32> : tensor<2x1xf32>
  %y = graph.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32> : tensor<3xf32>
  // CHECK: dense<{{\[}}[1.100000e+01, 1.200000e+01, 1.300000e+01], [2.100000e+01, 2.200000e+01, 2.300000e+01]]>
  %0 = graph.add %x, %y : tensor<2x1xf32>, tensor<3xf32> -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// x / 0 is 0, the lowest integer by -1 wraps.
// CHECK-LABEL: @division
func.func @division() -> (tensor<5xi32>, tensor<5xi32>, tensor<5xi32>, tensor<2xui8>, tensor<2xui8>) {
  %x = graph.constant dense<[7, -7, 7, 5, -2147483648]> : tensor<5xi32> : tensor<5xi32>
  %y = graph.constant dense<[2, 2, -2, 0, -1]> : tensor<5xi32> : tensor<5xi32>
  // CHECK-DAG: %[[DIV:.*]] = graph.constant dense<[3, -3, -3, 0, -2147483648]>
  %0 = graph.div %x, %y : tensor<5xi32>, tensor<5xi32> -> tensor<5xi32>
  // CHECK-DAG: %[[MOD:.*]] = graph.constant dense<[1, 1, -1, 0, 0]>
  %1 = graph.mod %x, %y : tensor<5xi32>, tensor<5xi32> -> tensor<5xi32>
  // CHECK-DAG: %[[FMOD:.*]] = graph.constant dense<[1, -1, 1, 0, 0]>
  %2 = graph.mod %x, %y {fmod} : tensor<5xi32>, tensor<5xi32> -> tensor<5xi32>
  %u = graph.constant dense<[200, 7]> : tensor<2xi8> : tensor<2xui8>
  %v = graph.constant dense<[3, 0]> : tensor<2xi8> : tensor<2xui8>
  // CHECK-DAG: %[[UDIV:.*]] = graph.constant dense<[66, 0]> : tensor<2xi8>
  %3 = graph.div %u, %v : tensor<2xui8>, tensor<2xui8> -> tensor<2xui8>
  // CHECK-DAG: %[[UMOD:.*]] = graph.constant dense<[2, 0]> : tensor<2xi8>
  %4 = graph.mod %u, %v : tensor<2xui8>, tensor<2xui8> -> tensor<2xui8>
  // CHECK: return %[[DIV]], %[[MOD]], %[[FMOD]], %[[UDIV]], %[[UMOD]]
  return %0, %1, %2, %3, %4 : tensor<5xi32>, tensor<5xi32>, tensor<5xi32>, tensor<2xui8>, tensor<2xui8>
}

// NaN wins, on either side; so it does against a scalar constant.
// CHECK-LABEL: @extrema
func.func @extrema() -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<2xui8>) {
  %x = graph.constant dense<[1.0, -2.0, 0x7FC00000, 3.0]> : tensor<4xf32> : tensor<4xf32>
  %y = graph.constant dense<[2.0, -3.0, 1.0, 0x7FC00000]> : tensor<4xf32> : tensor<4xf32>
  %c = graph.constant dense<0.5> : tensor<f32> : tensor<f32>
  // CHECK-DAG: %[[MAX:.*]] = graph.constant dense<[2.000000e+00, -2.000000e+00, 0x7FC00000, 0x7FC00000]>
  %0 = graph.max %x, %y : tensor<4xf32>, tensor<4xf32> -> tensor<4xf32>
  // CHECK-DAG: %[[MIN:.*]] = graph.constant dense<[1.000000e+00, -3.000000e+00, 0x7FC00000, 0x7FC00000]>
  %1 = graph.min %x, %y : tensor<4xf32>, tensor<4xf32> -> tensor<4xf32>
  // CHECK-DAG: %[[CLIP:.*]] = graph.constant dense<[1.000000e+00, 5.000000e-01, 0x7FC00000, 3.000000e+00]>
  %2 = graph.max %x, %c : tensor<4xf32>, tensor<f32> -> tensor<4xf32>
  %u = graph.constant dense<[200, 7]> : tensor<2xi8> : tensor<2xui8>
  %v = graph.constant dense<[100, 9]> : tensor<2xi8> : tensor<2xui8>
  // CHECK-DAG: %[[UMAX:.*]] = graph.constant dense<[-56, 9]> : tensor<2xi8>
  %3 = graph.max %u, %v : tensor<2xui8>, tensor<2xui8> -> tensor<2xui8>
  // CHECK: return %[[MAX]], %[[MIN]], %[[CLIP]], %[[UMAX]]
  return %0, %1, %2, %3 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<2xui8>
}

// Bits that are shifted out are lost; a number of bits that no bit has leaves
// the sign only.
// CHECK-LABEL: @shifts
func.func @shifts() -> (tensor<4xi8>, tensor<4xi8>, tensor<2xui8>) {
  %x = graph.constant dense<[-3, 127, -3, -3]> : tensor<4xi8> : tensor<4xi8>
  %b = graph.constant dense<[1, 2, 8, -1]> : tensor<4xi8> : tensor<4xi8>
  // CHECK-DAG: %[[LEFT:.*]] = graph.constant dense<[-6, -4, 0, 0]> : tensor<4xi8>
  %0 = graph.shift_left %x, %b : tensor<4xi8>, tensor<4xi8> -> tensor<4xi8>
  // CHECK-DAG: %[[RIGHT:.*]] = graph.constant dense<[-2, 31, -1, -1]> : tensor<4xi8>
  %1 = graph.shift_right %x, %b : tensor<4xi8>, tensor<4xi8> -> tensor<4xi8>
  %u = graph.constant dense<[-128, -1]> : tensor<2xi8> : tensor<2xui8>
  %v = graph.constant dense<[7, 8]> : tensor<2xi8> : tensor<2xui8>
  // CHECK-DAG: %[[U:.*]] = graph.constant dense<[1, 0]> : tensor<2xi8>
  %2 = graph.shift_right %u, %v : tensor<2xui8>, tensor<2xui8> -> tensor<2xui8>
  // CHECK: return %[[LEFT]], %[[RIGHT]], %[[U]]
  return %0, %1, %2 : tensor<4xi8>, tensor<4xi8>, tensor<2xui8>
}

// CHECK-LABEL: @logic
func.func @logic() -> (tensor<4xi1>, tensor<4xi1>, tensor<4xi1>) {
  %x = graph.constant dense<[0, 0, 1, 1]> : tensor<4xi8> : tensor<4xi1>
  %y = graph.constant dense<[0, 1, 0, 1]> : tensor<4xi8> : tensor<4xi1>
  // CHECK-DAG: %[[AND:.*]] = graph.constant dense<[0, 0, 0, 1]>
  %0 = graph.and %x, %y : tensor<4xi1>, tensor<4xi1> -> tensor<4xi1>
  // CHECK-DAG: %[[OR:.*]] = graph.constant dense<[0, 1, 1, 1]>
  %1 = graph.or %x, %y : tensor<4xi1>, tensor<4xi1> -> tensor<4xi1>
  // CHECK-DAG: %[[XOR:.*]] = graph.constant dense<[0, 1, 1, 0]>
  %2 = graph.xor %x, %y : tensor<4xi1>, tensor<4xi1> -> tensor<4xi1>
  // CHECK: return %[[AND]], %[[OR]], %[[XOR]]
  return %0, %1, %2 : tensor<4xi1>, tensor<4xi1>, tensor<4xi1>
}

// -----

func.func @shapes(%x: tensor<2x3xf32>, %y: tensor<4xf32>) -> tensor<2x3xf32> {
  // expected-error @below {{shapes 2x3 and 4 do not broadcast}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.add %x, %y : tensor<2x3xf32>, tensor<4xf32> -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// -----

func.func @types(%x: tensor<2xf32>, %y: tensor<2xi32>) -> tensor<2xf32> {
  // expected-error @below {{operands must have the same element type, got 'f32' and 'i32'}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.add %x, %y : tensor<2xf32>, tensor<2xi32> -> tensor<2xf32>
  return %0 : tensor<2xf32>
}

// -----

func.func @bits(%x: tensor<2xf32>) -> tensor<2xf32> {
  // expected-error @below {{expects integers or booleans, got 'tensor<2xf32>'}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.and %x, %x : tensor<2xf32>, tensor<2xf32> -> tensor<2xf32>
  return %0 : tensor<2xf32>
}

// -----

func.func @float_mod(%x: tensor<2xf32>) -> tensor<2xf32> {
  // expected-error @below {{expects fmod = 1 for floating-point elements}}
  %0 = graph.mod %x, %x : tensor<2xf32>, tensor<2xf32> -> tensor<2xf32>
  return %0 : tensor<2xf32>
}
