//===- Det.td - graph.det -------------------------------------*- tablegen -*-===//
def Graph_DetOp : Graph_RuntimeOp<"det"> {
  let summary = "determinants of the square matrices of the last two dimensions";
  let arguments = (ins Graph_Tensor:$input);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($output)";
}
