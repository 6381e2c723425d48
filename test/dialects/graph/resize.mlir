// RUN: atrous-opt %s --split-input-file --verify-diagnostics | FileCheck %s
// RUN: atrous-opt %s --atrous-lower-graph --split-input-file --verify-diagnostics | FileCheck %s --check-prefix=LOWER

#blocked = #graph.tensor<inner_dims = [1], inner_tiles = [4]>

// CHECK-LABEL: @nearest
// LOWER-LABEL: @nearest
func.func @nearest(%x: tensor<1x4x2x3xf32, #blocked>) -> tensor<1x4x4x6xf32, #blocked> {
  %s = graph.constant dense<[1.0, 1.0, 2.0, 2.0]> : tensor<4xf32> : tensor<4xf32>
  // CHECK: graph.resize %{{.*}} scales %{{.*}} : tensor<4xf32>
  // The lane is only ever the last index.
  // LOWER: arith.divf
  // LOWER: math.floor
  // LOWER: %[[LANE:.*]] = linalg.index 4
  // LOWER: tensor.extract %{{.*}}[%{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}, %[[LANE]]]
  %0 = graph.resize %x scales %s : tensor<4xf32> {mode = "nearest", coordinate_transformation_mode = "asymmetric", nearest_mode = "floor"} : tensor<1x4x2x3xf32, #blocked> -> tensor<1x4x4x6xf32, #blocked>
  return %0 : tensor<1x4x4x6xf32, #blocked>
}

// Two taps along each resized dimension, whose places are in a table.
// LOWER-LABEL: @linear
func.func @linear(%x: tensor<1x4x2x3xf32>) -> tensor<1x4x4x6xf32> {
  %z = graph.constant dense<[4, 6]> : tensor<2xi64> : tensor<2xi64>
  // LOWER: linalg.generic {{.*}} outs({{.*}} : tensor<4xf32>)
  // LOWER: linalg.generic {{.*}} outs({{.*}} : tensor<6xf32>)
  // LOWER: linalg.generic {{.*}} outs({{.*}} : tensor<1x4x4x6xf32>)
  // LOWER-COUNT-2: tensor.extract %{{.*}}[%{{.*}}] : tensor<{{[46]}}xf32>
  // LOWER-COUNT-4: tensor.extract %{{.*}} : tensor<1x4x2x3xf32>
  // LOWER-NOT: tensor.extract
  %0 = graph.resize %x sizes %z : tensor<2xi64> {mode = "linear", coordinate_transformation_mode = "half_pixel", nearest_mode = "floor", axes = array<i64: 2, 3>} : tensor<1x4x2x3xf32> -> tensor<1x4x4x6xf32>
  return %0 : tensor<1x4x4x6xf32>
}

// -----

func.func @scale_count(%x: tensor<1x4x2x3xf32>) {
  %s = graph.constant dense<[1.0, 2.0, 2.0]> : tensor<3xf32> : tensor<3xf32>
  // expected-error @below {{expects 4 scales, got 3}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.resize %x scales %s : tensor<3xf32> {mode = "nearest", coordinate_transformation_mode = "asymmetric", nearest_mode = "floor"} : tensor<1x4x2x3xf32> -> tensor<1x4x4x6xf32>
  return
}

// -----

func.func @size_count(%x: tensor<1x4x2x3xf32>) {
  %s = graph.constant dense<[4, 6]> : tensor<2xi64> : tensor<2xi64>
  // expected-error @below {{expects 4 sizes, got 2}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.resize %x sizes %s : tensor<2xi64> {mode = "nearest", coordinate_transformation_mode = "asymmetric", nearest_mode = "floor"} : tensor<1x4x2x3xf32> -> tensor<1x4x4x6xf32>
  return
}

// -----

func.func @negative_scale(%x: tensor<1x4x2x3xf32>) {
  %s = graph.constant dense<[1.0, 1.0, -2.0, 2.0]> : tensor<4xf32> : tensor<4xf32>
  // expected-error @below {{scale -2.000000e+00 of dimension 2 is not positive}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.resize %x scales %s : tensor<4xf32> {mode = "nearest", coordinate_transformation_mode = "asymmetric", nearest_mode = "floor"} : tensor<1x4x2x3xf32> -> tensor<1x4x4x6xf32>
  return
}

// -----

func.func @huge_scale(%x: tensor<1x4x2x3xf32>) {
  %s = graph.constant dense<[1.0, 1.0, 1.0e20, 2.0]> : tensor<4xf32> : tensor<4xf32>
  // expected-error @below {{scale 1.000000e+20 of dimension 2 makes it too large}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.resize %x scales %s : tensor<4xf32> {mode = "nearest", coordinate_transformation_mode = "asymmetric", nearest_mode = "floor"} : tensor<1x4x2x3xf32> -> tensor<1x4x4x6xf32>
  return
}

