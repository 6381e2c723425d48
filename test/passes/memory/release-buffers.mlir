// RUN: atrous-opt %s --atrous-release-buffers --split-input-file | FileCheck %s

// Behind the last use, through whichever views.
// CHECK-LABEL: func.func @last_use
// CHECK: %[[M:[^ ]*]] = kernel.alloc
// CHECK: kernel.launch @f
// CHECK: %[[V:.*]] = memref.reinterpret_cast %[[M]]
// CHECK: kernel.launch @g ins(%[[V]]
// CHECK-NEXT: kernel.release %[[M]]
kernel.def @f(%m: memref<?xf32>) { kernel.yield }
kernel.def @g(%m: memref<?x1xf32, strided<[1, 1]>>) { kernel.yield }
func.func @last_use(%n: index) {
  %m = kernel.alloc(%n) : memref<?xf32>
  kernel.launch @f ins() outs(%m : memref<?xf32>)
  %v = memref.reinterpret_cast %m to offset: [0], sizes: [%n, 1], strides: [1, 1] : memref<?xf32> to memref<?x1xf32, strided<[1, 1]>>
  kernel.launch @g ins(%v : memref<?x1xf32, strided<[1, 1]>>)
  return
}

// -----

// What is returned keeps its count; twice, it has one more.
// CHECK-LABEL: func.func @returned
// CHECK: %[[M:[^ ]*]] = kernel.alloc
// CHECK-NEXT: kernel.retain %[[M]]
// CHECK-NEXT: return %[[M]], %[[M]]
func.func @returned(%n: index) -> (memref<?xf32>, memref<?xf32>) {
  %m = kernel.alloc(%n) : memref<?xf32>
  return %m, %m : memref<?xf32>, memref<?xf32>
}

// -----

// A branch passes on its own block as it is, and one of the function with a
// share of its own; the function's is released when neither is used any more.
// CHECK-LABEL: func.func @branches
// CHECK: %[[M:[^ ]*]] = kernel.alloc
// CHECK: %[[R:.*]] = scf.if
// CHECK-NEXT: kernel.retain %[[M]]
// CHECK-NEXT: scf.yield %[[M]]
// CHECK: %[[N:[^ ]*]] = kernel.alloc
// CHECK-NEXT: scf.yield %[[N]]
// CHECK: kernel.release %[[M]]
// CHECK-NEXT: return %[[R]]
func.func @branches(%c: i1, %n: index) -> memref<?xf32> {
  %m = kernel.alloc(%n) : memref<?xf32>
  %r = scf.if %c -> memref<?xf32> {
    scf.yield %m : memref<?xf32>
  } else {
    %o = kernel.alloc(%n) : memref<?xf32>
    scf.yield %o : memref<?xf32>
  }
  return %r : memref<?xf32>
}

// -----

// A loop takes a share of what it starts from, and gives one per iteration.
// CHECK-LABEL: func.func @loop
// CHECK: %[[M:[^ ]*]] = kernel.alloc
// CHECK-NEXT: kernel.retain %[[M]]
// CHECK-NEXT: %[[R:.*]] = scf.while (%[[B:.*]] = %[[M]])
// CHECK-NEXT: scf.condition(%{{.*}}) %[[B]]
// CHECK: ^bb0(%[[A:.*]]: memref<?xf32>):
// CHECK-NEXT: %[[O:[^ ]*]] = kernel.alloc
// CHECK-NEXT: kernel.launch @h ins(%[[A]] : memref<?xf32>) outs(%[[O]] : memref<?xf32>)
// CHECK-NEXT: kernel.release %[[A]]
// CHECK-NEXT: scf.yield %[[O]]
// CHECK: kernel.release %[[M]]
// CHECK-NEXT: return %[[R]]
kernel.def @h(%a: memref<?xf32>, %b: memref<?xf32>) { kernel.yield }
func.func @loop(%c: i1, %n: index) -> memref<?xf32> {
  %m = kernel.alloc(%n) : memref<?xf32>
  %r = scf.while (%b = %m) : (memref<?xf32>) -> memref<?xf32> {
    scf.condition(%c) %b : memref<?xf32>
  } do {
  ^bb0(%a: memref<?xf32>):
    %o = kernel.alloc(%n) : memref<?xf32>
    kernel.launch @h ins(%a : memref<?xf32>) outs(%o : memref<?xf32>)
    scf.yield %o : memref<?xf32>
  }
  return %r : memref<?xf32>
}
