//===- MaxUnpool.td - graph.max_unpool ------------------------*- tablegen -*-===//
def Graph_MaxUnpoolOp : Graph_RuntimeOp<"max_unpool"> {
  let summary = "writes each value to the flat index it was pooled from, zero elsewhere";
  let description = [{
    The places written are data; an index out of range is a run-time error naming the node.
    `indices` count in the tensor that kernel_shape, strides and pads give;
    `output_shape` (optional, rank-1 i64) may ask for a larger one.
    https://onnx.ai/onnx/operators/onnx__MaxUnpool.html
  }];
  let arguments = (ins Graph_Tensor:$input, Graph_Tensor:$indices, Optional<Graph_Tensor>:$output_shape,
    DenseI64ArrayAttr:$kernel_shape, DenseI64ArrayAttr:$strides, DenseI64ArrayAttr:$pads);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
}
