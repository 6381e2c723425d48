//===- Passes.td - Passes on the graph dialect ----------------*- tablegen -*-===//

#ifndef ATROUS_PASSES_GRAPH_PASSES_TD
#define ATROUS_PASSES_GRAPH_PASSES_TD

include "mlir/Pass/PassBase.td"

def InferShapes : Pass<"atrous-infer-shapes", "::mlir::func::FuncOp"> {
  let summary = "refines result types, folding the arithmetic on shapes";
  let description = [{
    Walks the function in order. Each op's result types are inferred anew from
    its refined operands; an op with constant operands and a small result is
    replaced by its value at once, since later shapes depend on it.

    ```mlir
    func.func @main(%x: tensor<1x8x4x4xf32>) -> tensor<*xf32> {
      %s = graph.shape %x : tensor<1x8x4x4xf32> -> tensor<*xi64>
      %r = graph.reshape %y, %s : tensor<8x16xf32>, tensor<*xi64> -> tensor<*xf32>
      return %r : tensor<*xf32>
    }
    // becomes
    func.func @main(%x: tensor<1x8x4x4xf32>) -> tensor<1x8x4x4xf32> {
      %s = graph.constant dense<[1, 8, 4, 4]> : tensor<4xi64>
      %r = graph.reshape %y, %s : tensor<8x16xf32>, tensor<4xi64> -> tensor<1x8x4x4xf32>
      return %r : tensor<1x8x4x4xf32>
    }
    ```

    Afterwards every rank is known, and every dimension is a number or has a
    symbol: an expression of the names of others (SizeExpr.h), or a name of its own
    where the size depends on data. A rank that depends on data is an error.
    Values that meet at the end of the branches of scf.if, or of iterations of
    scf.while, are retyped to what they have in common.
  }];
  let options = [
    Option<"maxBytes", "max-bytes", "int64_t", "16384",
           "largest value that is folded, in bytes">];
  let dependentDialects = [
    "::atrous::graph::GraphDialect", "::mlir::func::FuncDialect"];
}

def MaterializeBroadcasts : Pass<"atrous-materialize-broadcasts", "::mlir::func::FuncOp"> {
  let summary = "stretches operands whose sizes may be 1";
  let description = [{
    An operand of an elementwise op, or of a product's batch dimensions, whose size is neither known
    to be 1 nor to be that of the result, is expanded to the result's size first. The expansion checks when
    it runs that the size is one of both.

    ```mlir
    %z = graph.add %x, %y : tensor<?xf32, V>, tensor<?xf32, W> -> tensor<?xf32, "bcast(V,W)">
    // becomes
    %s = graph.size_vector ["bcast(V,W)"] -> tensor<1xi64>
    %a = graph.expand %x, %s : (tensor<?xf32, V>, tensor<1xi64>) -> tensor<?xf32, "bcast(V,W)">
    %b = graph.expand %y, %s : ...
    %z = graph.add %a, %b : ...
    ```
  }];
}

def FoldConstants : Pass<"atrous-fold-constants", "::mlir::ModuleOp"> {
  let summary = "replaces ops on constants by their values";
  let description = [{
    Runs the lowering of each pure op whose operands are constant (see
    passes/support/Interpreter.h). A value is kept only if it takes at most
    `max-bytes`, or no more than the op's operands together: arithmetic on
    weights folds, a constant expanded to a large tensor does not. Constants
    without a use are erased and their memory is released, unless it is that of a value in
    `graph.held_elsewhere` of the module.

    ```mlir
    %w = graph.constant dense<2.0> : tensor<4xf32>
    %r = graph.sqrt %w : tensor<4xf32> -> tensor<4xf32>
    // becomes
    %r = graph.constant dense<1.41421354> : tensor<4xf32>
    ```
  }];
  let options = [
    Option<"maxBytes", "max-bytes", "int64_t", "65536",
           "largest value that is folded whatever its operands, in bytes">];
  let dependentDialects = ["::atrous::graph::GraphDialect"];
}

def DecomposeConvTranspose
    : Pass<"atrous-decompose-conv-transpose", "::mlir::func::FuncOp"> {
  let summary = "writes a transposed convolution as one convolution per phase";
  let description = [{
    With stride s, output elements o = s * q + p of the same phase p meet the
    same taps of the kernel, so they are a plain convolution of the input with
    every s-th tap, flipped (no zeros are inserted). graph.interleave weaves
    the phases together:

    ```mlir
    %y = graph.conv_transpose(%x, %w) {strides = [2, 2], ...} : (tensor<1x8x5x5xf32>, tensor<8x4x2x2xf32>) -> tensor<1x4x10x10xf32>
    // becomes
    %t = graph.transpose %w {perm = [1, 0, 2, 3]} : tensor<8x4x2x2xf32> -> tensor<4x8x2x2xf32>
    %w0 = graph.slice %t [...] : ... -> tensor<4x8x1x1xf32>
    %p0 = graph.conv(%x, %w0) {strides = [1, 1], ...} : ... -> tensor<1x4x5x5xf32>
    // ... %p1, %p2, %p3
    %y = graph.interleave(%p0, %p1, %p2, %p3) {strides = [2, 2], spatial = [10, 10]} : ... -> tensor<1x4x10x10xf32>
    ```

    Stride 1 gives one convolution and no interleave. Does nothing for
    a kernel of unknown size, or sizes without a name.
  }];
  let dependentDialects = ["::atrous::graph::GraphDialect"];
}