// -----

func.func @size(%x: tensor<1x4x2x3xf32>) {
  %s = graph.constant dense<[1, 4, 0, 6]> : tensor<4xi64> : tensor<4xi64>
  // expected-error @below {{size 0 of dimension 2 is out of range}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.resize %x sizes %s : tensor<4xi64> {mode = "nearest", coordinate_transformation_mode = "asymmetric", nearest_mode = "floor"} : tensor<1x4x2x3xf32> -> tensor<1x4x4x6xf32>
  return
}

// -----

func.func @empty(%x: tensor<1x4x0x3xf32>) {
  %s = graph.constant dense<[1, 4, 4, 6]> : tensor<4xi64> : tensor<4xi64>
  // expected-error @below {{dimension 2 of size 0 cannot be resized to 4}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.resize %x sizes %s : tensor<4xi64> {mode = "nearest", coordinate_transformation_mode = "asymmetric", nearest_mode = "floor"} : tensor<1x4x0x3xf32> -> tensor<1x4x4x6xf32>
  return
}

// -----

func.func @neither(%x: tensor<1x4x2x3xf32>) {
  // expected-error @below {{expects scales or sizes, got neither}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.resize %x {mode = "nearest", coordinate_transformation_mode = "asymmetric", nearest_mode = "floor"} : tensor<1x4x2x3xf32> -> tensor<1x4x4x6xf32>
  return
}

// -----

func.func @mode(%x: tensor<1x4x2x3xf32>) {
  %s = graph.constant dense<[1.0, 1.0, 2.0, 2.0]> : tensor<4xf32> : tensor<4xf32>
  // expected-error @below {{mode 'lanczos' is unknown}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.resize %x scales %s : tensor<4xf32> {mode = "lanczos", coordinate_transformation_mode = "asymmetric", nearest_mode = "floor"} : tensor<1x4x2x3xf32> -> tensor<1x4x4x6xf32>
  return
}

// -----

func.func @roi(%x: tensor<1x4x2x3xf32>) {
  %s = graph.constant dense<[1.0, 1.0, 2.0, 2.0]> : tensor<4xf32> : tensor<4xf32>
  %r = graph.constant dense<[0.0, 1.0]> : tensor<2xf32> : tensor<2xf32>
  // expected-error @below {{expects 8 values of roi, got 2}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.resize %x roi %r : tensor<2xf32> scales %s : tensor<4xf32> {mode = "linear", coordinate_transformation_mode = "tf_crop_and_resize", nearest_mode = "floor"} : tensor<1x4x2x3xf32> -> tensor<1x4x4x6xf32>
  return
}

// -----

func.func @no_roi(%x: tensor<1x4x2x3xf32>) {
  %s = graph.constant dense<[1.0, 1.0, 2.0, 2.0]> : tensor<4xf32> : tensor<4xf32>
  // expected-error @below {{tf_crop_and_resize needs a roi}}
  %0 = graph.resize %x scales %s : tensor<4xf32> {mode = "linear", coordinate_transformation_mode = "tf_crop_and_resize", nearest_mode = "floor"} : tensor<1x4x2x3xf32> -> tensor<1x4x4x6xf32>
  return
}

// -----

func.func @booleans(%x: tensor<1x4x2x3xi1>) {
  %s = graph.constant dense<[1.0, 1.0, 2.0, 2.0]> : tensor<4xf32> : tensor<4xf32>
  // expected-error @below {{booleans cannot be interpolated}}
  %0 = graph.resize %x scales %s : tensor<4xf32> {mode = "linear", coordinate_transformation_mode = "asymmetric", nearest_mode = "floor"} : tensor<1x4x2x3xi1> -> tensor<1x4x4x6xi1>
  return
}

// -----

// Shrinking by 2, a linear filter has four taps: weights, their sum, one pass.
// LOWER-LABEL: @antialias
func.func @antialias(%x: tensor<1x4x2x3xf32>) -> tensor<1x4x1x3xf32> {
  %s = graph.constant dense<[1.0, 1.0, 0.5, 1.0]> : tensor<4xf32> : tensor<4xf32>
  // LOWER: linalg.generic {{.*}} outs(%{{.*}} : tensor<1xi64>)
  // LOWER: linalg.generic {{.*}} outs(%{{.*}} : tensor<1x4xf32>)
  // LOWER: linalg.generic {{.*}} ins(%{{.*}} : tensor<1x4xf32>) outs(%{{.*}} : tensor<1xf32>)
  // LOWER: linalg.generic {{.*}} iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]
  %0 = graph.resize %x scales %s : tensor<4xf32> {mode = "linear", coordinate_transformation_mode = "half_pixel", nearest_mode = "floor", antialias} : tensor<1x4x2x3xf32> -> tensor<1x4x1x3xf32>
  return %0 : tensor<1x4x1x3xf32>
}
