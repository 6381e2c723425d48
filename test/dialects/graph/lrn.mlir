// RUN: atrous-opt %s --split-input-file --verify-diagnostics | FileCheck %s
// RUN: atrous-opt %s --atrous-lower-graph --split-input-file --verify-diagnostics | FileCheck %s --check-prefix=LOWER

// x / (k + alpha / size * sum of squares) ^ beta
// CHECK-LABEL: @round_trip
// LOWER-LABEL: @round_trip
func.func @round_trip(%x: tensor<1x4x9xf32>) -> tensor<1x4x9xf32> {
  // CHECK: graph.lrn %{{.*}} {alpha
  // LOWER: linalg.generic {{.*}}iterator_types = ["parallel", "parallel", "parallel", "reduction"]
  // LOWER: tensor.extract
  // LOWER: arith.select
  // LOWER: math.powf
  // LOWER: arith.divf
  %0 = graph.lrn %x {size = 5 : i64, alpha = 0.1 : f64, beta = 0.75 : f64, k = 1.0 : f64} : tensor<1x4x9xf32> -> tensor<1x4x9xf32>
  return %0 : tensor<1x4x9xf32>
}

// -----

func.func @rank(%x: tensor<4xf32>) {
  // expected-error @below {{input of rank 1 has no channels}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.lrn %x {size = 5 : i64, alpha = 0.1 : f64, beta = 0.75 : f64, k = 1.0 : f64} : tensor<4xf32> -> tensor<4xf32>
  return
}

// -----

func.func @size(%x: tensor<1x4x9xf32>) {
  // expected-error @below {{size 0 is not positive}}
  %0 = graph.lrn %x {size = 0 : i64, alpha = 0.1 : f64, beta = 0.75 : f64, k = 1.0 : f64} : tensor<1x4x9xf32> -> tensor<1x4x9xf32>
  return
}

// -----

func.func @integers(%x: tensor<1x4x9xi32>) {
  // expected-error @below {{elements of type 'i32' cannot be normalised}}
  %0 = graph.lrn %x {size = 5 : i64, alpha = 0.1 : f64, beta = 0.75 : f64, k = 1.0 : f64} : tensor<1x4x9xi32> -> tensor<1x4x9xi32>
  return
}
