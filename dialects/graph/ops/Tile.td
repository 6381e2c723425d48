//===- Tile.td - graph.tile -----------------------------------*- tablegen -*-===//
def Graph_TileOp : Graph_MovementOp<"tile"> {
  let summary = "repeats each dimension `repeats` (rank-1 i64) times";
  let arguments = (ins Graph_Tensor:$input, Graph_Tensor:$repeats);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
}
