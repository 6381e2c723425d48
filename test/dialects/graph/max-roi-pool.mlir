// RUN: atrous-opt %s --split-input-file --verify-diagnostics | FileCheck %s
// RUN: atrous-opt %s --atrous-lower-graph --split-input-file --verify-diagnostics | FileCheck %s --check-prefix=LOWER

// CHECK-LABEL: @round_trip
// LOWER-LABEL: @round_trip
func.func @round_trip(%x: tensor<1x4x9x9xf32>, %r: tensor<7x5xf32>) -> tensor<7x4x2x3xf32> {
  // CHECK: graph.max_roi_pool
  // LOWER: kernel.extern "atrous_max_roi_pool" {{.*}} arguments [2, 3, 4602678819172646912]
  %0 = graph.max_roi_pool %x, %r {pooled_shape = array<i64: 2, 3>, spatial_scale = 0.5 : f64} : (tensor<1x4x9x9xf32>, tensor<7x5xf32>) -> tensor<7x4x2x3xf32>
  return %0 : tensor<7x4x2x3xf32>
}

// -----

func.func @pooled_shape(%x: tensor<1x4x9x9xf32>, %r: tensor<7x5xf32>) {
  // expected-error @below {{pooled_shape [2] is not two positive sizes}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.max_roi_pool %x, %r {pooled_shape = array<i64: 2>, spatial_scale = 0.5 : f64} : (tensor<1x4x9x9xf32>, tensor<7x5xf32>) -> tensor<7x4x2x3xf32>
  return
}

// -----

func.func @rank(%x: tensor<1x4x9xf32>, %r: tensor<7x5xf32>) {
  // expected-error @below {{expects an input of rank 4, got 1x4x9}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.max_roi_pool %x, %r {pooled_shape = array<i64: 2, 3>, spatial_scale = 0.5 : f64} : (tensor<1x4x9xf32>, tensor<7x5xf32>) -> tensor<7x4x2x3xf32>
  return
}

// -----

func.func @rois(%x: tensor<1x4x9x9xf32>, %r: tensor<7x4xf32>) {
  // expected-error @below {{expects rois of shape [R, 5], got 7x4}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.max_roi_pool %x, %r {pooled_shape = array<i64: 2, 3>, spatial_scale = 0.5 : f64} : (tensor<1x4x9x9xf32>, tensor<7x4xf32>) -> tensor<7x4x2x3xf32>
  return
}

// -----

func.func @integers(%x: tensor<1x4x9x9xi32>, %r: tensor<7x5xi32>) {
  // expected-error @below {{elements of type 'i32' cannot be pooled by region}}
  %0 = graph.max_roi_pool %x, %r {pooled_shape = array<i64: 2, 3>, spatial_scale = 0.5 : f64} : (tensor<1x4x9x9xi32>, tensor<7x5xi32>) -> tensor<7x4x2x3xi32>
  return
}
