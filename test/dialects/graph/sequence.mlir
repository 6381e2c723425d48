// RUN: atrous-opt %s --split-input-file --verify-diagnostics | FileCheck %s
// RUN: atrous-opt %s --split-input-file --verify-diagnostics --atrous-lower-graph | FileCheck %s --check-prefix=LOWER

// CHECK-LABEL: @positions
// LOWER-LABEL: @positions
func.func @positions(%a: tensor<2x3xf32>, %b: tensor<2x5xf32>, %c: tensor<4xf32>, %p: tensor<i64>) -> (tensor<2x?xf32>, tensor<?xf32>, tensor<3x?xi64>) {
  // CHECK: graph.sequence_construct {{.*}} -> (tensor<16xf32>, tensor<2x3xi64>)
  // LOWER: kernel.extern "atrous_sequence_construct" {{.*}} arguments [2]
  %0:2 = graph.sequence_construct %a, %b : (tensor<2x3xf32>, tensor<2x5xf32>) -> (tensor<16xf32>, tensor<2x3xi64>)
  // LOWER: kernel.extern "atrous_sequence_at" ins({{.*}}) arguments [] {{.*}} -> tensor<2x?xf32>
  %1 = graph.sequence_at %0#0, %0#1, %p : (tensor<16xf32>, tensor<2x3xi64>, tensor<i64>) -> tensor<2x?xf32>
  // A vector among matrices: no type says how wide the index is.
  // LOWER: kernel.extern "atrous_sequence_insert" {{.*}} arguments [1]
  %2:2 = graph.sequence_insert %0#0, %0#1, %c, %p : (tensor<16xf32>, tensor<2x3xi64>, tensor<4xf32>, tensor<i64>) -> (tensor<20xf32>, tensor<3x?xi64>)
  // LOWER: kernel.extern "atrous_sequence_erase" {{.*}} arguments [0]
  %3:2 = graph.sequence_erase %2#0, %2#1 : (tensor<20xf32>, tensor<3x?xi64>) -> (tensor<?xf32>, tensor<2x?xi64>)
  return %1, %3#0, %2#1 : tensor<2x?xf32>, tensor<?xf32>, tensor<3x?xi64>
}

// CHECK-LABEL: @parts
// LOWER-LABEL: @parts
func.func @parts(%x: tensor<2x9xf32>, %s: tensor<3xi64>) -> (tensor<2x?xf32>, tensor<2x9xf32>) {
  // LOWER: kernel.extern "atrous_sequence_split" {{.*}} arguments [1, 0, 1]
  %0:2 = graph.sequence_split %x, %s {axis = 1 : i64} : (tensor<2x9xf32>, tensor<3xi64>) -> (tensor<18xf32>, tensor<3x3xi64>)
  // LOWER: kernel.extern "atrous_sequence_concat" {{.*}} arguments [1, 0]
  %1 = graph.sequence_concat %0#0, %0#1 {axis = 1 : i64} : (tensor<18xf32>, tensor<3x3xi64>) -> tensor<2x?xf32>
  // CHECK: graph.sequence_split {{.*}} {axis = 0 : i64, squeeze}
  // LOWER: kernel.extern "atrous_sequence_split" {{.*}} arguments [0, 1, 0]
  %2:2 = graph.sequence_split %x {axis = 0 : i64, squeeze} : (tensor<2x9xf32>) -> (tensor<18xf32>, tensor<2x2xi64>)
  // CHECK: graph.sequence_concat {{.*}} {axis = 0 : i64, new_axis}
  // LOWER: kernel.extern "atrous_sequence_concat" {{.*}} arguments [0, 1]
  %3 = graph.sequence_concat %2#0, %2#1 {axis = 0 : i64, new_axis} : (tensor<18xf32>, tensor<2x2xi64>) -> tensor<2x9xf32>
  return %1, %3 : tensor<2x?xf32>, tensor<2x9xf32>
}

// CHECK-LABEL: @check
// LOWER-LABEL: @check
func.func @check(%c: i1, %x: tensor<2xf32>) -> tensor<2xf32> {
  // CHECK: graph.check %{{.*}}, "has no element"
  // LOWER: cf.assert %{{.*}}, "has no element"
  graph.check %c, "has no element"
  return %x : tensor<2xf32>
}

// What there is not yet has no elements; a scalar is 0.
// LOWER-LABEL: @nothing
func.func @nothing() -> (tensor<0x?xi64>, tensor<f32>) {
  // LOWER: tensor.empty(%{{.*}}) : tensor<0x?xi64>
  %0 = graph.empty_scan : tensor<0x?xi64>
  // LOWER: arith.constant dense<0.0
  %1 = graph.empty_scan : tensor<f32>
  return %0, %1 : tensor<0x?xi64>, tensor<f32>
}

