//===- Reorder.td - graph.reorder -----------------------------*- tablegen -*-===//
def Graph_ReorderOp : Graph_Op<"reorder", [Pure, DeclareOpInterfaceMethods<LinalgLoweringOpInterface>]> {
  let summary = "same logical tensor, other layout";
  let description = [{
    The only op that changes a layout. Padding lanes of the result are zero. Reorders of
    constants are folded; a reorder of a reorder is one reorder, or none.
  }];
  let arguments = (ins AnyRankedTensor:$input);
  let results = (outs AnyRankedTensor:$output);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($output)";
  let hasFolder = 1;
  let hasCanonicalizer = 1;
  let hasVerifier = 1;
}
