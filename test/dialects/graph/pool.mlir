// RUN: atrous-opt %s --split-input-file --verify-diagnostics | FileCheck %s
// RUN: atrous-opt %s --atrous-lower-graph --split-input-file --verify-diagnostics | FileCheck %s --check-prefix=LOWER

// CHECK-LABEL: @with_indices
// LOWER-LABEL: @with_indices
func.func @with_indices(%x: tensor<1x4x9x9xf32>) -> (tensor<1x4x5x5xf32>, tensor<1x4x5x5xi64>) {
  // CHECK: graph.max_pool %{{.*}} {ceil_mode, {{.*}}, with_indices}
  // Padding never wins, the first of equal elements stays.
  // LOWER: linalg.generic {{.*}} outs(%{{.*}}, %{{.*}} : tensor<1x4x5x5xf32>, tensor<1x4x5x5xi64>)
  // LOWER: %[[BETTER:.*]] = arith.cmpf ogt
  // LOWER: %[[FIRST:.*]] = arith.cmpi slt
  // LOWER: arith.ori %[[BETTER]], %[[FIRST]]
  %0, %1 = graph.max_pool %x {kernel_shape = array<i64: 3, 3>, strides = array<i64: 2, 2>, dilations = array<i64: 1, 1>, pads = array<i64: 1, 1, 0, 0>, ceil_mode, with_indices} : (tensor<1x4x9x9xf32>) -> (tensor<1x4x5x5xf32>, tensor<1x4x5x5xi64>)
  return %0, %1 : tensor<1x4x5x5xf32>, tensor<1x4x5x5xi64>
}

// -----

#blocked = #graph.tensor<inner_dims = [1], inner_tiles = [4]>

