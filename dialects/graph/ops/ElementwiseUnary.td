//===- ElementwiseUnary.td - One tensor in, same shape out ----*- tablegen -*-===//

/// The methods that all elementwise ops share. `kind` is an ElementKind,
/// `makesNonFinite` says whether a finite operand may give an infinity or NaN.
class Graph_ElementwiseMethods<string infer, string makesNonFinite> {
  string definition = [{
    ::mlir::LogicalResult $cppClass::inferReturnTypes(
        ::mlir::MLIRContext *, ::std::optional<::mlir::Location> location,
        Adaptor op, ::llvm::SmallVectorImpl<::mlir::Type> &results) {
      }] # infer # [{
    }
    ::mlir::FailureOr<::llvm::SmallVector<::mlir::Value>>
    $cppClass::lowerToLinalg(::mlir::OpBuilder &builder,
                             ::mlir::ValueRange operands) {
      return ::atrous::graph::lowerElementwise(*this, builder, operands);
    }
    ::mlir::FailureOr<::llvm::SmallVector<::atrous::graph::TensorAttr>>
    $cppClass::getBlockedOperandLayouts(
        int64_t tile, ::llvm::ArrayRef<bool> operandIsBlocked) {
      return ::atrous::graph::getElementwiseOperandLayouts(
          *this, tile, operandIsBlocked, }] # makesNonFinite # [{);
    }
  }];
}
class Graph_SameTypeMethods<string kind, string makesNonFinite>
    : Graph_ElementwiseMethods<
        "return ::atrous::graph::inferSameType(location, op.getOperands(), "
        "::atrous::graph::ElementKind::" # kind # ", results);",
        makesNonFinite>;

class Graph_UnaryOp<string mnemonic, string kind, string makesNonFinite = "false">
    : Graph_TensorOp<mnemonic, [
        DeclareOpInterfaceMethods<ElementwiseOpInterface>,
        DeclareOpInterfaceMethods<BlockedLayoutOpInterface, ["getBlockedOperandLayouts"]>]> {
  let arguments = (ins Graph_Tensor:$input);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($output)";
  let extraClassDefinition = Graph_SameTypeMethods<kind, makesNonFinite>.definition;
}
def Graph_AbsOp : Graph_UnaryOp<"abs", "number"> { let summary = "|x|"; }
def Graph_NegOp : Graph_UnaryOp<"neg", "number"> { let summary = "-x"; }
def Graph_CeilOp : Graph_UnaryOp<"ceil", "floating"> { let summary = "smallest integer not below x"; }
def Graph_FloorOp : Graph_UnaryOp<"floor", "floating"> { let summary = "largest integer not above x"; }
def Graph_RoundOp : Graph_UnaryOp<"round", "floating"> { let summary = "nearest integer, ties to even"; }
def Graph_SqrtOp : Graph_UnaryOp<"sqrt", "floating", "true"> { let summary = "square root"; }
def Graph_ExpOp : Graph_UnaryOp<"exp", "floating", "true"> { let summary = "e to the x"; }
def Graph_LogOp : Graph_UnaryOp<"log", "floating", "true"> { let summary = "natural logarithm"; }
def Graph_SinOp : Graph_UnaryOp<"sin", "floating"> { let summary = "sine of x in radians"; }
def Graph_CosOp : Graph_UnaryOp<"cos", "floating"> { let summary = "cosine of x in radians"; }
def Graph_TanOp : Graph_UnaryOp<"tan", "floating", "true"> { let summary = "tangent of x in radians"; }
def Graph_AsinOp : Graph_UnaryOp<"asin", "floating", "true"> { let summary = "inverse of the sine, in radians"; }
def Graph_AcosOp : Graph_UnaryOp<"acos", "floating", "true"> { let summary = "inverse of the cosine, in radians"; }
def Graph_AtanOp : Graph_UnaryOp<"atan", "floating"> { let summary = "inverse of the tangent, in radians"; }
def Graph_SinhOp : Graph_UnaryOp<"sinh", "floating", "true"> { let summary = "hyperbolic sine"; }
def Graph_CoshOp : Graph_UnaryOp<"cosh", "floating", "true"> { let summary = "hyperbolic cosine"; }
def Graph_AsinhOp : Graph_UnaryOp<"asinh", "floating"> { let summary = "inverse of the hyperbolic sine"; }
def Graph_AcoshOp : Graph_UnaryOp<"acosh", "floating", "true"> { let summary = "inverse of the hyperbolic cosine"; }
def Graph_AtanhOp : Graph_UnaryOp<"atanh", "floating", "true"> { let summary = "inverse of the hyperbolic tangent"; }
def Graph_TanhOp : Graph_UnaryOp<"tanh", "floating"> { let summary = "hyperbolic tangent"; }
def Graph_ErfOp : Graph_UnaryOp<"erf", "floating"> { let summary = "Gauss error function"; }
def Graph_SigmoidOp : Graph_UnaryOp<"sigmoid", "floating"> { let summary = "1 / (1 + exp(-x))"; }
def Graph_ReluOp : Graph_UnaryOp<"relu", "number"> { let summary = "max(x, 0); NaN stays NaN"; }
def Graph_SignOp : Graph_UnaryOp<"sign", "number"> { let summary = "-1, 0 or 1; NaN stays NaN"; }
def Graph_NotOp : Graph_UnaryOp<"not", "bits"> { let summary = "logical complement of booleans, bitwise complement of integers"; }
