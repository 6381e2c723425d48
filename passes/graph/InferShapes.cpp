//===- InferShapes.cpp - Result types, and the arithmetic on shapes -------===//

#include "passes/graph/ShapeInference.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "passes/graph/Folding.h"
#include "passes/graph/Passes.h"

using namespace mlir;

namespace atrous {
#define GEN_PASS_DEF_INFERSHAPES
#include "passes/graph/Passes.h.inc"
} // namespace atrous

using namespace atrous;

/// An error that says why the result has no rank.
static LogicalResult reportUnranked(Operation *op, Type type) {
  InFlightDiagnostic error = emitError(op->getLoc());
  error << "has a number of dimensions that depends on data: the result is "
        << type;
  for (Value operand : op->getOperands()) {
    Operation *source = operand.getDefiningOp();
    if (!getElementTypeOrSelf(operand.getType()).isInteger(64) ||
        (source && source->hasTrait<OpTrait::ConstantLike>()))
      continue;
    auto name = source ? dyn_cast<NameLoc>(source->getLoc()) : NameLoc();
    if (name)
      return error << ", and the shape is computed by '"
                   << name.getName().getValue() << "'";
    if (!source)
      return error << ", and the shape is an input of the network";
  }
  return error;
}

static LogicalResult checkRanks(func::FuncOp function) {
  for (BlockArgument arg : function.getArguments()) {
    if (!isa<UnrankedTensorType>(arg.getType()))
      continue;
    auto name = function.getArgAttrOfType<StringAttr>(arg.getArgNumber(),
                                                      graph::kNameAttr);
    std::string text =
        name ? name.str() : ("#" + llvm::Twine(arg.getArgNumber())).str();
    return emitError(function.getLoc())
           << "input '" << text
           << "' has an unknown number of dimensions; give them with --shape="
           << text << ":1x3x480x640";
  }
  WalkResult result = function.walk([](Operation *op) {
    for (Type type : op->getResultTypes())
      if (isa<UnrankedTensorType>(type)) {
        (void)reportUnranked(op, type);
        return WalkResult::interrupt();
      }
    return WalkResult::advance();
  });
  return failure(result.wasInterrupted());
}

static void updateFunctionType(func::FuncOp function) {
  Block &body = function.getBody().front();
  function.setFunctionType(
      FunctionType::get(function.getContext(), body.getArgumentTypes(),
                        body.getTerminator()->getOperandTypes()));
}

namespace {
struct InferShapes : atrous::impl::InferShapesBase<InferShapes> {
  using InferShapesBase::InferShapesBase;

  void runOnOperation() override {
    func::FuncOp function = getOperation();
    if (function.isExternal())
      return;
    ShapeInference inference(function, [&](Operation *op) {
      return foldToValues(op, [&](Operation *op) { return isSmall(op); });
    });
    if (failed(inference.run()))
      return signalPassFailure();
    updateFunctionType(function);
    if (failed(checkRanks(function)))
      signalPassFailure();
  }

private:
  bool isSmall(Operation *op) {
    int64_t bytes = getResultBytes(op);
    // What data tells the size of has no more elements than its operands.
    if (bytes < 0 && isa<graph::RuntimeOpInterface>(op))
      bytes = getOperandBytes(op);
    return bytes >= 0 && bytes <= maxBytes;
  }
};
} // namespace
