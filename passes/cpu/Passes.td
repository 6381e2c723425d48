//===- Passes.td - CPU code generation ------------------------*- tablegen -*-===//

#ifndef ATROUS_PASSES_CPU_PASSES_TD
#define ATROUS_PASSES_CPU_PASSES_TD

include "mlir/Pass/PassBase.td"

def EmitKernels : Pass<"atrous-emit-kernels", "::mlir::ModuleOp"> {
  let summary = "write the loops of kernels as their schedules say";
  let description = [{
    Each kernel.def becomes a function that runs a range of its tasks:

    ```mlir
    kernel.def @relu(%x: memref<64xf32>, %y: memref<64xf32>)
        attributes {schedule = #kernel.cpu<algo = plain, ...>} {
      linalg.generic {...} ins(%x : ...) outs(%y : ...) {...}
      kernel.yield
    }
    // →
    func.func private @relu(%x: memref<64xf32> {llvm.noalias},
                            %y: memref<64xf32> {llvm.noalias},
                            %begin: index, %end: index)
        attributes {kernel.tasks = 1 : i64, kernel.work = 64 : i64} {
      scf.for %task = %begin to %end step %c1 { ... }
    }
    ```

    Buffers are noalias unless a launch passes one of them twice. Buffers of
    dynamic sizes are dense; the function takes their addresses, and all their
    sizes after the operands. A second function counts the tasks:

    ```mlir
    func.func private @relu(%x: memref<f32>, %y: memref<f32>, %size_of_x: index,
                            %size_of_y: index, %begin: index, %end: index)
        attributes {kernel.tasks_function = @relu__tasks,
                    kernel.work_per_task = 4096 : i64} { ... }
    func.func private @relu__tasks(%size_of_x: index, %size_of_y: index) -> index
    ```
  }];
  let dependentDialects = [
    "::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect",
    "::mlir::func::FuncDialect", "::mlir::math::MathDialect",
    "::mlir::memref::MemRefDialect", "::mlir::scf::SCFDialect",
    "::mlir::vector::VectorDialect"];
}

def ApproximateMath : Pass<"atrous-approximate-math"> {
  let summary = "replace exp, log, tanh, erf ... by arithmetic";
  let description = [{
    math ops on f32, scalars and vectors alike, become polynomials with an
    error of a few units in the last place; infinities, NaN and denormals are
    kept. math on f16 and all arithmetic on bf16 is done in f32. Ops without an approximation here
    (pow with a variable exponent, sin, f64) are left for libm.

    ```mlir
    %y = math.exp %x : vector<16xf32>
    // →
    %n = math.fma %x, %log2e, %shift : vector<16xf32>
    ...
    ```
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::math::MathDialect",
                           "::mlir::vector::VectorDialect"];
}

def LowerKernels : Pass<"atrous-lower-kernels", "::mlir::ModuleOp"> {
  let summary = "lower the functions of kernels to the LLVM dialect";
  let description = [{
    Buffers become bare pointers. The host function is left alone.

    ```mlir
    func.func private @k(%x: memref<64xf32>, %begin: index, %end: index)
    // →
    llvm.func internal @k(%x: !llvm.ptr, %begin: i64, %end: i64)
    ```
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect",
                           "::mlir::cf::ControlFlowDialect",
                           "::mlir::scf::SCFDialect",
                           "::mlir::vector::VectorDialect"];
}

def LowerHost : Pass<"atrous-lower-host", "::mlir::ModuleOp"> {
  let summary = "lower the host functions to `run` of the runtime's ABI";
  let description = [{
    Views of the arena become pointer arithmetic; a launch stores its pointers
    into one array on the stack and hands the kernel's task function to the
    executor, or calls it where the work is too small to share:

    ```mlir
    kernel.launch @k ins(%x : memref<64xf32>) outs(%t : memref<64xf32>)
    // →
    llvm.store %x, %slot0 ; llvm.store %t, %slot1
    llvm.call %parallel_for(%exec, @k__task, %array, %tasks)
    ```

    A kernel with dynamic sizes gets them in slots after its operands; it is
    called, or shared, as the tasks that its `kernel.tasks_function` counts.

    kernel.extern becomes a call of its C function, with a descriptor (data, shape,
    rank, element type) for each buffer; its status ends the run if it is not
    ATROUS_OK. What the function allocates is taken out of the descriptors.
    kernel.alloc, retain and release call the executor's heap, kernel.check ends
    the run with an error that names the node. Loops become branches; a buffer
    that they carry is its block of the heap, its base and its sizes. Expects
    lowered kernels (atrous-lower-kernels).

    Where functions with `graph.hint` stand beside the one for all sizes,
    `@atrous_main` calls the first one whose inputs have the sizes of the run:

    ```mlir
    func.func @main(%x: memref<?xf32>)
    func.func @main_hint_1(%x: memref<8xf32>) attributes {graph.hint = "x:8"}
    // →
    llvm.func @atrous_main(%exec, %inputs, ...) -> i32 {
      llvm.cond_br %n_is_8, ^hinted, ^any       // calls @main_hint_1, @main
    ```

    An output that is dynamic in `@main` and static in the other is a block of
    the heap there.
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect",
                           "::mlir::arith::ArithDialect",
                           "::mlir::cf::ControlFlowDialect",
                           "::mlir::scf::SCFDialect"];
}

#endif // ATROUS_PASSES_CPU_PASSES_TD
