// y = x, of n floats, in a block of the heap.
llvm.func @atrous_main(%exec: !llvm.ptr, %inputs: !llvm.ptr, %outputs: !llvm.ptr, %arena: !llvm.ptr, %constants: !llvm.ptr) -> i32 {
  %ok = llvm.mlir.constant(0 : i32) : i32
  %rank = llvm.mlir.constant(1 : i32) : i32
  %bytes = llvm.mlir.constant(4 : i64) : i64
  %x = llvm.load %inputs : !llvm.ptr -> !llvm.ptr
  %shape_place = llvm.getelementptr %inputs[8] : (!llvm.ptr) -> !llvm.ptr, i8
  %shape = llvm.load %shape_place : !llvm.ptr -> !llvm.ptr
  %n = llvm.load %shape : !llvm.ptr -> i64
  %allocate_place = llvm.getelementptr %exec[24] : (!llvm.ptr) -> !llvm.ptr, i8
  %allocate = llvm.load %allocate_place : !llvm.ptr -> !llvm.ptr
  %y = llvm.call %allocate(%exec, %shape, %rank, %bytes) : !llvm.ptr, (!llvm.ptr, !llvm.ptr, i32, i64) -> !llvm.ptr
  %size = llvm.mul %n, %bytes : i64
  "llvm.intr.memcpy"(%y, %x, %size) <{isVolatile = false}> : (!llvm.ptr, !llvm.ptr, i64) -> ()
  llvm.store %y, %outputs : !llvm.ptr, !llvm.ptr
  %out_place = llvm.getelementptr %outputs[8] : (!llvm.ptr) -> !llvm.ptr, i8
  %out = llvm.load %out_place : !llvm.ptr -> !llvm.ptr
  llvm.store %n, %out : i64, !llvm.ptr
  llvm.return %ok : i32
}
