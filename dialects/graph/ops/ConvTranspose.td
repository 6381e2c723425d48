//===- ConvTranspose.td - graph.conv_transpose ----------------*- tablegen -*-===//
def Graph_ConvTransposeOp : Graph_TensorOp<"conv_transpose"> {
  let summary = "transposed convolution";
  let description = [{
    `input` [N, C, spatial...], `weights` [C, M / group, kernel...], optional
    `bias` [M]. Output size per spatial dimension:
    stride * (in - 1) + output_padding + (kernel - 1) * dilation + 1 - pad_begin - pad_end.
    DecomposeConvTranspose rewrites it to one graph.conv per output phase.
    https://onnx.ai/onnx/operators/onnx__ConvTranspose.html
  }];
  let arguments = (ins Graph_Tensor:$input, Graph_Tensor:$weights, Optional<Graph_Tensor>:$bias,
    DenseI64ArrayAttr:$strides, DenseI64ArrayAttr:$dilations, DenseI64ArrayAttr:$pads,
    DenseI64ArrayAttr:$output_padding, I64Attr:$group);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
}
