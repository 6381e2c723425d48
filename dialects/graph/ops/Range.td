//===- Range.td - graph.range ---------------------------------*- tablegen -*-===//
def Graph_RangeOp : Graph_MovementOp<"range"> {
  let summary = "start, start + delta, ... below (above, for negative delta) limit; scalars in, rank 1 out";
  let arguments = (ins Graph_Tensor:$start, Graph_Tensor:$limit, Graph_Tensor:$delta);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
}
