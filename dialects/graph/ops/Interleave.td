//===- Interleave.td - graph.interleave -----------------------*- tablegen -*-===//
def Graph_InterleaveOp : Graph_TensorOp<"interleave", [
    DeclareOpInterfaceMethods<BlockedLayoutOpInterface, ["getBlockedOperandLayouts"]>]> {
  let summary = "weaves the output phases of a transposed convolution together";
  let description = [{
    One input per phase, row major in the phase coordinates p (0 <= p[d] < strides[d]):
    output[n, c, strides * i + p] = inputs[p][n, c, i]. Phases may differ by one in size
    where a spatial size is no multiple of its stride; an input of size zero in some
    spatial dimension covers no element. `spatial` is the output's spatial size.
    Made by DecomposeConvTranspose; no ONNX counterpart.
  }];
  let arguments = (ins Variadic<Graph_Tensor>:$inputs, DenseI64ArrayAttr:$strides, DenseI64ArrayAttr:$spatial);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
}
