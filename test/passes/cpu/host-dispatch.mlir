// RUN: atrous-opt %s -split-input-file -atrous-lower-host -verify-diagnostics | FileCheck %s

// The sizes of the inputs tell which function runs: the first one that fits.
// CHECK: llvm.func internal @main(
// CHECK: llvm.func internal @main_hint_1(
// CHECK: llvm.func internal @main_hint_2(
// CHECK: llvm.func hidden @atrous_main(
// CHECK-SAME: %[[EXEC:[a-z0-9]*]]: !llvm.ptr, %[[IN:[a-z0-9]*]]: !llvm.ptr, %[[OUT:[a-z0-9]*]]: !llvm.ptr, %[[ARENA:[a-z0-9]*]]: !llvm.ptr, %[[CONSTANTS:[a-z0-9]*]]: !llvm.ptr) -> i32
// CHECK: %[[TRUE:.*]] = llvm.mlir.constant(true) : i1
// CHECK: %[[PLACE:.*]] = llvm.getelementptr %[[IN]][8]
// CHECK: %[[SHAPE:.*]] = llvm.load %[[PLACE]] : !llvm.ptr -> !llvm.ptr
// CHECK: %[[EIGHT:.*]] = llvm.mlir.constant(8 : i64) : i64
// CHECK: %[[PLACE:.*]] = llvm.getelementptr %[[SHAPE]][8]
// CHECK: %[[H:.*]] = llvm.load %[[PLACE]] : !llvm.ptr -> i64
// CHECK: %[[SAME:.*]] = llvm.icmp "eq" %[[H]], %[[EIGHT]] : i64
// CHECK: %[[FITS:.*]] = llvm.and %[[TRUE]], %[[SAME]]
// CHECK: %[[NINE:.*]] = llvm.mlir.constant(9 : i64) : i64
// CHECK: %[[PLACE:.*]] = llvm.getelementptr %[[SHAPE]][16]
// CHECK: %[[W:.*]] = llvm.load %[[PLACE]] : !llvm.ptr -> i64
// CHECK: %[[SAME:.*]] = llvm.icmp "eq" %[[W]], %[[NINE]] : i64
// CHECK: %[[ALL:.*]] = llvm.and %[[FITS]], %[[SAME]]
// CHECK: llvm.cond_br %[[ALL]], ^[[FIRST:.*]], ^[[NEXT:bb[0-9]*]]
// CHECK: ^[[FIRST]]:
// CHECK: %[[STATUS:.*]] = llvm.call @main_hint_1(%[[EXEC]], %[[IN]], %[[OUT]], %[[ARENA]], %[[CONSTANTS]])
// CHECK: llvm.return %[[STATUS]] : i32
// The second input has a size that the hint leaves open.
// CHECK: ^[[NEXT]]:
// CHECK: llvm.getelementptr %[[IN]][32]
// CHECK: llvm.icmp "eq"
// CHECK-NOT: llvm.icmp
// CHECK: llvm.cond_br %{{.*}}, ^[[SECOND:.*]], ^[[ELSE:bb[0-9]*]]
// CHECK: ^[[SECOND]]:
// CHECK: llvm.call @main_hint_2(
// CHECK: ^[[ELSE]]:
// CHECK: llvm.call @main(
func.func @main(%x: memref<1x?x?xf32>, %y: memref<?x?xf32>) {
  return
}
func.func @main_hint_1(%x: memref<1x8x9xf32>, %y: memref<?x?xf32>) attributes {graph.hint = "x:1x8x9"} {
  return
}
func.func @main_hint_2(%x: memref<1x?x?xf32>, %y: memref<4x?xf32>) attributes {graph.hint = "y:4"} {
  return
}

// -----

// An output that the caller knows no size of gets a block and its sizes; the
// other one comes with its memory.
// CHECK: llvm.func internal @main_hint_1(%[[EXEC:[a-z0-9]*]]: !llvm.ptr, %[[IN:[a-z0-9]*]]: !llvm.ptr, %[[OUT:[a-z0-9]*]]: !llvm.ptr,
// CHECK: %[[PLACE:.*]] = llvm.getelementptr %[[EXEC]][24]
// CHECK: %[[ALLOCATE:.*]] = llvm.load %[[PLACE]]
// CHECK: %[[BLOCK:.*]] = llvm.call %[[ALLOCATE]](%[[EXEC]],
// CHECK: llvm.cond_br
// CHECK: llvm.store %[[BLOCK]], %[[OUT]]
// CHECK: %[[PLACE:.*]] = llvm.getelementptr %[[OUT]][8]
// CHECK: %[[SHAPE:.*]] = llvm.load %[[PLACE]]
// CHECK: %[[SIX:.*]] = llvm.mlir.constant(6 : i64)
// CHECK: llvm.store %[[SIX]], %[[SHAPE]]
// CHECK: %[[PLACE:.*]] = llvm.getelementptr %[[OUT]][24]
// CHECK: llvm.load %[[PLACE]]
// CHECK: "llvm.intr.memcpy"(%[[BLOCK]],
func.func @main(%x: memref<?xf32>, %b: memref<2xf32> {kernel.output}) -> (memref<?xf32> {kernel.output_number = 0 : i64}) {
  return %x : memref<?xf32>
}
func.func @main_hint_1(%x: memref<6xf32>, %a: memref<6xf32> {kernel.output}, %b: memref<2xf32> {kernel.output}) attributes {graph.hint = "x:6"} {
  memref.copy %x, %a : memref<6xf32> to memref<6xf32>
  return
}

// -----

// A result of a size that only the hint tells is the network's, too.
// CHECK: llvm.func internal @main_hint_1(%{{[a-z0-9]*}}: !llvm.ptr, %{{[a-z0-9]*}}: !llvm.ptr, %[[OUT:[a-z0-9]*]]: !llvm.ptr,
// CHECK: llvm.call @f
// CHECK: %[[BLOCK:[0-9]*]] = llvm.load
// CHECK-NOT: memcpy
// CHECK: llvm.store %[[BLOCK]], %[[OUT]]
// CHECK: llvm.func hidden @atrous_main(
func.func @main(%x: memref<?xf32>) -> (memref<?xf32> {kernel.output_number = 0 : i64}) {
  %r = kernel.extern "f" ins(%x : memref<?xf32>) arguments [] -> memref<?xf32>
  return %r : memref<?xf32>
}
func.func @main_hint_1(%x: memref<6xf32>) -> (memref<6xf32> {kernel.output_number = 0 : i64}) attributes {graph.hint = "x:6"} {
  %r = kernel.extern "f" ins(%x : memref<6xf32>) arguments [] -> memref<6xf32>
  return %r : memref<6xf32>
}

// -----

func.func @main(%x: memref<?xf32>, %a: memref<6xf32> {kernel.output}) {
  return
}
// expected-error @+1 {{makes output 0, which the caller gives memory for}}
func.func @main_hint_1(%x: memref<6xf32>) -> (memref<?xf32> {kernel.output_number = 0 : i64}) attributes {graph.hint = "x:6"} {
  %r = kernel.extern "f" ins(%x : memref<6xf32>) arguments [] -> memref<?xf32>
  return %r : memref<?xf32>
}

// -----

func.func @main(%x: memref<?xf32>) {
  return
}
// expected-error @+1 {{is a second host function without 'graph.hint'}}
func.func @other(%x: memref<?xf32>) {
  return
}
