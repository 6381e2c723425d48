// RUN: atrous-opt %s -split-input-file -atrous-lower-host -verify-diagnostics | FileCheck %s

// CHECK-DAG: llvm.mlir.global private constant @[[NODE:.*]]("Unpool_1\00")
// CHECK-DAG: llvm.mlir.global private constant @[[SHAPE:.*]](dense<[4, 8]> : tensor<2xi64>)
// CHECK-DAG: llvm.mlir.global private constant @[[ARGUMENTS:.*]](dense<[7, 9]> : tensor<2xi64>)
// CHECK-DAG: llvm.func @runtime_function(!llvm.ptr, !llvm.ptr, !llvm.ptr, !llvm.ptr) -> i32

// CHECK: llvm.func hidden @k__task(%[[BUFFERS:.*]]: !llvm.ptr, %[[BEGIN:.*]]: i64, %[[END:.*]]: i64)
// CHECK: %[[X:.*]] = llvm.load %[[BUFFERS]]
// CHECK: %[[SECOND:.*]] = llvm.getelementptr %[[BUFFERS]][8]
// CHECK: %[[Y:.*]] = llvm.load %[[SECOND]]
// CHECK: llvm.call @k(%[[X]], %[[Y]], %[[BEGIN]], %[[END]])
llvm.func @k(%x: !llvm.ptr, %y: !llvm.ptr, %begin: i64, %end: i64)
    attributes {kernel.tasks = 32 : i64, kernel.work = 1000000 : i64} {
  llvm.return
}
llvm.func @small(%x: !llvm.ptr, %begin: i64, %end: i64)
    attributes {kernel.tasks = 32 : i64, kernel.work = 100 : i64} {
  llvm.return
}
llvm.func @nothing(%x: !llvm.ptr, %begin: i64, %end: i64)
    attributes {kernel.tasks = 0 : i64, kernel.work = 0 : i64} {
  llvm.return
}

// CHECK: llvm.func hidden @atrous_main(%[[EXEC:.*]]: !llvm.ptr, %[[IN:.*]]: !llvm.ptr, %[[OUT:.*]]: !llvm.ptr, %[[ARENA:.*]]: !llvm.ptr, %[[CONSTANTS:.*]]: !llvm.ptr) -> i32
func.func @main(%x: memref<4x8xf32>, %y: memref<4x8xf32> {kernel.output}, %arena: memref<4096xi8> {kernel.arena}) {
  // CHECK: %[[SLOTS:.*]] = llvm.alloca %{{.*}} x !llvm.ptr
  // CHECK: %[[BUFFERS:.*]] = llvm.alloca %{{.*}} x i8 {alignment = 8
  // CHECK: %[[INPUT:.*]] = llvm.load %[[IN]]
  // CHECK: %[[OUTPUT:.*]] = llvm.load %[[OUT]]
  %c64 = arith.constant 64 : index
  // CHECK: %[[VIEW:.*]] = llvm.getelementptr %[[ARENA]][64]
  %t = memref.view %arena[%c64][] : memref<4096xi8> to memref<4x8xf32>
  %s = memref.subview %t[2, 0] [2, 8] [1, 1] : memref<4x8xf32> to memref<2x8xf32, strided<[8, 1], offset: 16>>

  // CHECK: llvm.store %[[INPUT]], %[[SLOTS]]
  // CHECK: llvm.store %[[VIEW]],
  // CHECK: %[[PLACE:.*]] = llvm.getelementptr %[[EXEC]][8]
  // CHECK: %[[FOR:.*]] = llvm.load %[[PLACE]]
  // CHECK: %[[TASK:.*]] = llvm.mlir.addressof @k__task
  // CHECK: llvm.call %[[FOR]](%[[EXEC]], %[[TASK]], %[[SLOTS]], %{{.*}})
  kernel.launch @k ins(%x : memref<4x8xf32>) outs(%t : memref<4x8xf32>)

  // too small to share; the slice starts 64 bytes into its buffer
  // CHECK: %[[SLICE:.*]] = llvm.getelementptr %[[VIEW]][64]
  // CHECK: llvm.store %[[SLICE]], %[[SLOTS]]
  // CHECK: llvm.call @small__task(%[[SLOTS]],
  kernel.launch @small ins() outs(%s : memref<2x8xf32, strided<[8, 1], offset: 16>>)

  // CHECK-NOT: @nothing__task
  kernel.launch @nothing ins() outs(%t : memref<4x8xf32>)

  // data, shape, then rank (2) and element type (1)
  // CHECK: llvm.store %[[VIEW]], %[[BUFFERS]]
  // CHECK: %[[SIZES:.*]] = llvm.mlir.addressof @[[SHAPE]]
  // CHECK: %[[PLACE:.*]] = llvm.getelementptr %[[BUFFERS]][8]
  // CHECK: llvm.store %[[SIZES]], %[[PLACE]]
  // CHECK: %[[KIND:.*]] = llvm.mlir.constant(4294967298 : i64)
  // CHECK: llvm.store %[[KIND]],
  // CHECK: %[[PLACE:.*]] = llvm.getelementptr %[[BUFFERS]][24]
  // CHECK: llvm.store %[[OUTPUT]], %[[PLACE]]
  // CHECK: %[[STATUS:.*]] = llvm.call @runtime_function(%[[EXEC]], %[[BUFFERS]],
  // CHECK: llvm.cond_br %{{.*}}, ^[[EXIT:.*]](%[[STATUS]] : i32), ^
  kernel.extern "runtime_function" ins(%t : memref<4x8xf32>) outs(%y : memref<4x8xf32>) arguments [7, 9] loc("Unpool_1")

  // CHECK: llvm.intr.memcpy
  memref.copy %t, %y : memref<4x8xf32> to memref<4x8xf32>
  return
}

