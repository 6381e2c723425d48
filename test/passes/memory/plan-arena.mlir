// RUN: atrous-opt %s -pass-pipeline='builtin.module(func.func(atrous-plan-arena))' -split-input-file -verify-diagnostics | FileCheck %s

kernel.def @k(%x: memref<16xf32>, %y: memref<16xf32>) {
  kernel.yield
}

// a → b → c: `a` is dead when `c` is written, which takes its place.
// CHECK-LABEL: func.func @chain(
// CHECK-SAME: %[[ARENA:[^:]*]]: memref<128xi8> {kernel.arena})
// CHECK: %[[C0:.*]] = arith.constant 0 : index
// CHECK-NEXT: %[[A:.*]] = memref.view %[[ARENA]][%[[C0]]][] : memref<128xi8> to memref<16xf32>
// CHECK-NEXT: %[[C64:.*]] = arith.constant 64 : index
// CHECK-NEXT: %[[B:.*]] = memref.view %[[ARENA]][%[[C64]]][] : memref<128xi8> to memref<16xf32>
// CHECK-NEXT: %[[C1:.*]] = arith.constant 0 : index
// CHECK-NEXT: %[[C:.*]] = memref.view %[[ARENA]][%[[C1]]][]
func.func @chain(%x: memref<16xf32>, %y: memref<16xf32> {kernel.output}) {
  %a = memref.alloc() : memref<16xf32>
  %b = memref.alloc() : memref<16xf32>
  %c = memref.alloc() : memref<16xf32>
  kernel.launch @k ins(%x : memref<16xf32>) outs(%a : memref<16xf32>)
  kernel.launch @k ins(%a : memref<16xf32>) outs(%b : memref<16xf32>)
  kernel.launch @k ins(%b : memref<16xf32>) outs(%c : memref<16xf32>)
  kernel.launch @k ins(%c : memref<16xf32>) outs(%y : memref<16xf32>)
  return
}

// A view keeps its buffer alive; 10 bytes take 64.
// CHECK-LABEL: func.func @view(
// CHECK-SAME: %[[ARENA:[^:]*]]: memref<192xi8> {kernel.arena})
// CHECK: memref.view %{{.*}} : memref<192xi8> to memref<32xf32>
// CHECK: memref.reinterpret_cast
// CHECK: arith.constant 128 : index
// CHECK-NEXT: memref.view %{{.*}} : memref<192xi8> to memref<10xi8>
func.func @view(%x: memref<16xf32>, %y: memref<16xf32> {kernel.output}) {
  %a = memref.alloc() : memref<32xf32>
  %h = memref.reinterpret_cast %a to offset: [16], sizes: [16], strides: [1] : memref<32xf32> to memref<16xf32, strided<[1], offset: 16>>
  %b = memref.alloc() : memref<10xi8>
  kernel.launch @k ins(%x : memref<16xf32>) outs(%h : memref<16xf32, strided<[1], offset: 16>>)
  kernel.launch @set ins() outs(%b : memref<10xi8>)
  kernel.launch @k ins(%h : memref<16xf32, strided<[1], offset: 16>>) outs(%y : memref<16xf32>)
  return
}
kernel.def @set(%y: memref<10xi8>) {
  kernel.yield
}

// CHECK-LABEL: func.func @no_buffers(
// CHECK-SAME: memref<0xi8> {kernel.arena})
// CHECK-NEXT: return
func.func @no_buffers() {
  %unused = memref.alloc() : memref<16xf32>
  return
}

// -----

func.func @dynamic(%n: index) {
  // expected-error@+1 {{buffer size is not known or too large}}
  %a = memref.alloc(%n) : memref<?xf32>
  %c0 = arith.constant 0 : index
  %v = memref.load %a[%c0] : memref<?xf32>
  return
}

// -----

// expected-error@+1 {{control flow between blocks has no lifetimes}}
func.func @blocks() {
  cf.br ^next
^next:
  return
}