def SkipPaddedTaps : Pass<"atrous-skip-padded-taps", "::mlir::func::FuncOp"> {
  let summary = "leaves out the taps of convolutions that meet padding alone";
  let description = [{
    Taps that meet the input nowhere go: a 3x3 kernel on a single pixel is a 1x1
    one. Where less than half of taps and outputs meet it, as with a dilation of
    36 on 65x65 pixels, a large convolution becomes a sum of convolutions by
    single taps on the parts of the input that they meet; the one that meets it
    everywhere takes the bias.

    ```mlir
    %y = graph.conv(%x, %w, %bias) {dilations = [36], pads = [36, 36], ...}
        : (tensor<1x2048x65xf32>, ...) -> tensor<1x256x65xf32>
    // becomes
    %a = graph.conv(%x[0:29], %w[0:1])             // outputs 36 to 64
    %c = graph.conv(%x[36:65], %w[2:3])            // outputs 0 to 28
    %s = graph.add(graph.pad(%a), graph.pad(%c))
    %b = graph.conv(%x, %w[1:2], %bias)
    %y = graph.add %b, %s
    ```
  }];
  let dependentDialects = ["::atrous::graph::GraphDialect"];
}

def MaterializePadding
    : Pass<"atrous-materialize-padding", "::mlir::func::FuncOp"> {
  let summary = "pads the inputs of convolutions explicitly";
  let description = [{
    Convolution kernels have no borders to check. Convolutions that pad one
    value equally share one graph.pad.

    ```mlir
    %y = graph.conv(%x, %w) {pads = [1, 1, 1, 1], ...}
    // becomes
    %pads = graph.constant dense<[0, 0, 1, 1, 0, 0, 1, 1]> : tensor<8xi64>
    %p = graph.pad %x, %pads {mode = "constant"}
    %y = graph.conv(%p, %w) {pads = [0, 0, 0, 0], ...}
    ```

    Pooling takes care of its padding itself.
  }];
  let dependentDialects = ["::atrous::graph::GraphDialect"];
}

def SinkElementwise : Pass<"atrous-sink-elementwise", "::mlir::func::FuncOp"> {
  let summary = "applies unary elementwise ops before graph.interleave";
  let description = [{
    There they join the kernels that compute the phases, and the woven tensor
    is written once.

    ```mlir
    %i = graph.interleave(%a, %b) {...}
    %y = graph.relu %i
    // becomes
    %ra = graph.relu %a
    %rb = graph.relu %b
    %y = graph.interleave(%ra, %rb) {...}
    ```

    Does nothing where the woven tensor has another use, or the op more than
    one operand that is not a constant of one value per channel.
  }];
  let dependentDialects = ["::atrous::graph::GraphDialect"];
}

def AssignLayout : Pass<"atrous-assign-layout", "::mlir::ModuleOp"> {
  let summary = "blocks channels by the vector length where it pays";
  let description = [{
    Walks the ops in order, with `kernel.target`'s lanes as the block. Ops that
    prefer blocked channels (convolutions) get them; others follow an operand
    that is blocked already; the rest stay plain. A value needed in both forms
    is reordered once. Reorders of constants are left to constant folding. The
    inputs and results of the function stay plain.

    ```mlir
    %y = graph.conv(%x, %w) {...} : (tensor<1x32x8x8xf32>, tensor<64x32x1x1xf32>) -> tensor<1x64x8x8xf32>
    // becomes, with 16 lanes (#l = #graph.tensor<inner_dims = [1], inner_tiles = [16]>)
    %bx = graph.reorder %x : tensor<1x32x8x8xf32> -> tensor<1x32x8x8xf32, #l>
    %bw = graph.reorder %w : tensor<64x32x1x1xf32> -> tensor<64x32x1x1xf32, #w>
    %by = graph.conv(%bx, %bw) {...} : (...) -> tensor<1x64x8x8xf32, #l>
    %y = graph.reorder %by : tensor<1x64x8x8xf32, #l> -> tensor<1x64x8x8xf32>
    ```

    Does nothing without a `kernel.target`.
  }];
  let dependentDialects = ["::atrous::graph::GraphDialect"];
}

#endif // ATROUS_PASSES_GRAPH_PASSES_TD
