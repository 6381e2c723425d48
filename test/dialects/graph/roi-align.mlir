// RUN: atrous-opt %s --split-input-file --verify-diagnostics | FileCheck %s

// CHECK-LABEL: @round_trip
func.func @round_trip(%x: tensor<1x5x8x8xf32>, %r: tensor<?x4xf32>, %b: tensor<7xi64>) -> tensor<7x5x2x3xf32> {
  // CHECK: graph.roi_align {{.*}} -> tensor<7x5x2x3xf32>
  %0 = graph.roi_align %x, %r, %b {half_pixel, output_height = 2 : i64, output_width = 3 : i64, sampling_ratio = 0 : i64, spatial_scale = 1.0 : f64}
    : (tensor<1x5x8x8xf32>, tensor<?x4xf32>, tensor<7xi64>) -> tensor<7x5x2x3xf32>
  return %0 : tensor<7x5x2x3xf32>
}

// -----

func.func @counts(%x: tensor<1x5x8x8xf32>, %r: tensor<6x4xf32>, %b: tensor<7xi64>) {
  // expected-error @below {{has 6 rois and 7 batch_indices}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.roi_align %x, %r, %b {output_height = 2 : i64, output_width = 3 : i64, sampling_ratio = 0 : i64, spatial_scale = 1.0 : f64}
    : (tensor<1x5x8x8xf32>, tensor<6x4xf32>, tensor<7xi64>) -> tensor<7x5x2x3xf32>
  return
}

// -----

func.func @columns(%x: tensor<1x5x8x8xf32>, %r: tensor<7x5xf32>, %b: tensor<7xi64>) {
  // expected-error @below {{expects rois of shape [R, 4], got 7x5}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.roi_align %x, %r, %b {output_height = 2 : i64, output_width = 3 : i64, sampling_ratio = 0 : i64, spatial_scale = 1.0 : f64}
    : (tensor<1x5x8x8xf32>, tensor<7x5xf32>, tensor<7xi64>) -> tensor<7x5x2x3xf32>
  return
}

// -----

func.func @size(%x: tensor<1x5x8x8xf32>, %r: tensor<7x4xf32>, %b: tensor<7xi64>) {
  // expected-error @below {{output size 0x3 is not positive}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.roi_align %x, %r, %b {output_height = 0 : i64, output_width = 3 : i64, sampling_ratio = 0 : i64, spatial_scale = 1.0 : f64}
    : (tensor<1x5x8x8xf32>, tensor<7x4xf32>, tensor<7xi64>) -> tensor<7x5x0x3xf32>
  return
}

// -----

func.func @samples(%x: tensor<1x5x8x8xf32>, %r: tensor<7x4xf32>, %b: tensor<7xi64>) {
  // expected-error @below {{sampling_ratio is -1, out of range [0, 4096]}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.roi_align %x, %r, %b {output_height = 2 : i64, output_width = 3 : i64, sampling_ratio = -1 : i64, spatial_scale = 1.0 : f64}
    : (tensor<1x5x8x8xf32>, tensor<7x4xf32>, tensor<7xi64>) -> tensor<7x5x2x3xf32>
  return
}
