// RUN: atrous-opt %s -split-input-file -atrous-infer-shapes -verify-diagnostics | FileCheck %s

// Equal symbols stay, a size of 1 gives way.
// CHECK-LABEL: @symbols
func.func @symbols(%x: tensor<?x3x?xf32, #graph.tensor<symbols = ["N", "", "W"]>>,
                   %y: tensor<?x1x1xf32, #graph.tensor<symbols = ["N", "", ""]>>) -> tensor<*xf32> {
  // CHECK: graph.add {{.*}} -> tensor<?x3x?xf32, #graph.tensor<symbols = ["N", "", "W"]>>
  %0 = graph.add %x, %y : tensor<?x3x?xf32, #graph.tensor<symbols = ["N", "", "W"]>>,
      tensor<?x1x1xf32, #graph.tensor<symbols = ["N", "", ""]>> -> tensor<*xf32>
  return %0 : tensor<*xf32>
}

// A known size wins over an unknown one.
// CHECK-LABEL: @known
func.func @known(%x: tensor<3x?xf32, #graph.tensor<symbols = ["", "W"]>>, %y: tensor<5xf32>) -> tensor<*xf32> {
  // CHECK: graph.add {{.*}} -> tensor<3x5xf32>
  %0 = graph.add %x, %y : tensor<3x?xf32, #graph.tensor<symbols = ["", "W"]>>, tensor<5xf32> -> tensor<*xf32>
  return %0 : tensor<*xf32>
}

// -----

// Two names are two sizes, of which one may be 1.
// CHECK-LABEL: func.func @two_symbols
func.func @two_symbols(%x: tensor<?xf32, #graph.tensor<symbols = ["V"]>>,
                     %y: tensor<?xf32, #graph.tensor<symbols = ["W"]>>) -> tensor<*xf32> {
  // CHECK: graph.add {{.*}} -> tensor<?xf32, #graph.tensor<symbols = ["bcast(V,W)"]>>
  %0 = graph.add %x, %y : tensor<?xf32, #graph.tensor<symbols = ["V"]>>,
      tensor<?xf32, #graph.tensor<symbols = ["W"]>> -> tensor<*xf32>
  return %0 : tensor<*xf32>
}

// -----

func.func @large(%x: tensor<1x1xf32>) -> tensor<*xf32> {
  %s = graph.constant dense<4294967296> : tensor<2xi64> : tensor<2xi64>
  // expected-error @below {{a tensor of shape 4294967296x4294967296 is too large}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.expand %x, %s : (tensor<1x1xf32>, tensor<2xi64>) -> tensor<*xf32>
  return %0 : tensor<*xf32>
}
