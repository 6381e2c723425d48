//===- Col2Im.td - graph.col2im -------------------------------*- tablegen -*-===//
def Graph_Col2ImOp : Graph_TensorOp<"col2im"> {
  let summary = "sums the columns of an unfolded image back into the image";
  let description = [{
    `input` [N, C * block elements, positions], `image_shape` and `block_shape` (rank-1 i64), output
    [N, C, image_shape...]. The input may also come as [N, C, block..., positions...]; then block_shape may
    be unknown. Each image element is the sum of all columns that an unfolding with the same
    strides, dilations and pads would copy it to.
    https://onnx.ai/onnx/operators/onnx__Col2Im.html
  }];
  let arguments = (ins Graph_Tensor:$input, Graph_Tensor:$image_shape, Graph_Tensor:$block_shape,
    DenseI64ArrayAttr:$strides, DenseI64ArrayAttr:$dilations, DenseI64ArrayAttr:$pads);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
}
