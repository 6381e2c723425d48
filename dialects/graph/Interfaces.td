//===- Interfaces.td - What passes may ask of a graph op ------*- tablegen -*-===//

#ifndef ATROUS_DIALECTS_GRAPH_INTERFACES_TD
#define ATROUS_DIALECTS_GRAPH_INTERFACES_TD

include "mlir/IR/OpBase.td"

def LinalgLoweringOpInterface : OpInterface<"LinalgLoweringOpInterface"> {
  let cppNamespace = "::atrous::graph";
  let description = [{
    The meaning of the op, as linalg and tensor ops on physical tensors (blocked
    dimensions split, tiles innermost; see getPhysicalType). This is the only
    place where an op's arithmetic is written: constant folding interprets it,
    code generation compiles it.
  }];
  let methods = [
    InterfaceMethod<[{
        Emits the op at the builder's insertion point. `operands` are the op's
        operands on their physical types, in order (absent optional operands are
        null). Returns one value of physical type per result. The ops emitted are: linalg.generic
        (with linalg.fill as init), and the view and placement ops
        tensor.{empty, expand_shape, collapse_shape, extract_slice,
        insert_slice, concat}; a generic's body may hold arith, math, linalg.index,
        tensor.extract, scf.for and scf.if. On failure an error has been
        emitted at the op's location.
      }],
      "::mlir::FailureOr<::llvm::SmallVector<::mlir::Value>>", "lowerToLinalg",
      (ins "::mlir::OpBuilder &":$builder, "::mlir::ValueRange":$operands)>,
  ];
}

def BlockedLayoutOpInterface : OpInterface<"BlockedLayoutOpInterface"> {
  let cppNamespace = "::atrous::graph";
  let description = [{
    Ops that can work on channel-blocked tensors (nChw16c and the like). An op
    without this interface wants plain operands and gives plain results.
  }];
  let methods = [
    InterfaceMethod<[{
        The layout that each operand must have for results whose dimension 1 is
        blocked by `tile`: one TensorAttr per operand, null for plain; failure
        where the op cannot work blocked (say, a concat of 10 and 6 channels).
        `operandIsBlocked` says which operands already arrive blocked, for ops
        that take either form (a convolution's first layer).
      }],
      "::mlir::FailureOr<::llvm::SmallVector<::atrous::graph::TensorAttr>>",
      "getBlockedOperandLayouts",
      (ins "int64_t":$tile, "::llvm::ArrayRef<bool>":$operandIsBlocked)>,
    InterfaceMethod<[{
        True for ops that are worth a layout change of their operands
        (convolutions); others go blocked only where an operand already is.
      }],
      "bool", "prefersBlockedLayout", (ins "int64_t":$tile), /*body=*/"",
      /*defaultImplementation=*/"return false;">,
    InterfaceMethod<[{
        The layout of the results when the operands have the layouts that
        getBlockedOperandLayouts asks for; null for plain (a matmul, which
        only has its weights reordered).
      }],
      "::atrous::graph::TensorAttr", "getBlockedResultLayout",
      (ins "int64_t":$tile), /*body=*/"", /*defaultImplementation=*/[{
        return ::atrous::graph::getChannelBlockedLayout(
            $_op->getContext(), tile);
      }]>,
  ];
}

def RuntimeOpInterface : OpInterface<"RuntimeOpInterface"> {
  let cppNamespace = "::atrous::graph";
  let description = [{
    Ops done by a function of the runtime (runtime/cpu/ops): those whose work or
    result sizes depend on data, or whose data supplies indices, which must be
    checked. An op that also has LinalgLoweringOpInterface is done there only
    where needsRuntime says so.
  }];
  let methods = [
    InterfaceMethod<[{
        Whether this op cannot be lowered to linalg: its parameters are not
        constant, or its sizes not static.
      }],
      "bool", "needsRuntime", (ins), /*body=*/"",
      /*defaultImplementation=*/"return true;">,
    InterfaceMethod<[{
        The function's name. It gets the op's operands (absent ones are left
        out), its results, and the arguments.
      }],
      "::llvm::StringRef", "getRuntimeFunction">,
    InterfaceMethod<[{
        The attributes in the order that the function documents, floats
        bit-cast from f64, and which optional operands there are.
      }],
      "::llvm::SmallVector<int64_t>", "getRuntimeArguments">,
    InterfaceMethod<[{
        Whether the result is the first operand under another shape, which is
        what the function computes. No element is moved then.
      }],
      "bool", "givesView", (ins), /*body=*/"",
      /*defaultImplementation=*/"return false;">,
    InterfaceMethod<[{
        Whether the function may compute the result in the first operand's
        memory, if that is not needed any more.
      }],
      "bool", "updatesInput", (ins), /*body=*/"",
      /*defaultImplementation=*/"return false;">,
  ];
}

def ElementwiseOpInterface : OpInterface<"ElementwiseOpInterface"> {
  let cppNamespace = "::atrous::graph";
  let description = [{
    Each result element depends on one element of each operand, with NumPy
    broadcasting.
  }];
  let methods = [
    InterfaceMethod<[{
        Emits the op on scalars (arith and math ops) and returns the result.
      }],
      "::mlir::Value", "emitScalar",
      (ins "::mlir::OpBuilder &":$builder, "::mlir::Location":$loc,
           "::mlir::ValueRange":$scalars)>,
  ];
}

#endif // ATROUS_DIALECTS_GRAPH_INTERFACES_TD
