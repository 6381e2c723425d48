// RUN: atrous-opt %s -split-input-file -atrous-lower-host -verify-diagnostics | FileCheck %s

// CHECK-DAG: llvm.mlir.global private constant @[[NODE:.*]]("Unpool_1\00")
// CHECK-DAG: llvm.mlir.global private constant @[[SHAPE:.*]](dense<[4, 8]> : tensor<2xi64>)
// CHECK-DAG: llvm.mlir.global private constant @[[ARGUMENTS:.*]](dense<[7, 9]> : tensor<2xi64>)
// CHECK-DAG: llvm.func @runtime_function(!llvm.ptr, !llvm.ptr, !llvm.ptr, !llvm.ptr) -> i32

// CHECK: llvm.func hidden @k__task(%[[BUFFERS:.*]]: !llvm.ptr, %[[BEGIN:.*]]: i64, %[[END:.*]]: i64, %{{.*}}: !llvm.ptr)
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
  // CHECK: %[[SLOTS:.*]] = llvm.alloca %{{.*}} x i8 {alignment = 8
  // CHECK: %[[BUFFERS:.*]] = llvm.alloca %{{.*}} x i8 {alignment = 8
  // CHECK: %[[INPUT:.*]] = llvm.load %[[IN]]
  // CHECK: %[[OUTPUT:.*]] = llvm.load %[[OUT]]
  %c64 = arith.constant 64 : index
  // CHECK: %[[VIEW:.*]] = llvm.getelementptr %[[ARENA]][64]
  %t = memref.view %arena[%c64][] : memref<4096xi8> to memref<4x8xf32>
  %s = memref.subview %t[2, 0] [2, 8] [1, 1] : memref<4x8xf32> to memref<2x8xf32, strided<[8, 1], offset: 16>>

  // CHECK: llvm.store %[[INPUT]], %[[SLOTS]]
  // CHECK: llvm.store %[[VIEW]],
  // CHECK: %[[TASK:.*]] = llvm.mlir.addressof @k__task
  // CHECK: %[[PLACE:.*]] = llvm.getelementptr %[[EXEC]][8]
  // CHECK: %[[FOR:.*]] = llvm.load %[[PLACE]]
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
  // CHECK: %[[SIZES:.*]] = llvm.mlir.addressof @[[SHAPE]]
  // CHECK: llvm.store %[[VIEW]], %[[BUFFERS]]
  // CHECK: %[[PLACE:.*]] = llvm.getelementptr %[[BUFFERS]][8]
  // CHECK: llvm.store %[[SIZES]], %[[PLACE]]
  // CHECK: %[[KIND:.*]] = llvm.mlir.constant(4294967298 : i64)
  // CHECK: llvm.store %[[KIND]],
  // CHECK: %[[PLACE:.*]] = llvm.getelementptr %[[BUFFERS]][24]
  // CHECK: llvm.store %[[OUTPUT]], %[[PLACE]]
  // CHECK: %[[NAME:.*]] = llvm.mlir.addressof @[[NODE]]
  // CHECK: %[[PLACE:.*]] = llvm.getelementptr %[[EXEC]][48]
  // CHECK: llvm.store %[[NAME]], %[[PLACE]]
  // CHECK: %[[NUMBERS:.*]] = llvm.mlir.addressof @[[ARGUMENTS]]
  // CHECK: %[[STATUS:.*]] = llvm.call @runtime_function(%[[EXEC]], %[[BUFFERS]], %[[NUMBERS]], %[[NAME]])
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

