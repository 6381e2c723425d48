// RUN: atrous-opt %s --split-input-file --verify-diagnostics | FileCheck %s
// RUN: atrous-opt %s --atrous-lower-graph --split-input-file --verify-diagnostics | FileCheck %s --check-prefix=LOWER

// LOWER-DAG: [[$IN:#map[0-9]*]] = affine_map<(d0, d1, d2) -> (d0, d2, d1)>
// LOWER-DAG: [[$OUT:#map[0-9]*]] = affine_map<(d0, d1, d2) -> (d0, 0, d1)>
// CHECK-LABEL: @mean
// LOWER-LABEL: @mean
func.func @mean(%x: tensor<2x3x4xf32>) -> tensor<2x1x4xf32> {
  %a = graph.constant dense<1> : tensor<1xi64> : tensor<1xi64>
  // CHECK: graph.reduce mean, %{{.*}}, %{{.*}} {keepdims}
  // LOWER: linalg.generic {indexing_maps = {{\[}}[[$IN]], [[$OUT]]], iterator_types = ["parallel", "parallel", "reduction"]}
  // LOWER: arith.addf
  // LOWER: %[[COUNT:.*]] = arith.constant 3.000000e+00 : f32
  // LOWER: arith.divf %{{.*}}, %[[COUNT]]
  %0 = graph.reduce mean, %x, %a {keepdims} : (tensor<2x3x4xf32>, tensor<1xi64>) -> tensor<2x1x4xf32>
  return %0 : tensor<2x1x4xf32>
}

// A NaN is the largest of all.
// LOWER-LABEL: @max_of_all
func.func @max_of_all(%x: tensor<2x3x4xf32>) -> tensor<f32> {
  // LOWER: arith.maximumf
  %0 = graph.reduce max, %x : (tensor<2x3x4xf32>) -> tensor<f32>
  return %0 : tensor<f32>
}

// Narrow floats are summed in f32.
// LOWER-LABEL: @narrow
func.func @narrow(%x: tensor<2x3x4xf16>) -> tensor<f16> {
  // LOWER: arith.extf
  // LOWER: arith.addf %{{.*}} : f32
  // LOWER: arith.truncf
  %0 = graph.reduce sum, %x : (tensor<2x3x4xf16>) -> tensor<f16>
  return %0 : tensor<f16>
}

// -----

func.func @axis(%x: tensor<2x3x4xf32>) {
  %a = graph.constant dense<3> : tensor<1xi64> : tensor<1xi64>
  // expected-error @below {{axis 3 is out of range for rank 3}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.reduce sum, %x, %a {keepdims} : (tensor<2x3x4xf32>, tensor<1xi64>) -> tensor<2x1x4xf32>
  return
}

// -----

func.func @booleans(%x: tensor<2xi1>) {
  // expected-error @below {{booleans have no sum}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.reduce sum, %x : (tensor<2xi1>) -> tensor<i1>
  return
}

// -----

// Axes that are known at run time only: the runtime does it.
// CHECK-LABEL: @axes_of_the_run
// LOWER-LABEL: @axes_of_the_run
func.func @axes_of_the_run(%x: tensor<2x3x4xf32>, %a: tensor<2xi64>) -> tensor<?xf32> {
  // LOWER: kernel.extern "atrous_reduce" ins({{.*}}) arguments [6, 0, 1]
  %0 = graph.reduce l2, %x, %a {noop_with_empty_axes} : (tensor<2x3x4xf32>, tensor<2xi64>) -> tensor<?xf32>
  return %0 : tensor<?xf32>
}

// -----

func.func @too_many_axes(%x: tensor<2x3xf32>, %a: tensor<3xi64>) {
  // expected-error @below {{has more axes than the input has dimensions, 2}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.reduce sum, %x, %a : (tensor<2x3xf32>, tensor<3xi64>) -> tensor<?xf32>
  return
}
