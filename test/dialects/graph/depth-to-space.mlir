// RUN: atrous-opt %s -split-input-file -atrous-fold-constants -verify-diagnostics | FileCheck %s

// Two channels out of eight, on one pixel.
// CHECK-LABEL: @values
func.func @values() -> (tensor<1x2x2x2xi32>, tensor<1x2x2x2xi32>, tensor<1x8x1x1xi32>) {
  %x = graph.constant dense<[[[[0]], [[1]], [[2]], [[3]], [[4]], [[5]], [[6]], [[7]]]]> : tensor<1x8x1x1xi32> : tensor<1x8x1x1xi32>
  // CHECK-DAG: %[[DCR:.*]] = graph.constant dense<{{\[\[\[}}[0, 2], [4, 6]], {{\[}}[1, 3], [5, 7]]]]>
  %0 = graph.depth_to_space %x {blocksize = 2 : i64, mode = "DCR"} : tensor<1x8x1x1xi32> -> tensor<1x2x2x2xi32>
  // CHECK-DAG: %[[CRD:.*]] = graph.constant dense<{{\[\[\[}}[0, 1], [2, 3]], {{\[}}[4, 5], [6, 7]]]]>
  %1 = graph.depth_to_space %x {blocksize = 2 : i64, mode = "CRD"} : tensor<1x8x1x1xi32> -> tensor<1x2x2x2xi32>
  // space_to_depth is the inverse of DCR.
  // CHECK-DAG: %[[BACK:.*]] = graph.constant dense<{{.*0.*1.*2.*3.*4.*5.*6.*7.*}}> : tensor<1x8x1x1xi32>
  %2 = graph.space_to_depth %0 {blocksize = 2 : i64} : tensor<1x2x2x2xi32> -> tensor<1x8x1x1xi32>
  // CHECK: return %[[DCR]], %[[CRD]], %[[BACK]]
  return %0, %1, %2 : tensor<1x2x2x2xi32>, tensor<1x2x2x2xi32>, tensor<1x8x1x1xi32>
}

// -----

func.func @mode(%x: tensor<1x8x1x1xi32>) -> tensor<*xi32> {
  // expected-error @below {{mode must be DCR or CRD, got RCD}}
  %0 = graph.depth_to_space %x {blocksize = 2 : i64, mode = "RCD"} : tensor<1x8x1x1xi32> -> tensor<*xi32>
  return %0 : tensor<*xi32>
}

// -----

func.func @channels(%x: tensor<1x6x1x1xi32>) -> tensor<*xi32> {
  // expected-error @below {{number of channels 6 is no multiple of 4}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.depth_to_space %x {blocksize = 2 : i64, mode = "DCR"} : tensor<1x6x1x1xi32> -> tensor<*xi32>
  return %0 : tensor<*xi32>
}

// -----

func.func @blocksize(%x: tensor<1x6x1x1xi32>) -> tensor<*xi32> {
  // expected-error @below {{blocksize must be positive, got 0}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.space_to_depth %x {blocksize = 0 : i64} : tensor<1x6x1x1xi32> -> tensor<*xi32>
  return %0 : tensor<*xi32>
}

// -----

func.func @rank(%x: tensor<6x1x1xi32>) -> tensor<*xi32> {
  // expected-error @below {{expects an input of rank 4, got 'tensor<6x1x1xi32>'}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.space_to_depth %x {blocksize = 1 : i64} : tensor<6x1x1xi32> -> tensor<*xi32>
  return %0 : tensor<*xi32>
}

// -----

func.func @height(%x: tensor<1x6x3x2xi32>) -> tensor<*xi32> {
  // expected-error @below {{height 3 is no multiple of 2}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.space_to_depth %x {blocksize = 2 : i64} : tensor<1x6x3x2xi32> -> tensor<*xi32>
  return %0 : tensor<*xi32>
}

// -----

func.func @space_to_depth_mode(%x: tensor<1x1x2x2xi32>) {
  // expected-error @below {{mode must be DCR or CRD, got ABC}}
  %0 = graph.space_to_depth %x {blocksize = 2 : i64, mode = "ABC"} : tensor<1x1x2x2xi32> -> tensor<1x4x1x1xi32>
  return
}
