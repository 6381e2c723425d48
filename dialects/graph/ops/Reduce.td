//===- Reduce.td - graph.reduce -------------------------------*- tablegen -*-===//
def Graph_ReduceKind : I64EnumAttr<"ReduceKind", "what a reduction computes", [
    I64EnumAttrCase<"sum", 0>, I64EnumAttrCase<"mean", 1>, I64EnumAttrCase<"max", 2>,
    I64EnumAttrCase<"min", 3>, I64EnumAttrCase<"prod", 4>, I64EnumAttrCase<"l1", 5>,
    I64EnumAttrCase<"l2", 6>, I64EnumAttrCase<"sum_square", 7>]> {
  let cppNamespace = "::atrous::graph";
  let genSpecializedAttr = 0;
}
def Graph_ReduceKindAttr : EnumAttr<Graph_Dialect, Graph_ReduceKind, "reduce_kind">;
def Graph_ReduceOp : Graph_MovementOp<"reduce", [
    DeclareOpInterfaceMethods<BlockedLayoutOpInterface, ["getBlockedOperandLayouts"]>]> {
  let summary = "reduction over some dimensions";
  let description = [{
    `axes` (optional, rank-1 i64, may count from the end) says which; absent: all,
    or none with `noop_with_empty_axes`. Kept dimensions have size 1. The maximum of nothing is
    the type's lowest value, the mean of nothing NaN.
  }];
  let arguments = (ins Graph_ReduceKindAttr:$kind, Graph_Tensor:$input, Optional<Graph_Tensor>:$axes,
    UnitAttr:$keepdims, UnitAttr:$noop_with_empty_axes);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "$kind `,` operands attr-dict `:` functional-type(operands, results)";
}
