// y = x + constants, on 8 floats in 4 tasks; x[0] < 0 is an error of the host.
llvm.mlir.global private constant @node("Add_0\00")
llvm.mlir.global private constant @message("x[0] is negative\00")

llvm.func @add__f32(%x: !llvm.ptr, %w: !llvm.ptr, %y: !llvm.ptr, %begin: i64, %end: i64) {
  %two = llvm.mlir.constant(2 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  %first = llvm.mul %begin, %two : i64
  %last = llvm.mul %end, %two : i64
  llvm.br ^loop(%first : i64)
^loop(%i: i64):
  %more = llvm.icmp "slt" %i, %last : i64
  llvm.cond_br %more, ^body, ^exit
^body:
  %xp = llvm.getelementptr %x[%i] : (!llvm.ptr, i64) -> !llvm.ptr, f32
  %wp = llvm.getelementptr %w[%i] : (!llvm.ptr, i64) -> !llvm.ptr, f32
  %yp = llvm.getelementptr %y[%i] : (!llvm.ptr, i64) -> !llvm.ptr, f32
  %a = llvm.load %xp : !llvm.ptr -> f32
  %b = llvm.load %wp : !llvm.ptr -> f32
  %c = llvm.fadd %a, %b : f32
  llvm.store %c, %yp : f32, !llvm.ptr
  %next = llvm.add %i, %one : i64
  llvm.br ^loop(%next : i64)
^exit:
  llvm.return
}

llvm.func @add__f32__task(%buffers: !llvm.ptr, %begin: i64, %end: i64) {
  %x = llvm.load %buffers : !llvm.ptr -> !llvm.ptr
  %wp = llvm.getelementptr %buffers[1] : (!llvm.ptr) -> !llvm.ptr, !llvm.ptr
  %w = llvm.load %wp : !llvm.ptr -> !llvm.ptr
  %yp = llvm.getelementptr %buffers[2] : (!llvm.ptr) -> !llvm.ptr, !llvm.ptr
  %y = llvm.load %yp : !llvm.ptr -> !llvm.ptr
  llvm.call @add__f32(%x, %w, %y, %begin, %end) : (!llvm.ptr, !llvm.ptr, !llvm.ptr, i64, i64) -> ()
  llvm.return
}

llvm.func @atrous_main(%exec: !llvm.ptr, %inputs: !llvm.ptr, %outputs: !llvm.ptr, %arena: !llvm.ptr, %constants: !llvm.ptr) -> i32 {
  %n = llvm.mlir.constant(3 : i64) : i64
  %tasks = llvm.mlir.constant(4 : i64) : i64
  %zero = llvm.mlir.constant(0.0 : f32) : f32
  %ok = llvm.mlir.constant(0 : i32) : i32
  %bad = llvm.mlir.constant(1 : i32) : i32
  %buffers = llvm.alloca %n x !llvm.ptr : (i64) -> !llvm.ptr
  // The first field of struct atrous_buffer is its data.
  %x = llvm.load %inputs : !llvm.ptr -> !llvm.ptr
  %y = llvm.load %outputs : !llvm.ptr -> !llvm.ptr
  %b1 = llvm.getelementptr %buffers[1] : (!llvm.ptr) -> !llvm.ptr, !llvm.ptr
  %b2 = llvm.getelementptr %buffers[2] : (!llvm.ptr) -> !llvm.ptr, !llvm.ptr
  llvm.store %x, %buffers : !llvm.ptr, !llvm.ptr
  llvm.store %constants, %b1 : !llvm.ptr, !llvm.ptr
  llvm.store %y, %b2 : !llvm.ptr, !llvm.ptr
  %x0 = llvm.load %x : !llvm.ptr -> f32
  %negative = llvm.fcmp "olt" %x0, %zero : f32
  llvm.cond_br %negative, ^fail, ^run
^run:
  %slot = llvm.getelementptr %exec[8] : (!llvm.ptr) -> !llvm.ptr, i8
  %parallel = llvm.load %slot : !llvm.ptr -> !llvm.ptr
  %task = llvm.mlir.addressof @add__f32__task : !llvm.ptr
  llvm.call %parallel(%exec, %task, %buffers, %tasks) : !llvm.ptr, (!llvm.ptr, !llvm.ptr, !llvm.ptr, i64) -> ()
  llvm.return %ok : i32
^fail:
  %slot2 = llvm.getelementptr %exec[16] : (!llvm.ptr) -> !llvm.ptr, i8
  %failed = llvm.load %slot2 : !llvm.ptr -> !llvm.ptr
  %node = llvm.mlir.addressof @node : !llvm.ptr
  %message = llvm.mlir.addressof @message : !llvm.ptr
  llvm.call %failed(%exec, %node, %message) : !llvm.ptr, (!llvm.ptr, !llvm.ptr, !llvm.ptr) -> ()
  llvm.return %bad : i32
}
