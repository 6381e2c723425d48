//===- NonZero.td - Elements by a mask ------------------------*- tablegen -*-===//
def Graph_NonZeroOp : Graph_RuntimeOp<"non_zero"> {
  let summary = "positions of the elements other than 0: [rank, n] i64, in row-major order";
  let arguments = (ins Graph_Tensor:$input);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
}
def Graph_CompressOp : Graph_RuntimeOp<"compress"> {
  let summary = "the elements (slices along `axis`) where `condition` (rank-1 i1) holds";
  let description = [{
    Without `axis`, the input is looked at as a vector. Elements behind a short condition are not taken.
    https://onnx.ai/onnx/operators/onnx__Compress.html
  }];
  let arguments = (ins Graph_Tensor:$input, Graph_Tensor:$condition, OptionalAttr<I64Attr>:$axis);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
}
