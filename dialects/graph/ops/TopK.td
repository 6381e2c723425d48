//===- TopK.td - graph.top_k ----------------------------------*- tablegen -*-===//
def Graph_TopKOp : Graph_RuntimeOp<"top_k"> {
  let summary = "the `k` largest or smallest elements along one dimension, the best first";
  let description = [{
    `k` has one i64. NaN is larger than any number; ties go to the lowest index.
    https://onnx.ai/onnx/operators/onnx__TopK.html
  }];
  let arguments = (ins Graph_Tensor:$input, Graph_Tensor:$k, I64Attr:$axis, UnitAttr:$smallest);
  let results = (outs Graph_Tensor:$values, Graph_Tensor:$indices);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
}
