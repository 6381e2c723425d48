// RUN: atrous-opt %s --split-input-file --verify-diagnostics | FileCheck %s
// RUN: atrous-opt %s --atrous-lower-graph --split-input-file --verify-diagnostics | FileCheck %s --check-prefix=LOWER

// Two taps along each dimension; one outside counts 0.
// CHECK-LABEL: @linear
// LOWER-LABEL: @linear
func.func @linear(%x: tensor<1x1x4x5xf32>, %g: tensor<1x3x3x2xf32>) -> tensor<1x1x3x3xf32> {
  // CHECK: graph.grid_sample
  // LOWER-COUNT-6: tensor.extract
  // LOWER-NOT: tensor.extract
  %0 = graph.grid_sample %x, %g {mode = "linear", padding_mode = "zeros"} : (tensor<1x1x4x5xf32>, tensor<1x3x3x2xf32>) -> tensor<1x1x3x3xf32>
  return %0 : tensor<1x1x3x3xf32>
}

// The nearest element is copied, whatever its type.
// LOWER-LABEL: @nearest
func.func @nearest(%x: tensor<1x1x4x5xui8>, %g: tensor<1x3x3x2xf32>) -> tensor<1x1x3x3xui8> {
  // LOWER: math.roundeven
  // LOWER: tensor.extract %{{.*}} : tensor<1x1x4x5xi8>
  %0 = graph.grid_sample %x, %g {mode = "nearest", padding_mode = "border"} : (tensor<1x1x4x5xui8>, tensor<1x3x3x2xf32>) -> tensor<1x1x3x3xui8>
  return %0 : tensor<1x1x3x3xui8>
}

// -----

func.func @ranks(%x: tensor<1x1x4x5xf32>, %g: tensor<1x3x2xf32>) {
  // expected-error @below {{input 1x1x4x5 does not go with the grid 1x3x2}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.grid_sample %x, %g {mode = "linear", padding_mode = "zeros"} : (tensor<1x1x4x5xf32>, tensor<1x3x2xf32>) -> tensor<1x1x3x3xf32>
  return
}

// -----

func.func @coordinates(%x: tensor<1x1x4x5xf32>, %g: tensor<1x3x3x3xf32>) {
  // expected-error @below {{input 1x1x4x5 does not go with the grid 1x3x3x3}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.grid_sample %x, %g {mode = "linear", padding_mode = "zeros"} : (tensor<1x1x4x5xf32>, tensor<1x3x3x3xf32>) -> tensor<1x1x3x3xf32>
  return
}

// -----

func.func @batch(%x: tensor<1x1x4x5xf32>, %g: tensor<2x3x3x2xf32>) {
  // expected-error @below {{input and grid have batches of 1 and 2}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.grid_sample %x, %g {mode = "linear", padding_mode = "zeros"} : (tensor<1x1x4x5xf32>, tensor<2x3x3x2xf32>) -> tensor<1x1x3x3xf32>
  return
}

// -----

func.func @empty(%x: tensor<1x1x0x5xf32>, %g: tensor<1x3x3x2xf32>) {
  // expected-error @below {{input 1x1x0x5 has no elements to sample}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.grid_sample %x, %g {mode = "linear", padding_mode = "zeros"} : (tensor<1x1x0x5xf32>, tensor<1x3x3x2xf32>) -> tensor<1x1x3x3xf32>
  return
}

// -----

func.func @mode(%x: tensor<1x1x4x5xf32>, %g: tensor<1x3x3x2xf32>) {
  // expected-error @below {{mode 'best' is unknown}}
  %0 = graph.grid_sample %x, %g {mode = "best", padding_mode = "zeros"} : (tensor<1x1x4x5xf32>, tensor<1x3x3x2xf32>) -> tensor<1x1x3x3xf32>
  return
}

// -----

func.func @padding(%x: tensor<1x1x4x5xf32>, %g: tensor<1x3x3x2xf32>) {
  // expected-error @below {{padding_mode 'best' is unknown}}
  %0 = graph.grid_sample %x, %g {mode = "linear", padding_mode = "best"} : (tensor<1x1x4x5xf32>, tensor<1x3x3x2xf32>) -> tensor<1x1x3x3xf32>
  return
}

// -----

func.func @grid_type(%x: tensor<1x1x4x5xf32>, %g: tensor<1x3x3x2xi32>) {
  // expected-error @below {{grid has element type 'i32', not a float}}
  %0 = graph.grid_sample %x, %g {mode = "linear", padding_mode = "zeros"} : (tensor<1x1x4x5xf32>, tensor<1x3x3x2xi32>) -> tensor<1x1x3x3xf32>
  return
}

// -----

func.func @boolean(%x: tensor<1x1x4x5xi1>, %g: tensor<1x3x3x2xf32>) {
  // expected-error @below {{booleans cannot be interpolated}}
  %0 = graph.grid_sample %x, %g {mode = "linear", padding_mode = "zeros"} : (tensor<1x1x4x5xi1>, tensor<1x3x3x2xf32>) -> tensor<1x1x3x3xi1>
  return
}