func.func @main(%x: memref<4x8xf32> {kernel.output}) {
  %a = memref.subview %x[0, 0] [4, 2] [1, 1] : memref<4x8xf32> to memref<4x2xf32, strided<[8, 1]>>
  %b = memref.subview %x[0, 2] [4, 2] [1, 1] : memref<4x8xf32> to memref<4x2xf32, strided<[8, 1], offset: 2>>
  // expected-error @+1 {{copies between strided buffers need a kernel}}
  memref.copy %a, %b : memref<4x2xf32, strided<[8, 1]>> to memref<4x2xf32, strided<[8, 1], offset: 2>>
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

// expected-error @+1 {{the module has no host function}}
module {
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

// -----

// Sizes of an input and of an output; a block of the heap.
// CHECK-DAG: llvm.mlir.global private constant @[[NODE:.*]]("Alloc_2\00")
// CHECK: llvm.func hidden @atrous_main(%[[EXEC:[a-z0-9]*]]: !llvm.ptr, %[[IN:[a-z0-9]*]]: !llvm.ptr, %[[OUT:[a-z0-9]*]]: !llvm.ptr,
func.func @main(%x: memref<?x4xf32>, %s: memref<4xf32> {kernel.output}) -> (memref<?x2xf32> {kernel.output_number = 0 : i64}) {
  // CHECK: %[[SIZES:.*]] = llvm.alloca
  // CHECK: %[[PLACE:.*]] = llvm.getelementptr %[[IN]][8]
  // CHECK: %[[SHAPE:.*]] = llvm.load %[[PLACE]]
  // CHECK: %[[N:.*]] = llvm.load %[[SHAPE]] : !llvm.ptr -> i64
  // The other output is the second one.
  // CHECK: llvm.getelementptr %[[OUT]][24]
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %n = memref.dim %x, %c0 : memref<?x4xf32>
  // CHECK: %[[TWICE:.*]] = llvm.mul %[[N]], %{{.*}} : i64
  %twice = arith.muli %n, %c2 : index
  // CHECK: %[[NAME:.*]] = llvm.mlir.addressof @[[NODE]]
  // CHECK: %[[PLACE:.*]] = llvm.getelementptr %[[EXEC]][48]
  // CHECK: llvm.store %[[NAME]], %[[PLACE]]
  // CHECK: llvm.store %[[TWICE]], %[[SIZES]]
  // CHECK: %[[RANK:.*]] = llvm.mlir.constant(2 : i32)
  // CHECK: %[[BYTES:.*]] = llvm.mlir.constant(4 : i64)
  // CHECK: %[[PLACE:.*]] = llvm.getelementptr %[[EXEC]][24]
  // CHECK: %[[ALLOCATE:.*]] = llvm.load %[[PLACE]]
  // CHECK: %[[BLOCK:.*]] = llvm.call %[[ALLOCATE]](%[[EXEC]], %[[SIZES]], %[[RANK]], %[[BYTES]])
  // CHECK: %[[IS_NULL:.*]] = llvm.icmp "eq" %[[BLOCK]], %{{.*}}
  // CHECK: %[[RESOURCE:.*]] = llvm.mlir.constant(4 : i32)
  // CHECK: llvm.cond_br %[[IS_NULL]], ^[[EXIT:.*]](%[[RESOURCE]] : i32), ^
  %m = kernel.alloc(%twice) : memref<?x2xf32> loc("Alloc_2")
  // CHECK: %[[PLACE:.*]] = llvm.getelementptr %[[EXEC]][32]
  // CHECK: %[[RETAIN:.*]] = llvm.load %[[PLACE]]
  // CHECK: llvm.call %[[RETAIN]](%[[EXEC]], %[[BLOCK]])
  kernel.retain %m : memref<?x2xf32>
  // CHECK: %[[PLACE:.*]] = llvm.getelementptr %[[EXEC]][40]
  // CHECK: %[[RELEASE:.*]] = llvm.load %[[PLACE]]
  // CHECK: llvm.call %[[RELEASE]](%[[EXEC]], %[[BLOCK]])
  kernel.release %m : memref<?x2xf32>
  // An input is no block of the heap.
  kernel.release %x : memref<?x4xf32>
  // CHECK-NOT: [40]
  // CHECK: llvm.store %[[BLOCK]], %[[OUT]]
  // CHECK: %[[PLACE:.*]] = llvm.getelementptr %[[OUT]][8]
  // CHECK: %[[SHAPE:.*]] = llvm.load %[[PLACE]]
  // CHECK: llvm.store %[[TWICE]], %[[SHAPE]]
  return %m : memref<?x2xf32>
}

// -----

// A result of static shape goes where the caller wants it.
// CHECK: llvm.func hidden @atrous_main(
// CHECK: llvm.call @f
// CHECK: %[[BLOCK:[0-9]*]] = llvm.load
// CHECK: %[[OUTPUT:[0-9]*]] = llvm.load %arg2
// CHECK: "llvm.intr.memcpy"(%[[OUTPUT]], %[[BLOCK]],
func.func @main() -> (memref<4xf32> {kernel.output_number = 0 : i64}) {
  %r = kernel.extern "f" ins() arguments [] -> memref<4xf32>
  return %r : memref<4xf32>
}

// -----

// Slots of a launch with sizes: operands, then the sizes of buffers.
llvm.func @k__tasks(%scale: i64, %n: i64) -> i64 {
  llvm.return %n : i64
}
// CHECK: llvm.func hidden @k__task(%[[SLOTS:.*]]: !llvm.ptr, %{{.*}}: i64, %{{.*}}: i64, %{{.*}}: !llvm.ptr)
// CHECK: llvm.load %[[SLOTS]] : !llvm.ptr -> i64
// CHECK: %[[SECOND:.*]] = llvm.getelementptr %[[SLOTS]][8]
// CHECK: llvm.load %[[SECOND]] : !llvm.ptr -> !llvm.ptr
// CHECK: %[[THIRD:.*]] = llvm.getelementptr %[[SLOTS]][16]
// CHECK: llvm.load %[[THIRD]] : !llvm.ptr -> i64
llvm.func @k(%scale: i64, %x: !llvm.ptr, %n: i64, %begin: i64, %end: i64)
    attributes {kernel.tasks_function = @k__tasks, kernel.work_per_task = 30000 : i64} {
  llvm.return
}
// CHECK: llvm.func private @atrous_launch(
// CHECK: llvm.func hidden @atrous_main(
// CHECK-SAME: %[[EXEC:[a-z0-9]*]]: !llvm.ptr
func.func @main(%x: memref<?xf32>) {
  // CHECK: %[[SLOTS:[0-9]*]] = llvm.alloca
  // CHECK: %[[DATA:[0-9]*]] = llvm.load
  // CHECK: %[[N:[0-9]*]] = llvm.load %{{.*}} -> i64
  // CHECK: %[[SCALE:.*]] = llvm.mlir.constant(7 : i64)
  %scale = arith.constant 7 : index
  // CHECK: llvm.store %[[SCALE]], %[[SLOTS]]
  // CHECK: llvm.store %[[DATA]], %
  // CHECK: llvm.store %[[N]], %
  // CHECK: %[[TASKS:.*]] = llvm.call @k__tasks(%[[SCALE]], %[[N]])
  // CHECK: %[[TASK:.*]] = llvm.mlir.addressof @k__task
  // CHECK: %[[FEW:.*]] = llvm.mlir.constant(4 : i64)
  // CHECK: llvm.call @atrous_launch(%[[EXEC]], %[[TASK]], %[[SLOTS]], %[[TASKS]], %[[FEW]])
  kernel.launch @k ins(%scale : index) outs(%x : memref<?xf32>)
  return
}

// -----

// A function that allocates its results, one of them of a known shape.
// CHECK: llvm.func hidden @atrous_main(
func.func @main() -> (memref<?xi64> {kernel.output_number = 0 : i64}) {
  // CHECK: %[[BUFFERS:.*]] = llvm.alloca
  // CHECK: %[[SIZES:.*]] = llvm.alloca
  // CHECK: llvm.store %[[SIZES]],
  // CHECK: %[[NULL:.*]] = llvm.mlir.zero
  // CHECK: llvm.store %[[NULL]], %[[BUFFERS]]
  // CHECK: llvm.call @f
  // CHECK: %[[DATA:.*]] = llvm.load %[[BUFFERS]] : !llvm.ptr -> !llvm.ptr
  // CHECK: %[[N:.*]] = llvm.load %{{.*}} : !llvm.ptr -> i64
  // CHECK: llvm.icmp "ne"
  // CHECK: llvm.cond_br
  // CHECK: llvm.store %[[DATA]],
  // CHECK: llvm.store %[[N]],
  %r:2 = kernel.extern "f" ins() arguments [] -> memref<?xi64>, memref<4xf32>
  return %r#0 : memref<?xi64>
}

// -----

// The condition of an error; buffers in a loop are pointers and sizes.
// CHECK-DAG: llvm.mlir.global private constant @[[MESSAGE:.*]]("no rows\00")
// CHECK: llvm.func hidden @atrous_main(
func.func @main(%x: memref<?x4xf32>) -> (memref<?x4xf32> {kernel.output_number = 0 : i64}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = memref.dim %x, %c0 : memref<?x4xf32>
  // CHECK: llvm.icmp "sgt"
  // CHECK: llvm.cond_br %{{.*}}, ^[[BAD:.*]], ^[[GOOD:bb[0-9]*]]
  // CHECK: ^[[GOOD]]:
  %some = arith.cmpi sgt, %n, %c0 : index
  kernel.check %some, "no rows"
  // CHECK: llvm.br ^[[LOOP:.*]](%{{.*}} : i64, !llvm.ptr, !llvm.ptr, i64)
  // CHECK: ^[[LOOP]](%[[I:.*]]: i64, %{{.*}}: !llvm.ptr, %{{.*}}: !llvm.ptr, %{{.*}}: i64):
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%m = %x) -> memref<?x4xf32> {
    %next = kernel.alloc(%i) : memref<?x4xf32>
    kernel.release %m : memref<?x4xf32>
    scf.yield %next : memref<?x4xf32>
  }
  // CHECK: llvm.mlir.addressof @[[MESSAGE]]
  // CHECK: %[[INPUT:.*]] = llvm.mlir.constant(1 : i32)
  // CHECK: llvm.br ^{{.*}}(%[[INPUT]] : i32)
  return %r : memref<?x4xf32>
}

// -----

// expected-error @+1 {{argument 0 is no dense buffer: 'index'}}
func.func @main(%i: index) {
  return
}

// -----

// expected-error @+1 {{argument 0 is given, but its sizes are not: 'memref<?xf32>'}}
func.func @main(%x: memref<?xf32> {kernel.output}) {
  return
}

// -----

// expected-error @+1 {{result 0 has no 'kernel.output_number' of its own}}
func.func @main(%x: memref<?xf32>) -> memref<?xf32> {
  return %x : memref<?xf32>
}

// -----

func.func @main(%x: memref<8xf32>) -> (memref<4xf32, strided<[2]>> {kernel.output_number = 0 : i64}) {
  %s = memref.subview %x[0] [4] [2] : memref<8xf32> to memref<4xf32, strided<[2]>>
  // expected-error @+1 {{returns 'memref<4xf32, strided<[2]>>', no dense buffer}}
  return %s : memref<4xf32, strided<[2]>>
}

// -----

func.func @main(%x: memref<8xf32>, %i: index {kernel.arena}) {
  return
}
// expected-error @-3 {{argument 1 is no dense buffer: 'index'}}

// -----

func.func @main(%x: memref<8xf32>) {
  // expected-error @+1 {{result of type 'memref<*xf32>' is no buffer with strides}}
  %s = memref.cast %x : memref<8xf32> to memref<*xf32>
  return
}

// -----

func.func @main(%x: memref<8xf32>, %n: memref<index>) {
  %i = memref.load %n[] : memref<index>
  // expected-error @+1 {{is not the size of a dimension that is known}}
  %d = memref.dim %x, %i : memref<8xf32>
  return
}

// -----

func.func @main(%x: memref<?x?xf32>) {
  %c1 = arith.constant 1 : index
  %n = memref.dim %x, %c1 : memref<?x?xf32>
  %s = memref.subview %x[0, 0] [4, %n] [1, 1] : memref<?x?xf32> to memref<4x?xf32, strided<[?, 1]>>
  // expected-error @+1 {{reshapes a buffer with dynamic strides}}
  %e = memref.expand_shape %s [[0, 1], [2]] output_shape [2, 2, %n] : memref<4x?xf32, strided<[?, 1]>> into memref<2x2x?xf32, strided<[?, ?, 1]>>
  return
}

// -----

llvm.func @k__tasks(%n: i64) -> i64
llvm.func @k(%x: !llvm.ptr, %n: i64, %begin: i64, %end: i64)
    attributes {kernel.tasks_function = @k__tasks, kernel.work_per_task = 1 : i64} {
  llvm.return
}
func.func @main(%x: memref<?x4xf32>) {
  %c0 = arith.constant 0 : index
  %n = memref.dim %x, %c0 : memref<?x4xf32>
  %s = memref.subview %x[0, 0] [%n, 2] [1, 1] : memref<?x4xf32> to memref<?x2xf32, strided<[4, 1]>>
  // expected-error @+1 {{passes a buffer of dynamic sizes that is not dense: 'memref<?x2xf32, strided<[4, 1]>>'}}
  kernel.launch @k ins() outs(%s : memref<?x2xf32, strided<[4, 1]>>)
  return
}

// -----

llvm.func @k__tasks(%n: i64) -> i64
llvm.func @k(%x: !llvm.ptr, %begin: i64, %end: i64)
    attributes {kernel.tasks_function = @k__tasks, kernel.work_per_task = 1 : i64} {
  llvm.return
}
func.func @main(%x: memref<4xf32>) {
  // expected-error @+1 {{passes 0 sizes to @k__tasks, which takes 1}}
  kernel.launch @k ins() outs(%x : memref<4xf32>)
  return
}

// -----

llvm.func @k(%x: !llvm.ptr, %begin: i64, %end: i64)
    attributes {kernel.tasks_function = @k__tasks, kernel.work_per_task = 1 : i64} {
  llvm.return
}
func.func @main(%x: memref<4xf32>) {
  // expected-error @+1 {{number of tasks @k__tasks has not been lowered}}
  kernel.launch @k ins() outs(%x : memref<4xf32>)
  return
}

// -----

llvm.func @k(%x: f32, %begin: i64, %end: i64) attributes {kernel.tasks = 1 : i64} {
  llvm.return
}
func.func @main() {
  %x = arith.constant 0.0 : f32
  // expected-error @+1 {{passes 'f32', no buffer and no index}}
  kernel.launch @k ins(%x : f32)
  return
}

// -----

func.func @main(%x: memref<?x4xf32>) {
  %c0 = arith.constant 0 : index
  %n = memref.dim %x, %c0 : memref<?x4xf32>
  %s = memref.subview %x[0, 0] [%n, 2] [1, 1] : memref<?x4xf32> to memref<?x2xf32, strided<[4, 1]>>
  // expected-error @+1 {{passes a buffer that is not dense: 'memref<?x2xf32, strided<[4, 1]>>'}}
  kernel.extern "f" ins(%s : memref<?x2xf32, strided<[4, 1]>>) arguments []
  return
}

// -----

func.func @main() {
  // expected-error @+1 {{passes 'tensor<4xf32>', no buffer}}
  %r = kernel.extern "f" ins() arguments [] -> tensor<4xf32>
  return
}

// -----

func.func @main(%c: memref<i1>) {
  %b = memref.load %c[] : memref<i1>
  %x = arith.constant dense<0.0> : vector<4xf32>
  // expected-error @-1 {{cannot be lowered in the host function}}
  return
}

// -----

// What a kernel prepares from a constant is written by @atrous_prepare, once, and found through the executor.
// CHECK-LABEL: llvm.func hidden @atrous_prepare(
// CHECK-SAME: %[[EXEC:[a-z0-9]*]]: !llvm.ptr, %[[CONSTANTS:[a-z0-9]*]]: !llvm.ptr, %[[PREPARED:[a-z0-9]*]]: !llvm.ptr)
// CHECK: %[[TASK:.*]] = llvm.mlir.addressof @k__weights__task
// CHECK: llvm.call %{{.*}}(%[[EXEC]], %[[TASK]], %{{.*}}, %{{.*}})
// CHECK-NOT: llvm.call
llvm.func @k__weights(%w: !llvm.ptr, %y: !llvm.ptr, %p: !llvm.ptr, %begin: i64, %end: i64)
    attributes {kernel.prepared = 128 : i64, kernel.tasks = 3 : i64} {
  llvm.return
}
llvm.func @k(%w: !llvm.ptr, %y: !llvm.ptr, %p: !llvm.ptr, %begin: i64, %end: i64)
    attributes {kernel.at_load = 0 : i64, kernel.load_phases = [@k__weights],
                kernel.prepared = 128 : i64, kernel.tasks = 2 : i64} {
  llvm.return
}
func.func @main(%y: memref<4xf32> {kernel.output}, %constants: memref<128xi8> {kernel.constants}) {
  %c64 = arith.constant 64 : index
  %w = memref.view %constants[%c64][] : memref<128xi8> to memref<4xf32>
  kernel.launch @k ins(%w : memref<4xf32>) outs(%y : memref<4xf32>) {kernel.prepared = 64 : i64}
  kernel.launch @k ins(%w : memref<4xf32>) outs(%y : memref<4xf32>) {kernel.prepared = 64 : i64}
  return
}

// -----

llvm.func @k(%w: !llvm.ptr, %y: !llvm.ptr, %p: !llvm.ptr, %begin: i64, %end: i64)
    attributes {kernel.at_load = 0 : i64, kernel.load_phases = [@k__weights],
                kernel.prepared = 128 : i64, kernel.tasks = 2 : i64} {
  llvm.return
}
func.func @main(%w: memref<4xf32>, %y: memref<4xf32> {kernel.output}) {
  // expected-error @+1 {{passes @k no constant to prepare}}
  kernel.launch @k ins(%w : memref<4xf32>) outs(%y : memref<4xf32>) {kernel.prepared = 64 : i64}
  return
}