// -----

func.func @types(%a: tensor<2xf32>, %b: tensor<2xf64>) {
  // expected-error @below {{inputs have different element types}}
  // expected-error @below {{failed to infer returned types}}
  %0:2 = graph.sequence_construct %a, %b : (tensor<2xf32>, tensor<2xf64>) -> (tensor<4xf32>, tensor<2x2xi64>)
  return
}

// -----

func.func @nothing_to_construct() {
  // expected-error @below {{expects at least one input}}
  // expected-error @below {{failed to infer returned types}}
  %0:2 = graph.sequence_construct : () -> (tensor<0xf32>, tensor<0x2xi64>)
  return
}

// -----

func.func @inserted_type(%d: tensor<4xf32>, %i: tensor<2x2xi64>, %b: tensor<2xf64>) {
  // expected-error @below {{inserts elements of type 'f64' into a sequence of 'f32'}}
  // expected-error @below {{failed to infer returned types}}
  %0:2 = graph.sequence_insert %d, %i, %b : (tensor<4xf32>, tensor<2x2xi64>, tensor<2xf64>) -> (tensor<6xf32>, tensor<3x2xi64>)
  return
}

// -----

func.func @index_type(%d: tensor<4xf32>, %i: tensor<2x2xi32>) {
  // expected-error @below {{index must be i64, got 'i32'}}
  // expected-error @below {{failed to infer returned types}}
  %0:2 = graph.sequence_erase %d, %i : (tensor<4xf32>, tensor<2x2xi32>) -> (tensor<?xf32>, tensor<1x2xi64>)
  return
}

// -----

func.func @ranks(%d: tensor<2x2xf32>, %i: tensor<2x2xi64>, %p: tensor<i64>) {
  // expected-error @below {{data must have rank 1, got 2x2}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.sequence_at %d, %i, %p : (tensor<2x2xf32>, tensor<2x2xi64>, tensor<i64>) -> tensor<?xf32>
  return
}

// -----

func.func @position_type(%d: tensor<4xf32>, %i: tensor<2x2xi64>, %p: tensor<f32>) {
  // expected-error @below {{position must be i32 or i64, got 'f32'}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.sequence_at %d, %i, %p : (tensor<4xf32>, tensor<2x2xi64>, tensor<f32>) -> tensor<?xf32>
  return
}

// -----

func.func @positions(%d: tensor<4xf32>, %i: tensor<2x2xi64>, %p: tensor<2xi64>) {
  // expected-error @below {{position must have one element, got 2}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.sequence_at %d, %i, %p : (tensor<4xf32>, tensor<2x2xi64>, tensor<2xi64>) -> tensor<?xf32>
  return
}

// -----

func.func @erase_nothing(%d: tensor<0xf32>, %i: tensor<0x2xi64>) {
  // expected-error @below {{erases from an empty sequence}}
  // expected-error @below {{failed to infer returned types}}
  %0:2 = graph.sequence_erase %d, %i : (tensor<0xf32>, tensor<0x2xi64>) -> (tensor<?xf32>, tensor<?x2xi64>)
  return
}

// -----

func.func @concat_axis(%d: tensor<4xf32>, %i: tensor<2x2xi64>) {
  // expected-error @below {{concat axis 1 is out of range for rank 1}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.sequence_concat %d, %i {axis = 1 : i64} : (tensor<4xf32>, tensor<2x2xi64>) -> tensor<?xf32>
  return
}

// -----

func.func @split_axis(%x: tensor<2x9xf32>) {
  // expected-error @below {{axis 2 is out of range for rank 2}}
  // expected-error @below {{failed to infer returned types}}
  %0:2 = graph.sequence_split %x {axis = 2 : i64} : (tensor<2x9xf32>) -> (tensor<18xf32>, tensor<?x3xi64>)
  return
}

// -----

func.func @split_rank(%x: tensor<2x9xf32>, %s: tensor<1x2xi64>) {
  // expected-error @below {{split must have rank 0 or 1, got 2}}
  // expected-error @below {{failed to infer returned types}}
  %0:2 = graph.sequence_split %x, %s {axis = 1 : i64} : (tensor<2x9xf32>, tensor<1x2xi64>) -> (tensor<18xf32>, tensor<?x3xi64>)
  return
}

// -----

func.func @split_and_squeeze(%x: tensor<2x9xf32>, %s: tensor<2xi64>) {
  // expected-error @below {{squeezes parts that have sizes}}
  // expected-error @below {{failed to infer returned types}}
  %0:2 = graph.sequence_split %x, %s {axis = 1 : i64, squeeze} : (tensor<2x9xf32>, tensor<2xi64>) -> (tensor<18xf32>, tensor<?x2xi64>)
  return
}
