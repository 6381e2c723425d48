//===- Expand.td - graph.expand -------------------------------*- tablegen -*-===//
def Graph_ExpandOp : Graph_MovementOp<"expand"> {
  let summary = "broadcasts to the broadcast of the input's shape and `shape` (rank-1 i64)";
  let arguments = (ins Graph_Tensor:$input, Graph_Tensor:$shape);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
  let hasFolder = 1;
}