// Without padding the input is an operand.
// LOWER: [[$IN:#map[0-9]*]] = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1, d2 * 2 + d5, d3 * 2 + d6, d4)>
// LOWER-LABEL: @blocked
func.func @blocked(%x: tensor<1x6x9x9xf32, #blocked>) -> tensor<1x6x4x4xf32, #blocked> {
  // LOWER: linalg.generic {indexing_maps = {{\[}}[[$IN]],
  // LOWER: %[[TAKE:.*]] = arith.cmpf ogt, %[[ACC:.*]], %[[X:.*]] : f32
  // LOWER: arith.select %[[TAKE]], %[[ACC]], %[[X]]
  %0 = graph.max_pool %x {kernel_shape = array<i64: 3, 3>, strides = array<i64: 2, 2>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>} : (tensor<1x6x9x9xf32, #blocked>) -> tensor<1x6x4x4xf32, #blocked>
  return %0 : tensor<1x6x4x4xf32, #blocked>
}

// With padding it is read at clamped indices, which only repeats elements.
// LOWER-LABEL: @padded
func.func @padded(%x: tensor<1x6x9x9xf32, #blocked>) -> tensor<1x6x5x5xf32, #blocked> {
  // LOWER: arith.minsi
  // LOWER: arith.maxsi
  // LOWER: tensor.extract
  // LOWER-NEXT: arith.cmpf ogt
  %0 = graph.max_pool %x {kernel_shape = array<i64: 3, 3>, strides = array<i64: 2, 2>, dilations = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>} : (tensor<1x6x9x9xf32, #blocked>) -> tensor<1x6x5x5xf32, #blocked>
  return %0 : tensor<1x6x5x5xf32, #blocked>
}

// The mean of a window that lies inside divides by a constant.
// CHECK-LABEL: @average
// LOWER-LABEL: @average
func.func @average(%x: tensor<1x4x9x9xf32>) -> tensor<1x4x4x4xf32> {
  // CHECK: graph.average_pool %{{.*}} {count_include_pad,
  // LOWER: arith.addf
  // LOWER: %[[COUNT:.*]] = arith.constant 9.000000e+00 : f32
  // LOWER: arith.divf %{{.*}}, %[[COUNT]]
  %0 = graph.average_pool %x {kernel_shape = array<i64: 3, 3>, strides = array<i64: 2, 2>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, count_include_pad} : (tensor<1x4x9x9xf32>) -> tensor<1x4x4x4xf32>
  return %0 : tensor<1x4x4x4xf32>
}

// -----

func.func @lengths(%x: tensor<1x4x9x9xf32>) {
  // expected-error @below {{kernel_shape [3] and strides [2, 2] differ in length}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.max_pool %x {kernel_shape = array<i64: 3>, strides = array<i64: 2, 2>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>} : (tensor<1x4x9x9xf32>) -> tensor<1x4x4x4xf32>
  return
}

// -----

func.func @rank(%x: tensor<1x4x9xf32>) {
  // expected-error @below {{input has rank 3, but kernel_shape [3, 3] expects 4}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.max_pool %x {kernel_shape = array<i64: 3, 3>, strides = array<i64: 2, 2>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>} : (tensor<1x4x9xf32>) -> tensor<1x4x4x4xf32>
  return
}

// -----

func.func @pads(%x: tensor<1x4x9x9xf32>) {
  // expected-error @below {{pads [3, 0, 0, 0] must be smaller than the window [3, 3]}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.max_pool %x {kernel_shape = array<i64: 3, 3>, strides = array<i64: 2, 2>, dilations = array<i64: 1, 1>, pads = array<i64: 3, 0, 0, 0>} : (tensor<1x4x9x9xf32>) -> tensor<1x4x4x4xf32>
  return
}

// -----

func.func @storage_order(%x: tensor<1x4x9x9xf32>) {
  // expected-error @below {{storage_order 2 is neither 0 nor 1}}
  %0 = graph.max_pool %x {kernel_shape = array<i64: 3, 3>, strides = array<i64: 2, 2>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, storage_order = 2 : i64} : (tensor<1x4x9x9xf32>) -> tensor<1x4x4x4xf32>
  return
}

// -----

func.func @booleans(%x: tensor<1x4x9x9xi1>) {
  // expected-error @below {{booleans have no maximum}}
  %0 = graph.max_pool %x {kernel_shape = array<i64: 3, 3>, strides = array<i64: 2, 2>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>} : (tensor<1x4x9x9xi1>) -> tensor<1x4x4x4xi1>
  return
}

// -----

func.func @integers(%x: tensor<1x4x9x9xi32>) {
  // expected-error @below {{elements of type 'i32' have no mean}}
  %0 = graph.average_pool %x {kernel_shape = array<i64: 3, 3>, strides = array<i64: 2, 2>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>} : (tensor<1x4x9x9xi32>) -> tensor<1x4x4x4xi32>
  return
}

// -----

// A root of sums of squares; narrow floats are summed in f32.
// LOWER-LABEL: @norm
func.func @norm(%x: tensor<1x4x9x9xf16>) -> tensor<1x4x4x4xf16> {
  // LOWER: %[[X:.*]] = arith.extf
  // LOWER: arith.mulf %[[X]], %[[X]] : f32
  // LOWER: math.sqrt
  // LOWER: arith.truncf
  %0 = graph.lp_pool %x {kernel_shape = array<i64: 3, 3>, strides = array<i64: 2, 2>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, p = 2 : i64} : (tensor<1x4x9x9xf16>) -> tensor<1x4x4x4xf16>
  return %0 : tensor<1x4x4x4xf16>
}

// -----

func.func @norm_of_integers(%x: tensor<1x4x9x9xi32>) {
  // expected-error @below {{elements of type 'i32' have no norm}}
  %0 = graph.lp_pool %x {kernel_shape = array<i64: 3, 3>, strides = array<i64: 2, 2>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, p = 2 : i64} : (tensor<1x4x9x9xi32>) -> tensor<1x4x4x4xi32>
  return
}

// -----

func.func @exponent(%x: tensor<1x4x9x9xf32>) {
  // expected-error @below {{p 0 is not positive}}
  %0 = graph.lp_pool %x {kernel_shape = array<i64: 3, 3>, strides = array<i64: 2, 2>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, p = 0 : i64} : (tensor<1x4x9x9xf32>) -> tensor<1x4x4x4xf32>
  return
}
