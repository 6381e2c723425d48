//===- ElementwiseBinary.td - Two tensors, NumPy broadcasting -*- tablegen -*-===//
class Graph_BinaryOp<string mnemonic, list<Trait> traits = []>
    : Graph_TensorOp<mnemonic, !listconcat(traits, [
        DeclareOpInterfaceMethods<ElementwiseOpInterface>,
        DeclareOpInterfaceMethods<BlockedLayoutOpInterface, ["getBlockedOperandLayouts"]>])> {
  let arguments = (ins Graph_Tensor:$lhs, Graph_Tensor:$rhs);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat =
      "$lhs `,` $rhs attr-dict `:` type($lhs) `,` type($rhs) `->` type($output)";
}
def Graph_AddOp : Graph_BinaryOp<"add"> { let summary = "x + y"; }
def Graph_SubOp : Graph_BinaryOp<"sub"> { let summary = "x - y"; }
def Graph_MulOp : Graph_BinaryOp<"mul"> { let summary = "x * y"; }
def Graph_DivOp : Graph_BinaryOp<"div"> {
  let summary = "x / y; integers truncate, x / 0 is 0 and INT_MIN / -1 wraps";
}
def Graph_ModOp : Graph_BinaryOp<"mod"> {
  let summary = "remainder; integers take the divisor's sign unless `fmod`";
  let arguments = (ins Graph_Tensor:$lhs, Graph_Tensor:$rhs, UnitAttr:$fmod);
}
def Graph_PowOp : Graph_BinaryOp<"pow"> { let summary = "x to the y, in the type of x"; }
def Graph_MinOp : Graph_BinaryOp<"min"> { let summary = "the smaller; NaN wins"; }
def Graph_MaxOp : Graph_BinaryOp<"max"> { let summary = "the larger; NaN wins"; }
def Graph_AndOp : Graph_BinaryOp<"and"> { let summary = "logical or bitwise and"; }
def Graph_OrOp : Graph_BinaryOp<"or"> { let summary = "logical or bitwise or"; }
def Graph_XorOp : Graph_BinaryOp<"xor"> { let summary = "logical or bitwise exclusive or"; }

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
  let summary = "elementwise comparison, giving i1";
  let arguments = (ins Graph_ComparePredicateAttr:$predicate, Graph_Tensor:$lhs, Graph_Tensor:$rhs);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "$predicate `,` $lhs `,` $rhs attr-dict `:` type($lhs) `,` type($rhs) `->` type($output)";
}
