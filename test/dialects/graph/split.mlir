// RUN: atrous-opt %s --split-input-file --verify-diagnostics | FileCheck %s
// RUN: atrous-opt %s --split-input-file --verify-diagnostics --atrous-lower-graph | FileCheck %s --check-prefix=LOWER

// CHECK-LABEL: @round_trip
// LOWER-LABEL: @round_trip
func.func @round_trip(%x: tensor<2x9xf32>, %s: tensor<2xi64>) -> (tensor<2x4xf32>, tensor<2x5xf32>, tensor<2x?xf32>, tensor<2x?xf32>) {
  %k = graph.constant dense<[4, 5]> : tensor<2xi64> : tensor<2xi64>
  // CHECK: graph.split {{.*}} {axis = 1 : i64, count = 2 : i64} : {{.*}} -> (tensor<2x4xf32>, tensor<2x5xf32>)
  // LOWER: tensor.extract_slice {{.*}}[0, 0] [2, 4] [1, 1]
  // LOWER: tensor.extract_slice {{.*}}[0, 4] [2, 5] [1, 1]
  %0:2 = graph.split %x, %k {axis = 1 : i64, count = 2 : i64} : (tensor<2x9xf32>, tensor<2xi64>) -> (tensor<2x4xf32>, tensor<2x5xf32>)
  // LOWER: kernel.extern "atrous_split" ins({{.*}}) arguments [-1, 2]
  %1:2 = graph.split %x, %s {axis = -1 : i64, count = 2 : i64} : (tensor<2x9xf32>, tensor<2xi64>) -> (tensor<2x?xf32>, tensor<2x?xf32>)
  return %0#0, %0#1, %1#0, %1#1 : tensor<2x4xf32>, tensor<2x5xf32>, tensor<2x?xf32>, tensor<2x?xf32>
}

// -----

func.func @sum(%x: tensor<2x9xf32>) {
  %k = graph.constant dense<[4, 4]> : tensor<2xi64> : tensor<2xi64>
  // expected-error @below {{split sizes add up to 8, but the dimension has size 9}}
  // expected-error @below {{failed to infer returned types}}
  %0:2 = graph.split %x, %k {axis = 1 : i64, count = 2 : i64} : (tensor<2x9xf32>, tensor<2xi64>) -> (tensor<2x4xf32>, tensor<2x4xf32>)
  return
}

// -----

func.func @negative(%x: tensor<2x9xf32>) {
  %k = graph.constant dense<[10, -1]> : tensor<2xi64> : tensor<2xi64>
  // expected-error @below {{split [10, -1] has the size -1}}
  // expected-error @below {{failed to infer returned types}}
  %0:2 = graph.split %x, %k {axis = 1 : i64, count = 2 : i64} : (tensor<2x9xf32>, tensor<2xi64>) -> (tensor<2x4xf32>, tensor<2x4xf32>)
  return
}

// -----

func.func @number(%x: tensor<2x9xf32>) {
  %k = graph.constant dense<[9]> : tensor<1xi64> : tensor<1xi64>
  // expected-error @below {{split has 1 sizes for 2 outputs}}
  // expected-error @below {{failed to infer returned types}}
  %0:2 = graph.split %x, %k {axis = 1 : i64, count = 2 : i64} : (tensor<2x9xf32>, tensor<1xi64>) -> (tensor<2x4xf32>, tensor<2x4xf32>)
  return
}
