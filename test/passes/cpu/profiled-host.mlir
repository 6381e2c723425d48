// Numbered layers tell the runtime when they begin and end, others do not.
//
// RUN: atrous-opt %s -atrous-lower-host | FileCheck %s

llvm.func @k(%x: !llvm.ptr, %begin: i64, %end: i64)
    attributes {kernel.tasks = 32 : i64, kernel.work = 100 : i64} {
  llvm.return
}

// CHECK: llvm.func hidden @atrous_main(%[[EXEC:[a-z0-9]+]]
func.func @main(%x: memref<4x8xf32>, %y: memref<4x8xf32> {kernel.output}) {
  // CHECK: %[[NUMBER:.*]] = llvm.mlir.constant(7 : i32)
  // CHECK: %[[PLACE:.*]] = llvm.getelementptr %[[EXEC]][72]
  // CHECK: %[[ENTER:.*]] = llvm.load %[[PLACE]]
  // CHECK: llvm.call %[[ENTER]](%[[EXEC]], %[[NUMBER]]) : !llvm.ptr, (!llvm.ptr, i32) -> ()
  // CHECK: llvm.call @k__task
  // CHECK: %[[NONE:.*]] = llvm.mlir.constant(-1 : i32)
  // CHECK: llvm.call %{{.*}}(%[[EXEC]], %[[NONE]]) : !llvm.ptr, (!llvm.ptr, i32) -> ()
  kernel.launch @k ins() outs(%y : memref<4x8xf32>) {kernel.layer = 7 : i32}
  // CHECK-NOT: (!llvm.ptr, i32)
  // CHECK: llvm.call @k__task
  // CHECK-NOT: (!llvm.ptr, i32)
  kernel.launch @k ins() outs(%y : memref<4x8xf32>)
  // CHECK: llvm.getelementptr %[[EXEC]][72]
  // CHECK: llvm.call @runtime_function
  // CHECK: llvm.getelementptr %[[EXEC]][72]
  kernel.extern "runtime_function" ins(%x : memref<4x8xf32>) outs(%y : memref<4x8xf32>)
      arguments [] {kernel.layer = 8 : i32}
  return
}
