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
