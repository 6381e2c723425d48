// RUN: atrous-opt %s -split-input-file -verify-diagnostics | atrous-opt -split-input-file | FileCheck %s

// CHECK-LABEL: @small
func.func @small() -> (tensor<2xf32>, tensor<3xi1>, tensor<2xui8>) {
  // CHECK: graph.constant dense<[1.000000e+00, 2.000000e+00]> : tensor<2xf32> : tensor<2xf32>
  %0 = graph.constant dense<[1.0, 2.0]> : tensor<2xf32> : tensor<2xf32>
  // Booleans lie as bytes.
  // CHECK: graph.constant dense<[1, 0, 1]> : tensor<3xi8> : tensor<3xi1>
  %1 = graph.constant dense<[1, 0, 1]> : tensor<3xi8> : tensor<3xi1>
  // Integers lie without their sign.
  // CHECK: graph.constant dense<[-1, 7]> : tensor<2xi8> : tensor<2xui8>
  %2 = graph.constant dense<[255, 7]> : tensor<2xi8> : tensor<2xui8>
  return %0, %1, %2 : tensor<2xf32>, tensor<3xi1>, tensor<2xui8>
}

// A blocked constant has its physical shape.
// CHECK-LABEL: @blocked
func.func @blocked() -> tensor<1x3x2x1xf32, #graph.tensor<inner_dims = [1], inner_tiles = [4]>> {
  // CHECK: dense<0.000000e+00> : tensor<1x1x2x1x4xf32>
  %0 = graph.constant dense<0.0> : tensor<1x1x2x1x4xf32>
      : tensor<1x3x2x1xf32, #graph.tensor<inner_dims = [1], inner_tiles = [4]>>
  return %0 : tensor<1x3x2x1xf32, #graph.tensor<inner_dims = [1], inner_tiles = [4]>>
}

// -----

func.func @shape() -> tensor<3xf32> {
  // expected-error @below {{has a value of type 'tensor<2xf32>', but 'tensor<3xf32>' lies as 'tensor<3xf32>'}}
  %0 = graph.constant dense<1.0> : tensor<2xf32> : tensor<3xf32>
  return %0 : tensor<3xf32>
}

// -----

func.func @dynamic() -> tensor<?xf32> {
  // expected-error @below {{has a type of unknown size: 'tensor<?xf32>'}}
  %0 = graph.constant dense<1.0> : tensor<2xf32> : tensor<?xf32>
  return %0 : tensor<?xf32>
}

// -----

func.func @complex() -> tensor<1xcomplex<f32>> {
  // expected-error @below {{has elements of type 'complex<f32>', which are not numbers}}
  %0 = graph.constant dense<(1.0, 2.0)> : tensor<1xcomplex<f32>> : tensor<1xcomplex<f32>>
  return %0 : tensor<1xcomplex<f32>>
}

// -----

func.func @sparse() -> tensor<4xf32> {
  // expected-error @below {{needs a value that is dense or dense_resource}}
  %0 = graph.constant sparse<[[1]], [2.0]> : tensor<4xf32> : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

func.func @resource() -> tensor<4xf32> {
  // expected-error @below {{has a resource of 4 bytes, but 'tensor<4xf32>' takes 16}}
  %0 = graph.constant dense_resource<short> : tensor<4xf32> : tensor<4xf32>
  return %0 : tensor<4xf32>
}

{-#
  dialect_resources: { builtin: { short: "0x400000000000803F" } }
#-}
