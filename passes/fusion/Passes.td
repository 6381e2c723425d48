//===- Passes.td - From graph ops to kernels ------------------*- tablegen -*-===//

#ifndef ATROUS_PASSES_FUSION_PASSES_TD
#define ATROUS_PASSES_FUSION_PASSES_TD

include "mlir/Pass/PassBase.td"

def LowerGraph : Pass<"atrous-lower-graph", "::mlir::ModuleOp"> {
  let summary = "write graph ops as linalg ops on physical tensors";
  let description = [{
    Each graph op becomes what its lowerToLinalg says; graph.constant becomes
    arith.constant with the same attribute. Types lose their encoding: a blocked
    tensor has its physical shape. Locations stay. Ops of other
    dialects stay as they are.

    ```mlir
    func.func @main(%x: tensor<4xui8> {graph.name = "x"}) -> tensor<4xui8> {
      %y = graph.relu %x : tensor<4xui8> -> tensor<4xui8>
      return %y : tensor<4xui8>
    }
    // →
    func.func @main(%x: tensor<4xi8> {graph.name = "x", graph.element_type = ui8}) -> ... {
      %e = tensor.empty() : tensor<4xi8>
      %y = linalg.generic {...} ins(%x : tensor<4xi8>) outs(%e : tensor<4xi8>)
             attrs = {kernel.part = "relu"} {...} -> tensor<4xi8>
      return %y : tensor<4xi8>
    }
    ```

    graph.max_unpool, whose work is data-dependent, becomes kernel.extern
    "atrous_max_unpool" with the shape that the indices count in as arguments.
  }];
  let dependentDialects = [
    "::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect",
    "::mlir::cf::ControlFlowDialect",
    "::mlir::linalg::LinalgDialect", "::mlir::math::MathDialect",
    "::mlir::scf::SCFDialect", "::mlir::tensor::TensorDialect",
    "::atrous::kernel::KernelDialect"];
}

def FuseElementwise : Pass<"atrous-fuse-elementwise", "::mlir::func::FuncOp"> {
  let summary = "merge elementwise linalg.generic ops into their consumers";
  let description = [{
    A producer that is elementwise and has one user goes into that user, unless

    - elements would be computed more than once (a broadcast or overlapping
      windows) and are not cheap;
    - the producer could be the epilogue of a root, which it reads by the
      identity map, and the merged op would no longer be.

    Splat constants and fills become constants in the body.

    ```mlir
    %a = linalg.generic {...} ins(%conv) {mulf %cst} attrs = {kernel.part = "mul"}
    %b = linalg.generic {...} ins(%a) {maximumf %zero} attrs = {kernel.part = "relu"}
    // →
    %b = linalg.generic {...} ins(%conv) {mulf; maximumf} attrs = {kernel.part = "mul_relu"}
    ```
  }];
  let dependentDialects = ["::mlir::linalg::LinalgDialect",
                           "::mlir::tensor::TensorDialect"];
}

def FormKernels : Pass<"atrous-form-kernels", "::mlir::ModuleOp"> {
  let summary = "group roots with their epilogues into kernels";
  let description = [{
    Each linalg.generic and lone linalg.fill goes into one kernel.def: a
    root, followed by the elementwise ops that read its result by the identity
    map, have its shape and element type, and are its only user. Where an
    elementwise op reads several roots (a residual sum), it joins the last one.
    Kernels of equal content are one. Scalars and initial values are cloned into the kernel;
    tensors are its arguments.

    ```mlir
    %f = linalg.fill ins(%zero) outs(%empty) -> tensor<1x4x56x56x16xf32>
    %c = linalg.generic {conv} ins(%x, %w) outs(%f) -> tensor<1x4x56x56x16xf32>
    %r = linalg.generic {relu} ins(%c) outs(%empty) -> tensor<1x4x56x56x16xf32>
    // →
    %r = kernel.launch @conv_relu__f32__nchw16c__3x3__a1b2c3 ins(%x, %w : ...) -> ...
    kernel.def @conv_relu__f32__nchw16c__3x3__a1b2c3(%x, %w) -> tensor<1x4x56x56x16xf32> {...}
    ```

    The host function is left with launches, kernel.extern, constants, tensor placement ops
    (concat, insert_slice, extract_slice, expand_shape, collapse_shape, empty,
    cast) and return; any other op is an error.
  }];
  let dependentDialects = ["::atrous::kernel::KernelDialect",
                           "::mlir::linalg::LinalgDialect"];
}

#endif // ATROUS_PASSES_FUSION_PASSES_TD
