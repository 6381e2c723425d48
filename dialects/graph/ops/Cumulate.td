//===- Cumulate.td - graph.cumulate ---------------------------*- tablegen -*-===//
def Graph_CumulateOp : Graph_RuntimeOp<"cumulate"> {
  let summary = "sums (products) of all elements up to each one along a dimension";
  let description = [{
    `axis` has one integer. `exclusive` leaves the element itself out, `reverse` begins at the end.
    https://onnx.ai/onnx/operators/onnx__CumSum.html
  }];
  let arguments = (ins Graph_Tensor:$input, Graph_Tensor:$axis, UnitAttr:$product,
    UnitAttr:$exclusive, UnitAttr:$reverse);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
}
