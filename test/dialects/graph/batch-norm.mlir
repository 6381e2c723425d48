// RUN: atrous-opt %s --canonicalize --split-input-file --verify-diagnostics | FileCheck %s

// batch_norm(conv(x, w)) => conv(x, w * factor, shift)
// CHECK-LABEL: @into_conv
func.func @into_conv(%x: tensor<1x1x2x2xf32>) -> tensor<1x2x2x2xf32> {
  %w = graph.constant dense<[[[[1.0]]], [[[2.0]]]]> : tensor<2x1x1x1xf32> : tensor<2x1x1x1xf32>
  %scale = graph.constant dense<[4.0, 3.0]> : tensor<2xf32> : tensor<2xf32>
  %bias = graph.constant dense<[1.0, 0.0]> : tensor<2xf32> : tensor<2xf32>
  %mean = graph.constant dense<[0.5, 1.0]> : tensor<2xf32> : tensor<2xf32>
  %variance = graph.constant dense<[4.0, 9.0]> : tensor<2xf32> : tensor<2xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64} : (tensor<1x1x2x2xf32>, tensor<2x1x1x1xf32>) -> tensor<1x2x2x2xf32>
  // CHECK-DAG: %[[F:.*]] = graph.constant dense<{{\[\[\[\[}}2.000000e+00]]], {{\[\[\[}}1.000000e+00]]]]> : tensor<2x1x1x1xf32>
  // CHECK-DAG: %[[B:.*]] = graph.constant dense<[0.000000e+00, -1.000000e+00]> : tensor<2xf32>
  // CHECK: %[[W:.*]] = graph.mul %{{.*}}, %[[F]]
  // CHECK: %[[CONV:.*]] = graph.conv %arg0, %[[W]], %[[B]]
  // CHECK: return %[[CONV]]
  %1 = graph.batch_norm %0, %scale, %bias, %mean, %variance {epsilon = 0.0 : f64} : (tensor<1x2x2x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2x2x2xf32>
  return %1 : tensor<1x2x2x2xf32>
}

// batch_norm(x) => x * factor + shift
// CHECK-LABEL: @decompose
func.func @decompose(%x: tensor<1x2x2x2xf32>) -> tensor<1x2x2x2xf32> {
  %p = graph.constant dense<1.0> : tensor<2xf32> : tensor<2xf32>
  // CHECK: %[[MUL:.*]] = graph.mul %arg0
  // CHECK: graph.add %[[MUL]]
  %1 = graph.batch_norm %x, %p, %p, %p, %p {epsilon = 0.0 : f64} : (tensor<1x2x2x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2x2x2xf32>
  return %1 : tensor<1x2x2x2xf32>
}

// CHECK-LABEL: @no_fold_parameters_are_not_constant
func.func @no_fold_parameters_are_not_constant(%x: tensor<1x2x2x2xf32>, %p: tensor<2xf32>) -> tensor<1x2x2x2xf32> {
  // CHECK: graph.batch_norm
  %1 = graph.batch_norm %x, %p, %p, %p, %p {epsilon = 0.0 : f64} : (tensor<1x2x2x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2x2x2xf32>
  return %1 : tensor<1x2x2x2xf32>
}

// -----

func.func @channels(%x: tensor<1x2x2x2xf32>, %p: tensor<2xf32>, %q: tensor<3xf32>) {
  // expected-error @below {{input has 2 channels, but mean has shape [3]}}
  // expected-error @below {{failed to infer returned types}}
  %1 = graph.batch_norm %x, %p, %p, %q, %p {epsilon = 0.0 : f64} : (tensor<1x2x2x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<3xf32>, tensor<2xf32>) -> tensor<1x2x2x2xf32>
  return
}

// -----

func.func @rank(%x: tensor<2xf32>, %p: tensor<2xf32>) {
  // expected-error @below {{input of rank 1 has no channels}}
  // expected-error @below {{failed to infer returned types}}
  %1 = graph.batch_norm %x, %p, %p, %p, %p {epsilon = 0.0 : f64} : (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @integers(%x: tensor<1x2x2x2xi32>, %p: tensor<2xf32>) {
  // expected-error @below {{elements of type 'i32' cannot be normalised}}
  %1 = graph.batch_norm %x, %p, %p, %p, %p {epsilon = 0.0 : f64} : (tensor<1x2x2x2xi32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2x2x2xi32>
  return
}
