// RUN: atrous-opt %s -atrous-lower-kernels -reconcile-unrealized-casts | FileCheck %s

// CHECK-LABEL: llvm.func hidden @k(
// CHECK-SAME: %[[X:.*]]: !llvm.ptr {llvm.noalias}, %[[BEGIN:.*]]: i64, %[[END:.*]]: i64)
// CHECK-SAME: dso_local
// CHECK-SAME: passthrough = ["noinline"]
// CHECK: llvm.load %{{.*}} : !llvm.ptr -> vector<8xf32>
// CHECK-NOT: unrealized_conversion_cast
func.func private @k(%x: memref<8x8xf32> {llvm.noalias}, %begin: index, %end: index)
    attributes {kernel.tasks = 8 : i64, passthrough = ["noinline"]} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %i = %begin to %end step %c1 {
    %v = vector.load %x[%i, %c0] : memref<8x8xf32>, vector<8xf32>
    %s = arith.addf %v, %v : vector<8xf32>
    vector.store %s, %x[%i, %c0] : memref<8x8xf32>, vector<8xf32>
  }
  return
}

// the host function waits
// CHECK-LABEL: func.func @main(
// CHECK: kernel.launch @k
func.func @main(%x: memref<8x8xf32> {kernel.output}) {
  kernel.launch @k ins() outs(%x : memref<8x8xf32>)
  return
}

// a fused multiply-add is an instruction, not a call of libm
// CHECK-LABEL: llvm.func hidden @multiply_add(
// CHECK: llvm.intr.fma
// CHECK: llvm.call @atanf
func.func private @multiply_add(%x: memref<f32> {llvm.noalias}, %begin: index, %end: index) attributes {kernel.tasks = 1 : i64} {
  %a = memref.load %x[] : memref<f32>
  %b = math.fma %a, %a, %a : f32
  %c = math.atan %b : f32
  memref.store %c, %x[] : memref<f32>
  return
}
