//===- ElementwiseBinary.td - Two tensors, NumPy broadcasting -*- tablegen -*-===//

class Graph_BinaryOp<string mnemonic, string kind, string makesNonFinite = "false">
    : Graph_TensorOp<mnemonic, [
        DeclareOpInterfaceMethods<ElementwiseOpInterface>,
        DeclareOpInterfaceMethods<BlockedLayoutOpInterface, ["getBlockedOperandLayouts"]>]> {
  let arguments = (ins Graph_Tensor:$lhs, Graph_Tensor:$rhs);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat =
      "$lhs `,` $rhs attr-dict `:` type($lhs) `,` type($rhs) `->` type($output)";
  let extraClassDefinition = Graph_SameTypeMethods<kind, makesNonFinite>.definition;
}
def Graph_AddOp : Graph_BinaryOp<"add", "number"> { let summary = "x + y"; }
def Graph_SubOp : Graph_BinaryOp<"sub", "number"> { let summary = "x - y"; }
def Graph_MulOp : Graph_BinaryOp<"mul", "number"> { let summary = "x * y"; }
def Graph_DivOp : Graph_BinaryOp<"div", "number", "!::atrous::graph::isNonZeroSplat(getRhs())"> {
  let summary = "x / y; integers truncate, x / 0 is 0 and INT_MIN / -1 wraps";
}
def Graph_ModOp : Graph_BinaryOp<"mod", "number", "!::atrous::graph::isNonZeroSplat(getRhs())"> {
  let summary = "remainder; integers take the divisor's sign unless `fmod`, x mod 0 is 0";
  let arguments = (ins Graph_Tensor:$lhs, Graph_Tensor:$rhs, UnitAttr:$fmod);
  let hasVerifier = 1;
}
def Graph_PowOp : Graph_BinaryOp<"pow", "number", "true"> {
  let summary = "x to the y, in the type of x; an integer to a negative power truncates";
  let extraClassDefinition = Graph_ElementwiseMethods<
      "return ::atrous::graph::inferPow(location, op.getOperands(), results);", "true">.definition;
  let hasCanonicalizer = 1;
}
def Graph_MinOp : Graph_BinaryOp<"min", "number"> { let summary = "the smaller; NaN wins"; }
def Graph_MaxOp : Graph_BinaryOp<"max", "number"> { let summary = "the larger; NaN wins"; }
def Graph_AndOp : Graph_BinaryOp<"and", "bits"> { let summary = "logical or bitwise and"; }
def Graph_OrOp : Graph_BinaryOp<"or", "bits"> { let summary = "logical or bitwise or"; }
def Graph_XorOp : Graph_BinaryOp<"xor", "bits"> { let summary = "logical or bitwise exclusive or"; }
def Graph_ShiftLeftOp : Graph_BinaryOp<"shift_left", "bits"> {
  let summary = "x << y; 0 where y is no bit number (negative, or as many as the bits of x)";
}
def Graph_ShiftRightOp : Graph_BinaryOp<"shift_right", "bits"> {
  let summary = "x >> y, filling up with the sign; only that is left where y is no bit number";
}

def Graph_ComparePredicate : I64EnumAttr<"ComparePredicate", "how two elements are compared", [
    I64EnumAttrCase<"eq", 0>, I64EnumAttrCase<"lt", 1>, I64EnumAttrCase<"le", 2>,
    I64EnumAttrCase<"gt", 3>, I64EnumAttrCase<"ge", 4>]> {
  let cppNamespace = "::atrous::graph";
  let genSpecializedAttr = 0;
}
def Graph_ComparePredicateAttr : EnumAttr<Graph_Dialect, Graph_ComparePredicate, "compare">;
def Graph_CompareOp : Graph_TensorOp<"compare", [
    DeclareOpInterfaceMethods<ElementwiseOpInterface>,
    DeclareOpInterfaceMethods<BlockedLayoutOpInterface, ["getBlockedOperandLayouts"]>]> {
  let summary = "elementwise comparison, giving i1; NaN compares false";
  let arguments = (ins Graph_ComparePredicateAttr:$predicate, Graph_Tensor:$lhs, Graph_Tensor:$rhs);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "$predicate `,` $lhs `,` $rhs attr-dict `:` type($lhs) `,` type($rhs) `->` type($output)";
  let extraClassDefinition = Graph_ElementwiseMethods<
      "return ::atrous::graph::inferCompare(location, op.getOperands(), results);", "false">.definition;
}
