// RUN: atrous-opt %s --split-input-file --verify-diagnostics | FileCheck %s

// CHECK-LABEL: @round_trip
func.func @round_trip(%b: tensor<1x6x4xf32>, %s: tensor<1x2x6xf32>, %n: tensor<1xi64>, %t: tensor<f32>) -> tensor<?x3xi64> {
  // CHECK: graph.non_max_suppression %{{.*}}, %{{.*}} max %{{.*}} : tensor<1xi64> score %{{.*}} : tensor<f32> {center_point_box}
  %0 = graph.non_max_suppression %b, %s max %n : tensor<1xi64> score %t : tensor<f32> {center_point_box} : tensor<1x6x4xf32>, tensor<1x2x6xf32> -> tensor<?x3xi64>
  return %0 : tensor<?x3xi64>
}

// -----

func.func @counts(%b: tensor<1x6x4xf32>, %s: tensor<1x2x5xf32>) {
  // expected-error @below {{boxes 1x6x4 and scores 1x2x5 do not fit together}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.non_max_suppression %b, %s : tensor<1x6x4xf32>, tensor<1x2x5xf32> -> tensor<?x3xi64>
  return
}

// -----

func.func @rank(%b: tensor<6x4xf32>, %s: tensor<1x2x6xf32>) {
  // expected-error @below {{boxes must have rank 3, got 6x4}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.non_max_suppression %b, %s : tensor<6x4xf32>, tensor<1x2x6xf32> -> tensor<?x3xi64>
  return
}

// -----

func.func @types(%b: tensor<1x6x4xf16>, %s: tensor<1x2x6xf32>) {
  // expected-error @below {{boxes and scores must be f32, got 'tensor<1x6x4xf16>'}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.non_max_suppression %b, %s : tensor<1x6x4xf16>, tensor<1x2x6xf32> -> tensor<?x3xi64>
  return
}

// -----

func.func @limit(%b: tensor<1x6x4xf32>, %s: tensor<1x2x6xf32>, %t: tensor<2xf32>) {
  // expected-error @below {{iou_threshold must be a scalar of type 'f32', got 'tensor<2xf32>'}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.non_max_suppression %b, %s iou %t : tensor<2xf32> : tensor<1x6x4xf32>, tensor<1x2x6xf32> -> tensor<?x3xi64>
  return
}
