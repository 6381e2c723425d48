// RUN: atrous-opt %s -split-input-file -canonicalize -verify-diagnostics | FileCheck %s
// RUN: atrous-opt %s -split-input-file -atrous-fold-constants -verify-diagnostics | FileCheck %s --check-prefix=FOLD

// cast(x to its own type) => x
// CHECK-LABEL: @same
// CHECK-SAME: (%[[X:.*]]: tensor<2xf32>)
func.func @same(%x: tensor<2xf32>) -> tensor<2xf32> {
  // CHECK: return %[[X]]
  %0 = graph.cast %x to f32 : tensor<2xf32> -> tensor<2xf32>
  return %0 : tensor<2xf32>
}

// Out of range saturates, NaN is 0.
// FOLD-LABEL: @saturate
func.func @saturate() -> (tensor<6xi8>, tensor<6xui8>, tensor<6xi64>) {
  %x = graph.constant dense<[-1.0e20, -129.0, -1.5, 127.9, 3.0e20, 0x7FC00000]> : tensor<6xf32> : tensor<6xf32>
  // FOLD-DAG: %[[I8:.*]] = graph.constant dense<[-128, -128, -1, 127, 127, 0]>
  %0 = graph.cast %x to i8 : tensor<6xf32> -> tensor<6xi8>
  // FOLD-DAG: %[[UI8:.*]] = graph.constant dense<[0, 0, 0, 127, -1, 0]> : tensor<6xi8> : tensor<6xui8>
  %1 = graph.cast %x to ui8 : tensor<6xf32> -> tensor<6xui8>
  // FOLD-DAG: %[[I64:.*]] = graph.constant dense<[-9223372036854775808, -129, -1, 127, 9223372036854775807, 0]>
  %2 = graph.cast %x to i64 : tensor<6xf32> -> tensor<6xi64>
  // FOLD: return %[[I8]], %[[UI8]], %[[I64]]
  return %0, %1, %2 : tensor<6xi8>, tensor<6xui8>, tensor<6xi64>
}

// FOLD-LABEL: @integers
func.func @integers() -> (tensor<2xi32>, tensor<2xi32>, tensor<2xi8>, tensor<2xf32>) {
  %u = graph.constant dense<[200, 7]> : tensor<2xi8> : tensor<2xui8>
  %i = graph.constant dense<[200, 7]> : tensor<2xi8> : tensor<2xi8>
  %w = graph.constant dense<[300, -1]> : tensor<2xi32> : tensor<2xi32>
  // FOLD-DAG: %[[UNSIGNED:.*]] = graph.constant dense<[200, 7]> : tensor<2xi32>
  %0 = graph.cast %u to i32 : tensor<2xui8> -> tensor<2xi32>
  // FOLD-DAG: %[[SIGNED:.*]] = graph.constant dense<[-56, 7]> : tensor<2xi32>
  %1 = graph.cast %i to i32 : tensor<2xi8> -> tensor<2xi32>
  // FOLD-DAG: %[[NARROW:.*]] = graph.constant dense<[44, -1]> : tensor<2xi8>
  %2 = graph.cast %w to i8 : tensor<2xi32> -> tensor<2xi8>
  // FOLD-DAG: %[[FLOAT:.*]] = graph.constant dense<[2.000000e+02, 7.000000e+00]>
  %3 = graph.cast %u to f32 : tensor<2xui8> -> tensor<2xf32>
  // FOLD: return %[[UNSIGNED]], %[[SIGNED]], %[[NARROW]], %[[FLOAT]]
  return %0, %1, %2, %3 : tensor<2xi32>, tensor<2xi32>, tensor<2xi8>, tensor<2xf32>
}

// FOLD-LABEL: @booleans
func.func @booleans() -> (tensor<3xi1>, tensor<3xi32>, tensor<3xf16>) {
  %x = graph.constant dense<[0.0, 0.5, 0x7FC00000]> : tensor<3xf32> : tensor<3xf32>
  // FOLD-DAG: %[[BOOL:.*]] = graph.constant dense<[0, 1, 1]> : tensor<3xi8> : tensor<3xi1>
  %0 = graph.cast %x to i1 : tensor<3xf32> -> tensor<3xi1>
  // FOLD-DAG: %[[INT:.*]] = graph.constant dense<[0, 1, 1]> : tensor<3xi32>
  %1 = graph.cast %0 to i32 : tensor<3xi1> -> tensor<3xi32>
  // FOLD-DAG: %[[HALF:.*]] = graph.constant dense<[0.000000e+00, 1.000000e+00, 1.000000e+00]> : tensor<3xf16>
  %2 = graph.cast %0 to f16 : tensor<3xi1> -> tensor<3xf16>
  // FOLD: return %[[BOOL]], %[[INT]], %[[HALF]]
  return %0, %1, %2 : tensor<3xi1>, tensor<3xi32>, tensor<3xf16>
}

// -----

func.func @target(%x: tensor<2xf32>) -> tensor<2xcomplex<f32>> {
  // expected-error @below {{expects numbers or booleans, got 'complex<f32>'}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.cast %x to complex<f32> : tensor<2xf32> -> tensor<2xcomplex<f32>>
  return %0 : tensor<2xcomplex<f32>>
}
