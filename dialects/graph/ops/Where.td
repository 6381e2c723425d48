//===- Where.td - graph.where ---------------------------------*- tablegen -*-===//
def Graph_WhereOp : Graph_TensorOp<"where", [
    DeclareOpInterfaceMethods<ElementwiseOpInterface>,
    DeclareOpInterfaceMethods<BlockedLayoutOpInterface, ["getBlockedOperandLayouts"]>]> {
  let summary = "condition ? x : y, with NumPy broadcasting";
  let arguments = (ins Graph_Tensor:$condition, Graph_Tensor:$lhs, Graph_Tensor:$rhs);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
  let extraClassDefinition = Graph_ElementwiseMethods<
      "return ::atrous::graph::inferWhere(location, op.getOperands(), results);", "false">.definition;
}
