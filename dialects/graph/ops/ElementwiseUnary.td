//===- ElementwiseUnary.td - One tensor in, same shape out ----*- tablegen -*-===//
class Graph_UnaryOp<string mnemonic, list<Trait> traits = []>
    : Graph_TensorOp<mnemonic, !listconcat(traits, [
        DeclareOpInterfaceMethods<ElementwiseOpInterface>,
        DeclareOpInterfaceMethods<BlockedLayoutOpInterface, ["getBlockedOperandLayouts"]>])> {
  let arguments = (ins Graph_Tensor:$input);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($output)";
}
def Graph_AbsOp : Graph_UnaryOp<"abs"> { let summary = "|x|"; }
def Graph_NegOp : Graph_UnaryOp<"neg"> { let summary = "-x"; }
def Graph_CeilOp : Graph_UnaryOp<"ceil"> { let summary = "smallest integer not below x"; }
def Graph_FloorOp : Graph_UnaryOp<"floor"> { let summary = "largest integer not above x"; }
def Graph_RoundOp : Graph_UnaryOp<"round"> { let summary = "nearest integer, ties to even"; }
def Graph_SqrtOp : Graph_UnaryOp<"sqrt"> { let summary = "square root"; }
def Graph_ExpOp : Graph_UnaryOp<"exp"> { let summary = "e to the x"; }
def Graph_LogOp : Graph_UnaryOp<"log"> { let summary = "natural logarithm"; }
def Graph_SinOp : Graph_UnaryOp<"sin"> { let summary = "sine of x in radians"; }
def Graph_CosOp : Graph_UnaryOp<"cos"> { let summary = "cosine of x in radians"; }
def Graph_TanhOp : Graph_UnaryOp<"tanh"> { let summary = "hyperbolic tangent"; }
def Graph_ErfOp : Graph_UnaryOp<"erf"> { let summary = "Gauss error function"; }
def Graph_SigmoidOp : Graph_UnaryOp<"sigmoid"> { let summary = "1 / (1 + exp(-x))"; }
def Graph_ReluOp : Graph_UnaryOp<"relu"> { let summary = "max(x, 0); NaN stays NaN"; }
def Graph_SignOp : Graph_UnaryOp<"sign"> { let summary = "-1, 0 or 1; NaN stays NaN"; }
def Graph_NotOp : Graph_UnaryOp<"not"> { let summary = "logical complement of booleans"; }
