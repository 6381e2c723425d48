//===- Indexing.td - Elements by indices that are data ----------*- tablegen -*-===//
def Graph_GatherElementsOp : Graph_RuntimeOp<"gather_elements"> {
  let summary = "for each index the element at it along `axis`, at the index' own place elsewhere";
  let description = "https://onnx.ai/onnx/operators/onnx__GatherElements.html";
  let arguments = (ins Graph_Tensor:$input, Graph_Tensor:$indices, I64Attr:$axis);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
}
def Graph_GatherNDOp : Graph_RuntimeOp<"gather_nd"> {
  let summary = "slices by tuples of indices, the last dimension of `indices`";
  let description = "https://onnx.ai/onnx/operators/onnx__GatherND.html";
  let arguments = (ins Graph_Tensor:$input, Graph_Tensor:$indices, I64Attr:$batch_dims);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
}
def Graph_ReverseSequenceOp : Graph_RuntimeOp<"reverse_sequence"> {
  let summary = "the first `lengths[b]` steps of each batch in reverse order";
  let description = "https://onnx.ai/onnx/operators/onnx__ReverseSequence.html";
  let arguments = (ins Graph_Tensor:$input, Graph_Tensor:$lengths, I64Attr:$batch_axis, I64Attr:$time_axis);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
}
def Graph_OneHotOp : Graph_RuntimeOp<"one_hot"> {
  let summary = "a new dimension `axis` of size `depth`: values[1] at the index, values[0] elsewhere";
  let description = [{
    Indices outside of [-depth, depth) are nowhere.
    https://onnx.ai/onnx/operators/onnx__OneHot.html
  }];
  let arguments = (ins Graph_Tensor:$indices, Graph_Tensor:$depth, Graph_Tensor:$values, I64Attr:$axis);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
}
