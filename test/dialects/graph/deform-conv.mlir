// RUN: atrous-opt %s --split-input-file --verify-diagnostics | FileCheck %s
// RUN: atrous-opt %s --atrous-lower-graph --split-input-file --verify-diagnostics | FileCheck %s --check-prefix=LOWER

// Two steps: four corners of each tap, then a contraction in groups.
// CHECK-LABEL: @groups
// LOWER-LABEL: @groups
func.func @groups(%x: tensor<1x4x6x6xf32>, %w: tensor<6x2x3x3xf32>, %o: tensor<1x36x4x4xf32>, %b: tensor<6xf32>, %m: tensor<1x18x4x4xf32>) -> tensor<1x6x4x4xf32> {
  // CHECK: graph.deform_conv %{{.*}}, %{{.*}}, %{{.*}} bias %{{.*}} : tensor<6xf32> mask %{{.*}} : tensor<1x18x4x4xf32>
  // LOWER: linalg.generic {{.*}} outs(%{{.*}} : tensor<1x4x3x3x4x4xf32>)
  // LOWER-COUNT-2: arith.select
  // LOWER: linalg.generic {{.*}} ins(%{{.*}}, %{{.*}} : tensor<1x2x2x3x3x4x4xf32>, tensor<2x3x2x3x3xf32>)
  %0 = graph.deform_conv %x, %w, %o bias %b : tensor<6xf32> mask %m : tensor<1x18x4x4xf32> {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 2 : i64, offset_group = 2 : i64} : tensor<1x4x6x6xf32>, tensor<6x2x3x3xf32>, tensor<1x36x4x4xf32> -> tensor<1x6x4x4xf32>
  return %0 : tensor<1x6x4x4xf32>
}

// -----

func.func @group(%x: tensor<1x4x6x6xf32>, %w: tensor<6x4x3x3xf32>, %o: tensor<1x18x4x4xf32>) {
  // expected-error @below {{group 0 is not positive}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.deform_conv %x, %w, %o {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 0 : i64, offset_group = 1 : i64} : tensor<1x4x6x6xf32>, tensor<6x4x3x3xf32>, tensor<1x18x4x4xf32> -> tensor<1x6x4x4xf32>
  return
}

// -----

func.func @offset_group(%x: tensor<1x4x6x6xf32>, %w: tensor<6x4x3x3xf32>, %o: tensor<1x18x4x4xf32>) {
  // expected-error @below {{offset_group 0 is not positive}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.deform_conv %x, %w, %o {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64, offset_group = 0 : i64} : tensor<1x4x6x6xf32>, tensor<6x4x3x3xf32>, tensor<1x18x4x4xf32> -> tensor<1x6x4x4xf32>
  return
}

// -----

func.func @offset_group_divides(%x: tensor<1x4x6x6xf32>, %w: tensor<6x4x3x3xf32>, %o: tensor<1x18x4x4xf32>) {
  // expected-error @below {{offset_group 3 does not divide 4 input channels}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.deform_conv %x, %w, %o {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64, offset_group = 3 : i64} : tensor<1x4x6x6xf32>, tensor<6x4x3x3xf32>, tensor<1x18x4x4xf32> -> tensor<1x6x4x4xf32>
  return
}

// -----

func.func @rank(%x: tensor<1x4x6xf32>, %w: tensor<6x4x3x3xf32>, %o: tensor<1x18x4x4xf32>) {
  // expected-error @below {{input of rank 3, weights of rank 4 and 2 strides do not describe one convolution}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.deform_conv %x, %w, %o {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64, offset_group = 1 : i64} : tensor<1x4x6xf32>, tensor<6x4x3x3xf32>, tensor<1x18x4x4xf32> -> tensor<1x6x4x4xf32>
  return
}

// -----

func.func @channels(%x: tensor<1x4x6x6xf32>, %w: tensor<6x3x3x3xf32>, %o: tensor<1x18x4x4xf32>) {
  // expected-error @below {{input has 4 channels, but weights [6, 3, 3, 3] with group 1 expect 3}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.deform_conv %x, %w, %o {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64, offset_group = 1 : i64} : tensor<1x4x6x6xf32>, tensor<6x3x3x3xf32>, tensor<1x18x4x4xf32> -> tensor<1x6x4x4xf32>
  return
}

// -----

func.func @empty(%x: tensor<1x4x0x6xf32>, %w: tensor<6x4x3x3xf32>, %o: tensor<1x18x4x4xf32>) {
  // expected-error @below {{input 1x4x0x6 has no elements to sample}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.deform_conv %x, %w, %o {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64, offset_group = 1 : i64} : tensor<1x4x0x6xf32>, tensor<6x4x3x3xf32>, tensor<1x18x4x4xf32> -> tensor<1x6x4x4xf32>
  return
}

// -----

func.func @offset(%x: tensor<1x4x6x6xf32>, %w: tensor<6x4x3x3xf32>, %o: tensor<1x17x4x4xf32>) {
  // expected-error @below {{expects offset of shape 1x18x4x4, got 1x17x4x4}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.deform_conv %x, %w, %o {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64, offset_group = 1 : i64} : tensor<1x4x6x6xf32>, tensor<6x4x3x3xf32>, tensor<1x17x4x4xf32> -> tensor<1x6x4x4xf32>
  return
}

// -----

func.func @mask(%x: tensor<1x4x6x6xf32>, %w: tensor<6x4x3x3xf32>, %o: tensor<1x18x4x4xf32>, %m: tensor<1x9x4x5xf32>) {
  // expected-error @below {{expects mask of shape 1x9x4x4, got 1x9x4x5}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.deform_conv %x, %w, %o mask %m : tensor<1x9x4x5xf32> {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64, offset_group = 1 : i64} : tensor<1x4x6x6xf32>, tensor<6x4x3x3xf32>, tensor<1x18x4x4xf32> -> tensor<1x6x4x4xf32>
  return
}

// -----

func.func @bias(%x: tensor<1x4x6x6xf32>, %w: tensor<6x4x3x3xf32>, %o: tensor<1x18x4x4xf32>, %b: tensor<5xf32>) {
  // expected-error @below {{bias [5] does not match 6 output channels}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.deform_conv %x, %w, %o bias %b : tensor<5xf32> {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64, offset_group = 1 : i64} : tensor<1x4x6x6xf32>, tensor<6x4x3x3xf32>, tensor<1x18x4x4xf32> -> tensor<1x6x4x4xf32>
  return
}

// -----

func.func @too_many(%x: tensor<1x?x6x6xf32>, %w: tensor<6x4x3x3xf32>, %o: tensor<1x18x4x4xf32>) {
  // expected-error @below {{offset_group 4611686018427387904 makes too many channels}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.deform_conv %x, %w, %o {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64, offset_group = 4611686018427387904 : i64} : tensor<1x?x6x6xf32>, tensor<6x4x3x3xf32>, tensor<1x18x4x4xf32> -> tensor<1x6x4x4xf32>
  return
}

// -----

func.func @types(%x: tensor<1x4x6x6xi32>, %w: tensor<6x4x3x3xi32>, %o: tensor<1x18x4x4xi32>) {
  // expected-error @below {{elements of type 'i32' cannot be convolved}}
  %0 = graph.deform_conv %x, %w, %o {strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, group = 1 : i64, offset_group = 1 : i64} : tensor<1x4x6x6xi32>, tensor<6x4x3x3xi32>, tensor<1x18x4x4xi32> -> tensor<1x6x4x4xi32>
  return
}
