//===- Cast.td - graph.cast -----------------------------------*- tablegen -*-===//
def Graph_CastOp : Graph_TensorOp<"cast", [
    DeclareOpInterfaceMethods<ElementwiseOpInterface>,
    DeclareOpInterfaceMethods<BlockedLayoutOpInterface, ["getBlockedOperandLayouts"]>]> {
  let summary = "element type conversion; float to integer saturates, NaN gives 0";
  let arguments = (ins Graph_Tensor:$input, TypeAttr:$to);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "$input `to` $to attr-dict `:` type($input) `->` type($output)";
  let extraClassDefinition = Graph_ElementwiseMethods<[{
      return ::atrous::graph::inferCast(location, op.getInput(), op.getTo(), results);
  }], "false">.definition;
  let hasFolder = 1;
}
