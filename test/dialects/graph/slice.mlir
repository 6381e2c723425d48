// RUN: atrous-opt %s -split-input-file -atrous-infer-shapes -verify-diagnostics | FileCheck %s
// RUN: atrous-opt %s -split-input-file -atrous-fold-constants -verify-diagnostics | FileCheck %s --check-prefix=FOLD

// All of an unknown size is that size.
// CHECK-LABEL: @unknown
// FOLD-LABEL: @unknown
func.func @unknown(%x: tensor<?x5xf32, #graph.tensor<symbols = ["N", ""]>>) -> tensor<*xf32> {
  %0 = graph.constant dense<0> : tensor<1xi64> : tensor<1xi64>
  %all = graph.constant dense<9223372036854775807> : tensor<1xi64> : tensor<1xi64>
  // CHECK: -> tensor<?x5xf32, #graph.tensor<symbols = ["N", ""]>>
  %a = graph.slice %x[%0 : %all] axes %0 : tensor<1xi64>
      : tensor<?x5xf32, #graph.tensor<symbols = ["N", ""]>>, tensor<1xi64>, tensor<1xi64> -> tensor<*xf32>
  return %a : tensor<*xf32>
}

// Positions are clamped; negative ones count from the end.
// FOLD-LABEL: @values
func.func @values() -> (tensor<2xi32>, tensor<3xi32>, tensor<0xi32>, tensor<1xi32>) {
  %x = graph.constant dense<[1, 2, 3, 4, 5]> : tensor<5xi32> : tensor<5xi32>
  %m4 = graph.constant dense<-4> : tensor<1xi64> : tensor<1xi64>
  %m1 = graph.constant dense<-1> : tensor<1xi64> : tensor<1xi64>
  %2 = graph.constant dense<2> : tensor<1xi64> : tensor<1xi64>
  %0 = graph.constant dense<0> : tensor<1xi64> : tensor<1xi64>
  %m2 = graph.constant dense<-2> : tensor<1xi64> : tensor<1xi64>
  %low = graph.constant dense<-9223372036854775808> : tensor<1xi64> : tensor<1xi64>
  %high = graph.constant dense<9223372036854775807> : tensor<1xi64> : tensor<1xi64>
  // FOLD-DAG: %[[A:.*]] = graph.constant dense<[2, 4]> : tensor<2xi32>
  %a = graph.slice %x[%m4 : %m1] axes %0 : tensor<1xi64> steps %2 : tensor<1xi64>
      : tensor<5xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<2xi32>
  // FOLD-DAG: %[[B:.*]] = graph.constant dense<[5, 3, 1]>
  %b = graph.slice %x[%high : %low] axes %0 : tensor<1xi64> steps %m2 : tensor<1xi64>
      : tensor<5xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<3xi32>
  // FOLD-DAG: %[[C:.*]] = graph.constant dense<> : tensor<0xi32>
  %c = graph.slice %x[%m1 : %2] : tensor<5xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<0xi32>
  // FOLD-DAG: %[[D:.*]] = graph.constant dense<5> : tensor<1xi32>
  %d = graph.slice %x[%m1 : %low] axes %0 : tensor<1xi64> steps %low : tensor<1xi64>
      : tensor<5xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<1xi32>
  // FOLD: return %[[A]], %[[B]], %[[C]], %[[D]]
  return %a, %b, %c, %d : tensor<2xi32>, tensor<3xi32>, tensor<0xi32>, tensor<1xi32>
}

// -----

func.func @step(%x: tensor<5xi32>) -> tensor<*xi32> {
  %0 = graph.constant dense<0> : tensor<1xi64> : tensor<1xi64>
  // expected-error @below {{steps [0] has a step of 0}}
  // expected-error @below {{failed to infer returned types}}
  %a = graph.slice %x[%0 : %0] axes %0 : tensor<1xi64> steps %0 : tensor<1xi64>
      : tensor<5xi32>, tensor<1xi64>, tensor<1xi64> -> tensor<*xi32>
  return %a : tensor<*xi32>
}

// -----

func.func @lengths(%x: tensor<5xi32>, %s: tensor<1xi64>, %e: tensor<2xi64>) -> tensor<*xi32> {
  // expected-error @below {{ends has 2 values, starts has 1}}
  // expected-error @below {{failed to infer returned types}}
  %a = graph.slice %x[%s : %e] : tensor<5xi32>, tensor<1xi64>, tensor<2xi64> -> tensor<*xi32>
  return %a : tensor<*xi32>
}

// -----

func.func @axes(%x: tensor<5xi32>) -> tensor<*xi32> {
  %0 = graph.constant dense<0> : tensor<2xi64> : tensor<2xi64>
  // expected-error @below {{axis 0 is repeated}}
  // expected-error @below {{failed to infer returned types}}
  %a = graph.slice %x[%0 : %0] axes %0 : tensor<2xi64> : tensor<5xi32>, tensor<2xi64>, tensor<2xi64> -> tensor<*xi32>
  return %a : tensor<*xi32>
}
