// RUN: atrous-opt %s --atrous-reuse-inputs --split-input-file | FileCheck %s

// The last use of a block that nobody else has: the second call too, since its
// input is the first one's result.
// CHECK-LABEL: func.func @last_use
// CHECK: %[[M:[^ ]*]] = kernel.alloc
// CHECK-NEXT: kernel.extern "f" ins(%[[M]], %arg1 : memref<?xf32>, memref<4xi64>) outs(%[[M]] : memref<?xf32>)
// CHECK-NEXT: kernel.extern "f" ins(%[[M]], %arg1 : memref<?xf32>, memref<4xi64>) outs(%[[M]] : memref<?xf32>)
// CHECK-NEXT: return %[[M]]
func.func @last_use(%n: index, %i: memref<4xi64>) -> memref<?xf32> {
  %m = kernel.alloc(%n) : memref<?xf32>
  %r = kernel.extern "f" ins(%m, %i : memref<?xf32>, memref<4xi64>) arguments [] {updates_input} -> memref<?xf32>
  %s = kernel.extern "f" ins(%r, %i : memref<?xf32>, memref<4xi64>) arguments [] {updates_input} -> memref<?xf32>
  return %s : memref<?xf32>
}

// -----

// Not where a view is read later,
// CHECK-LABEL: func.func @read_later
// CHECK: %[[R:.*]] = kernel.extern "f" {{.*}} -> memref<?xf32>
func.func @read_later(%n: index, %i: memref<4xi64>) -> memref<?xf32> {
  %m = kernel.alloc(%n) : memref<?xf32>
  %v = memref.reinterpret_cast %m to offset: [0], sizes: [%n, 1], strides: [1, 1] : memref<?xf32> to memref<?x1xf32, strided<[1, 1]>>
  %r = kernel.extern "f" ins(%m, %i : memref<?xf32>, memref<4xi64>) arguments [] {updates_input} -> memref<?xf32>
  kernel.extern "g" ins(%v : memref<?x1xf32, strided<[1, 1]>>) outs(%i : memref<4xi64>) arguments []
  return %r : memref<?xf32>
}

// -----

// nor where the function reads it by another operand,
// CHECK-LABEL: func.func @read_twice
// CHECK: kernel.extern "f" {{.*}} -> memref<?xf32>
func.func @read_twice(%n: index) -> memref<?xf32> {
  %m = kernel.alloc(%n) : memref<?xf32>
  %r = kernel.extern "f" ins(%m, %m : memref<?xf32>, memref<?xf32>) arguments [] {updates_input} -> memref<?xf32>
  return %r : memref<?xf32>
}

// -----

// nor of a network input, of what a branch gives, or in a branch that is not
// the block's own,
// CHECK-LABEL: func.func @not_its_own
// CHECK-COUNT-3: kernel.extern "f" {{.*}} -> memref<?xf32>
func.func @not_its_own(%c: i1, %n: index, %x: memref<?xf32>) -> (memref<?xf32>, memref<?xf32>) {
  %a = kernel.extern "f" ins(%x : memref<?xf32>) arguments [] {updates_input} -> memref<?xf32>
  %m = kernel.alloc(%n) : memref<?xf32>
  %b = scf.if %c -> memref<?xf32> {
    %r = kernel.extern "f" ins(%m : memref<?xf32>) arguments [] {updates_input} -> memref<?xf32>
    scf.yield %r : memref<?xf32>
  } else {
    scf.yield %m : memref<?xf32>
  }
  %d = kernel.extern "f" ins(%b : memref<?xf32>) arguments [] {updates_input} -> memref<?xf32>
  return %a, %d : memref<?xf32>, memref<?xf32>
}

// -----

// nor of other functions.
// CHECK-LABEL: func.func @other
// CHECK: kernel.extern "g" {{.*}} -> memref<?xf32>
func.func @other(%n: index) -> memref<?xf32> {
  %m = kernel.alloc(%n) : memref<?xf32>
  %r = kernel.extern "g" ins(%m : memref<?xf32>) arguments [] -> memref<?xf32>
  return %r : memref<?xf32>
}
