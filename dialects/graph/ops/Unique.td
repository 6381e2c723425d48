//===- Unique.td - graph.unique -------------------------------*- tablegen -*-===//
def Graph_UniqueOp : Graph_RuntimeOp<"unique"> {
  let summary = "distinct elements (slices along `axis`)";
  let description = [{
    With them the index of the first occurrence, for each input element the place of its value in
    `output`, and how often each occurs. In order of first occurrence unless `sorted`.
    https://onnx.ai/onnx/operators/onnx__Unique.html
  }];
  let arguments = (ins Graph_Tensor:$input, OptionalAttr<I64Attr>:$axis, UnitAttr:$sorted);
  let results = (outs Graph_Tensor:$output, Graph_Tensor:$indices, Graph_Tensor:$inverse_indices,
    Graph_Tensor:$counts);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
}
