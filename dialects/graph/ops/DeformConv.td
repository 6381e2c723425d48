//===- DeformConv.td - graph.deform_conv ----------------------*- tablegen -*-===//
def Graph_DeformConvOp : Graph_TensorOp<"deform_conv", [AttrSizedOperandSegments]> {
  let summary = "convolution whose taps lie where `offset` says";
  let description = [{
    `input` [N, C, spatial...], `weights` [M, C / group, kernel...], optional `bias` [M], output
    [N, M, out...]. `offset` [N, offset_group * kernel * rank, out...] is added to the position of each tap,
    in elements of the input; between elements the input is interpolated linearly, outside it is 0.
    Optional `mask` [N, offset_group * kernel, out...] is a factor of each tap. The channels of one offset
    group share offsets and mask.
    https://onnx.ai/onnx/operators/onnx__DeformConv.html
  }];
  let arguments = (ins Graph_Tensor:$input, Graph_Tensor:$weights, Graph_Tensor:$offset,
    Optional<Graph_Tensor>:$bias, Optional<Graph_Tensor>:$mask, DenseI64ArrayAttr:$strides,
    DenseI64ArrayAttr:$dilations, DenseI64ArrayAttr:$pads, I64Attr:$group, I64Attr:$offset_group);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = [{
    $input `,` $weights `,` $offset (`bias` $bias^ `:` type($bias))? (`mask` $mask^ `:` type($mask))?
    attr-dict `:` type($input) `,` type($weights) `,` type($offset) `->` type($output)
  }];
  let hasVerifier = 1;
}
