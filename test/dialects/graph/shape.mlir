// RUN: atrous-opt %s -canonicalize | FileCheck %s

// CHECK-LABEL: @static
func.func @static(%x: tensor<2x3x4xf32>) -> (tensor<3xi64>, tensor<1xi64>, tensor<0xi64>, tensor<i64>) {
  // CHECK-DAG: %[[ALL:.*]] = graph.constant dense<[2, 3, 4]>
  %0 = graph.shape %x : tensor<2x3x4xf32> -> tensor<3xi64>
  // CHECK-DAG: %[[LAST:.*]] = graph.constant dense<4> : tensor<1xi64>
  %1 = graph.shape %x {start = -1 : i64} : tensor<2x3x4xf32> -> tensor<1xi64>
  // CHECK-DAG: %[[NONE:.*]] = graph.constant dense<> : tensor<0xi64>
  %2 = graph.shape %x {start = 2 : i64, end = -9 : i64} : tensor<2x3x4xf32> -> tensor<0xi64>
  // CHECK-DAG: %[[SIZE:.*]] = graph.constant dense<24> : tensor<i64>
  %3 = graph.size %x : tensor<2x3x4xf32> -> tensor<i64>
  // CHECK: return %[[ALL]], %[[LAST]], %[[NONE]], %[[SIZE]]
  return %0, %1, %2, %3 : tensor<3xi64>, tensor<1xi64>, tensor<0xi64>, tensor<i64>
}

// CHECK-LABEL: @no_dynamic
func.func @no_dynamic(%x: tensor<?x3xf32>) -> (tensor<2xi64>, tensor<1xi64>) {
  // CHECK-DAG: %[[ALL:.*]] = graph.shape %{{.*}} : tensor<?x3xf32>
  %0 = graph.shape %x : tensor<?x3xf32> -> tensor<2xi64>
  // The known part is a constant all the same.
  // CHECK-DAG: %[[LAST:.*]] = graph.constant dense<3> : tensor<1xi64>
  %1 = graph.shape %x {start = 1 : i64} : tensor<?x3xf32> -> tensor<1xi64>
  // CHECK: return %[[ALL]], %[[LAST]]
  return %0, %1 : tensor<2xi64>, tensor<1xi64>
}