// -----

llvm.func @k()
func.func @main(%x: memref<4xf32> {kernel.output}) {
  // expected-error @+1 {{cannot be lowered in the host function}}
  %a = memref.alloc() : memref<4xf32>
  return
}

// -----

func.func @main(%x: memref<64xi8> {kernel.arena}, %i: index) {
  // expected-error @+1 {{view of the arena is not at a constant offset}}
  %a = memref.view %x[%i][] : memref<64xi8> to memref<4xf32>
  return
}

// -----

func.func @main(%x: memref<4x8xf32> {kernel.output}) {
  %a = memref.subview %x[0, 0] [4, 2] [1, 1] : memref<4x8xf32> to memref<4x2xf32, strided<[8, 1]>>
  %b = memref.subview %x[0, 2] [4, 2] [1, 1] : memref<4x8xf32> to memref<4x2xf32, strided<[8, 1], offset: 2>>
  // expected-error @+1 {{copies between strided buffers need a kernel}}
  memref.copy %a, %b : memref<4x2xf32, strided<[8, 1]>> to memref<4x2xf32, strided<[8, 1], offset: 2>>
  return
}

// -----

func.func @main(%x: memref<?xf32, strided<[1], offset: ?>> {kernel.output}) {
  // expected-error @+1 {{operand of type 'memref<?xf32, strided<[1], offset: ?>>' has no static place in a buffer}}
  kernel.extern "f" ins() outs(%x : memref<?xf32, strided<[1], offset: ?>>) arguments []
  return
}

// -----

kernel.def @k(%x: memref<4xf32>) {
  kernel.yield
}
func.func @main(%x: memref<4xf32> {kernel.output}) {
  // expected-error @+1 {{kernel @k has not been lowered}}
  kernel.launch @k ins() outs(%x : memref<4xf32>)
  return
}

// -----

// expected-error @+1 {{expects one host function, got 0}}
module {
}

// -----

// expected-error @+1 {{host function branches}}
func.func @main(%x: memref<4xf32> {kernel.output}) {
  cf.br ^next
^next:
  return
}

// -----

// The offset of a weight beyond what an index inside of the op can say.
// CHECK: llvm.func hidden @atrous_main(
// CHECK-SAME: %[[CONSTANTS:[a-z0-9]*]]: !llvm.ptr) -> i32
llvm.func @far(%x: !llvm.ptr, %begin: i64, %end: i64)
    attributes {kernel.tasks = 1 : i64, kernel.work = 1 : i64} {
  llvm.return
}
func.func @main(%constants: memref<700000000xi8> {kernel.constants}) {
  // CHECK: %[[FAR:.*]] = llvm.mlir.constant(600000000 : i64)
  // CHECK: llvm.getelementptr %[[CONSTANTS]][%[[FAR]]]
  %offset = arith.constant 600000000 : index
  %w = memref.view %constants[%offset][] : memref<700000000xi8> to memref<16xf32>
  kernel.launch @far ins(%w : memref<16xf32>)
  return
}
