//===- Gather.td - graph.gather -------------------------------*- tablegen -*-===//
def Graph_GatherOp : Graph_MovementOp<"gather"> {
  let summary = "picks slices along `axis` by index; negative indices count from the end";
  let description = "https://onnx.ai/onnx/operators/onnx__Gather.html";
  let arguments = (ins Graph_Tensor:$input, Graph_Tensor:$indices, I64Attr:$axis);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
}
