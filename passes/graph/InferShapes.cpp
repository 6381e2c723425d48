//===- InferShapes.cpp - Result types, and the arithmetic on shapes -------===//

#include "mlir/IR/Diagnostics.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "passes/graph/Folding.h"
#include "passes/graph/Passes.h"

using namespace mlir;

namespace atrous {
#define GEN_PASS_DEF_INFERSHAPES
#include "passes/graph/Passes.h.inc"
} // namespace atrous

using namespace atrous;

/// What both types say; null if they contradict each other. `inferred` wins in
/// what only an encoding says.
static Type mergeTypes(Type declared, Type inferred) {
  auto old = dyn_cast<RankedTensorType>(declared);
  auto now = dyn_cast<RankedTensorType>(inferred);
  if (cast<ShapedType>(declared).getElementType() !=
      cast<ShapedType>(inferred).getElementType())
    return Type();
  if (!old || !now)
    return now ? inferred : declared;
  if (old.getRank() != now.getRank())
    return Type();
  SmallVector<int64_t> shape(now.getShape());
  for (auto [size, oldSize] : llvm::zip(shape, old.getShape())) {
    if (ShapedType::isDynamic(size))
      size = oldSize;
    else if (!ShapedType::isDynamic(oldSize) && size != oldSize)
      return Type();
  }
  Attribute encoding =
      now.getEncoding() ? now.getEncoding() : old.getEncoding();
  // Names of sizes that have become numbers say nothing.
  graph::TensorAttr attr = dyn_cast_or_null<graph::TensorAttr>(encoding);
  if (attr && attr.getInnerDims().empty() &&
      llvm::none_of(shape, ShapedType::isDynamic))
    encoding = Attribute();
  return RankedTensorType::get(shape, now.getElementType(), encoding);
}

/// Infers the op's result types from its operands. A failure has been reported.
static LogicalResult refineResults(Operation *op) {
  auto inference = dyn_cast<InferTypeOpInterface>(op);
  if (!inference || isa<graph::ConstantOp>(op))
    return success();
  bool reported = false;
  SmallVector<Type> inferred;
  {
    ScopedDiagnosticHandler note(op->getContext(), [&](Diagnostic &d) {
      reported |= d.getSeverity() == DiagnosticSeverity::Error;
      return failure();
    });
    if (failed(inference.inferReturnTypes(
            op->getContext(), op->getLoc(), op->getOperands(),
            op->getAttrDictionary(), op->getPropertiesStorage(),
            op->getRegions(), inferred)) ||
        inferred.size() != op->getNumResults()) {
      if (!reported)
        emitError(op->getLoc()) << "operands do not fit together";
      return failure();
    }
  }
  for (auto [result, type] : llvm::zip(op->getResults(), inferred)) {
    Type merged = mergeTypes(result.getType(), type);
    if (!merged)
      return emitError(op->getLoc())
             << "computes " << type << " where the model says "
             << result.getType();
    result.setType(merged);
  }
  return success();
}

/// True where each dimension is a number or has a name.
static bool isKnown(Type type) {
  auto shaped = dyn_cast<ShapedType>(type);
  if (!shaped || (shaped.hasRank() && shaped.hasStaticShape()))
    return true;
  auto ranked = dyn_cast<RankedTensorType>(type);
  graph::TensorAttr attr = ranked ? graph::getTensorAttr(ranked) : nullptr;
  if (!attr || attr.getSymbols().empty())
    return false;
  for (int64_t i = 0; i < ranked.getRank(); ++i)
    if (ranked.isDynamicDim(i) && attr.getSymbols()[i].getValue().empty())
      return false;
  return true;
}

/// The operand that keeps a shape from being known: an integer tensor that is
/// not constant (a shape, an index), as sizes come from integers.
static Value findShapeOperand(Operation *op) {
  for (Value operand : op->getOperands()) {
    Operation *source = operand.getDefiningOp();
    if (getElementTypeOrSelf(operand.getType()).isInteger(64) &&
        !(source && source->hasTrait<OpTrait::ConstantLike>()))
      return operand;
  }
  return Value();
}

static InFlightDiagnostic reportUnknown(Operation *op, Value result) {
  InFlightDiagnostic error = emitError(op->getLoc());
  error << "has a size that depends on data: the result is "
        << result.getType();
  Value operand = findShapeOperand(op);
  if (!operand)
    return error;
  Operation *source = operand.getDefiningOp();
  auto name = source ? dyn_cast<NameLoc>(source->getLoc()) : NameLoc();
  if (name)
    error << ", and the shape is computed by '" << name.getName().getValue()
          << "'";
  else if (!source)
    error << ", and the shape is an input of the network";
  return error;
}

namespace {
struct InferShapes : atrous::impl::InferShapesBase<InferShapes> {
  using InferShapesBase::InferShapesBase;

  void runOnOperation() override {
    func::FuncOp function = getOperation();
    WalkResult result = function.walk<WalkOrder::PreOrder>([&](Operation *op) {
      if (!isa_and_nonnull<graph::GraphDialect>(op->getDialect()))
        return WalkResult::advance();
      if (failed(refineResults(op)))
        return WalkResult::interrupt();
      if (isa<graph::ConstantOp>(op) ||
          !foldToValues(op, [&](Operation *op) { return isSmall(op); }))
        return WalkResult::advance();
      op->erase();
      return WalkResult::skip();
    });
    if (result.wasInterrupted())
      return signalPassFailure();
    updateFunctionType(function);
    if (failed(checkShapes(function)))
      signalPassFailure();
  }

private:
  bool isSmall(Operation *op) {
    int64_t bytes = getResultBytes(op);
    return bytes >= 0 && bytes <= maxBytes;
  }

  static void updateFunctionType(func::FuncOp function) {
    if (function.isExternal())
      return;
    Operation *terminator = function.getBody().back().getTerminator();
    function.setFunctionType(FunctionType::get(function.getContext(),
                                               function.getArgumentTypes(),
                                               terminator->getOperandTypes()));
  }

  static LogicalResult checkShapes(func::FuncOp function) {
    WalkResult result = function.walk([](Operation *op) {
      for (Value value : op->getResults())
        if (!isKnown(value.getType())) {
          reportUnknown(op, value);
          return WalkResult::interrupt();
        }
      return WalkResult::advance();
    });
    return failure(result.wasInterrupted());
  }
};
} // namespace
