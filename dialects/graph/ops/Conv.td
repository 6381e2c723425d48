//===- Conv.td - graph.conv -----------------------------------*- tablegen -*-===//
def Graph_ConvOp : Graph_TensorOp<"conv", [
    DeclareOpInterfaceMethods<BlockedLayoutOpInterface, ["getBlockedOperandLayouts", "prefersBlockedLayout"]>]> {
  let summary = "N-dimensional convolution (cross-correlation)";
  let description = [{
    `input` [N, C, spatial...], `weights` [M, C / group, kernel...], optional
    `bias` [M], output [N, M, spatial...]. `pads` holds the begin values of all
    spatial dimensions, then the end values.
    https://onnx.ai/onnx/operators/onnx__Conv.html
  }];
  let arguments = (ins Graph_Tensor:$input, Graph_Tensor:$weights, Optional<Graph_Tensor>:$bias,
    DenseI64ArrayAttr:$strides, DenseI64ArrayAttr:$dilations, DenseI64ArrayAttr:$pads, I64Attr:$group);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
}
