//===- MatMul.td - graph.matmul -------------------------------*- tablegen -*-===//
def Graph_MatMulOp : Graph_TensorOp<"matmul", [
    DeclareOpInterfaceMethods<BlockedLayoutOpInterface, [
      "getBlockedOperandLayouts", "prefersBlockedLayout",
      "getBlockedResultLayout"]>]> {
  let summary = "matrix product with NumPy's batch broadcasting";
  let description = [{
    [..., M, K] x [..., K, N] -> [..., M, N]; vectors as in numpy.matmul. With
    `transpose_rhs` the right operand is [..., N, K] (Gemm's transB). Optional
    `bias` broadcasts to the result. The output stays plain; a constant
    two-dimensional right operand may be stored in column panels [N / tile, K, tile]
    (see getBlockedOperandLayouts): inner_dims = [0], inner_tiles = [tile] where it is
    transposed, else inner_dims = [0, 1], inner_tiles = [K, tile].
    https://onnx.ai/onnx/operators/onnx__MatMul.html
  }];
  let arguments = (ins Graph_Tensor:$lhs, Graph_Tensor:$rhs, Optional<Graph_Tensor>:$bias,
    UnitAttr:$transpose_rhs);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
}
