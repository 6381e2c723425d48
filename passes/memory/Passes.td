//===- Passes.td - Buffers, the arena, the constants section --*- tablegen -*-===//

#ifndef ATROUS_PASSES_MEMORY_PASSES_TD
#define ATROUS_PASSES_MEMORY_PASSES_TD

include "mlir/Pass/PassBase.td"

def Bufferize : Pass<"atrous-bufferize", "::mlir::ModuleOp"> {
  let summary = "put tensors in buffers, and kernels on them";
  let description = [{
    Results of the host function become arguments marked `kernel.output`. A
    kernel writes where its result is wanted: in an output, in a slice of a
    concatenation. Reshapes and slices are views. Where a tensor is wanted in two
    places, or no strides describe it, a copy kernel is launched. Buffers that a
    launch passes have a unit innermost stride, but for copies. A kernel is cloned for each
    distinct signature of buffers; its epilogue works in place.

    A tensor of dynamic shape lies in a block of the heap of its own, made by kernel.alloc
    or by the runtime function that computes it; so does what branches and loops pass on. Outputs
    of dynamic shape are results of the function.

    ```mlir
    func.func @main(%x: tensor<8xf32>) -> tensor<8xf32> {
      %y = kernel.launch @relu ins(%x : tensor<8xf32>) -> tensor<8xf32>
      %z = kernel.launch @relu ins(%y : tensor<8xf32>) -> tensor<8xf32>
      return %z : tensor<8xf32>
    }
    // →
    func.func @main(%x: memref<8xf32>, %z: memref<8xf32> {kernel.output}) {
      %y = memref.alloc() : memref<8xf32>
      kernel.launch @relu ins(%x : memref<8xf32>) outs(%y : memref<8xf32>)
      kernel.launch @relu ins(%y : memref<8xf32>) outs(%z : memref<8xf32>)
      return
    }
    ```
  }];
  let dependentDialects = [
    "::mlir::bufferization::BufferizationDialect", "::mlir::linalg::LinalgDialect",
    "::mlir::memref::MemRefDialect", "::atrous::kernel::KernelDialect"];
}

def ReuseInputs : Pass<"atrous-reuse-inputs", "::mlir::func::FuncOp"> {
  let summary = "let functions of the runtime update blocks of the heap in place";
  let description = [{
    What a function may compute in its first input's memory (`updates_input`) is computed there where
    the input is used for the last time: no element is copied.

    ```mlir
    %m = kernel.alloc(%n) : memref<?x4xf32>
    %r = kernel.extern "atrous_scatter_nd" ins(%m, %i, %u : ...) arguments [0] {updates_input} -> memref<?x4xf32>
    // →
    kernel.extern "atrous_scatter_nd" ins(%m, %i, %u : ...) outs(%m : memref<?x4xf32>) arguments [0] {updates_input}
    ```

    Not where the block is a constant, a network input, or handed over by a branch or an iteration,
    nor where it has its place in the arena.
  }];
  let dependentDialects = ["::atrous::kernel::KernelDialect"];
}

def ReleaseBuffers : Pass<"atrous-release-buffers", "::mlir::func::FuncOp"> {
  let summary = "give blocks of the heap back after their last use";
  let description = [{
    A block is released by the op behind its last use in its own block, through whichever views.
    What a terminator passes on keeps its count; what a loop starts from, or is passed on twice,
    or from an enclosing block, is retained.

    ```mlir
    %m = kernel.alloc(%n) : memref<?xf32>
    kernel.launch @relu ins(%x : memref<?xf32>) outs(%m : memref<?xf32>)
    kernel.launch @sum ins(%m : memref<?xf32>) outs(%y : memref<f32>)
    // →
    ...
    kernel.launch @sum ins(%m : memref<?xf32>) outs(%y : memref<f32>)
    kernel.release %m : memref<?xf32>
    ```
  }];
  let dependentDialects = ["::atrous::kernel::KernelDialect"];
}

def PlanArena : Pass<"atrous-plan-arena", "::mlir::func::FuncOp"> {
  let summary = "give each buffer its place in one arena";
  let description = [{
    A buffer lives from the first launch that has it, or a view of it, to the
    last. Buffers that do not live at the same time may share bytes. Large ones
    are placed first, each in the smallest gap that it fits in, at a multiple of
    64 bytes.

    ```mlir
    %y = memref.alloc() : memref<8xf32>
    // →
    func.func @main(..., %arena: memref<64xi8> {kernel.arena}) {
      %c0 = arith.constant 0 : index
      %y = memref.view %arena[%c0][] : memref<64xi8> to memref<8xf32>
    ```
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::memref::MemRefDialect"];
}

def PackConstants : Pass<"atrous-pack-constants", "::mlir::ModuleOp"> {
  let summary = "gather constants in one section";
  let description = [{
    Each distinct value of the module lies once in kernel.constants, at a multiple
    of 64 bytes, whichever functions read it, and under which type. What a section that the
    module comes with holds, as that of the same network for another CPU, stays where it is.

    ```mlir
    %w = arith.constant dense<[1.0, 2.0]> : tensor<2xf32>
    %b = bufferization.to_memref %w : memref<2xf32>
    // →
    kernel.constants 64 offsets [0] values [dense<[1.0, 2.0]> : tensor<2xf32>]
    func.func @main(..., %constants: memref<64xi8> {kernel.constants}) {
      %c0 = arith.constant 0 : index
      %b = memref.view %constants[%c0][] : memref<64xi8> to memref<2xf32>
    ```
  }];
  let dependentDialects = ["::mlir::memref::MemRefDialect",
                           "::atrous::kernel::KernelDialect"];
}

#endif // ATROUS_PASSES_MEMORY_PASSES_TD
