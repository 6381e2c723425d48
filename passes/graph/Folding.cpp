//===- Folding.cpp - Replacing an op by its value -------------------------===//

#include "passes/graph/Folding.h"
#include "dialects/graph/Constants.h"
#include "mlir/IR/Matchers.h"
#include "passes/support/Interpreter.h"
#include "passes/support/RuntimeFunctions.h"

using namespace mlir;

namespace atrous {

/// The op's own fold method, with its constants materialized.
static bool foldByMethod(Operation *op) {
  SmallVector<Attribute> constants;
  for (Value operand : op->getOperands()) {
    Attribute constant;
    matchPattern(operand, m_Constant(&constant));
    constants.push_back(constant);
  }
  SmallVector<OpFoldResult> folded;
  if (failed(op->fold(constants, folded)) ||
      folded.size() != op->getNumResults())
    return false;

  OpBuilder builder(op);
  SmallVector<Value> values;
  for (auto [result, value] : llvm::zip(op->getResults(), folded)) {
    if (auto attr = dyn_cast<Attribute>(value)) {
      Operation *constant = op->getDialect()->materializeConstant(
          builder, attr, result.getType(), op->getLoc());
      if (!constant)
        return false;
      values.push_back(constant->getResult(0));
    } else {
      values.push_back(cast<Value>(value));
    }
    if (values.back() == result || values.back().getType() != result.getType())
      return false;
  }
  op->replaceAllUsesWith(values);
  return true;
}

/// The values of all operands; nothing if one is not constant.
static std::optional<SmallVector<TensorBuffer>> getConstants(Operation *op) {
  SmallVector<TensorBuffer> operands;
  for (Value operand : op->getOperands()) {
    FailureOr<TensorBuffer> buffer = getConstantBuffer(operand);
    if (failed(buffer))
      return std::nullopt;
    operands.push_back(std::move(*buffer));
  }
  return operands;
}

/// The values of the results, by the op's lowering or by its runtime function.
static FailureOr<SmallVector<TensorBuffer>> evaluate(Operation *op) {
  std::optional<SmallVector<TensorBuffer>> operands = getConstants(op);
  if (!operands)
    return failure();
  auto runtime = dyn_cast<graph::RuntimeOpInterface>(op);
  if (runtime && runtime.needsRuntime())
    return evaluateOp(runtime, *operands);
  if (auto lowering = dyn_cast<graph::LinalgLoweringOpInterface>(op))
    return evaluateOp(lowering, *operands);
  return failure();
}

bool foldToValues(Operation *op, function_ref<bool(Operation *)> mayEvaluate) {
  if (foldByMethod(op))
    return true;
  if (!isMemoryEffectFree(op) || !mayEvaluate(op))
    return false;
  FailureOr<SmallVector<TensorBuffer>> values = evaluate(op);
  if (failed(values) || values->size() != op->getNumResults())
    return false;
  OpBuilder builder(op);
  for (auto [result, buffer] : llvm::zip(op->getResults(), *values)) {
    auto type = cast<RankedTensorType>(result.getType());
    // Data may tell sizes that the operands' types do not.
    if (!type.hasStaticShape())
      type = RankedTensorType::get(buffer.getShape(), type.getElementType());
    result.replaceAllUsesWith(
        graph::createConstant(builder, op->getLoc(), type, buffer.getBytes()));
  }
  return true;
}

static int64_t getBytes(TypeRange types) {
  int64_t bytes = 0;
  for (Type type : types) {
    auto ranked = dyn_cast<RankedTensorType>(type);
    if (!ranked || !ranked.hasStaticShape())
      return -1;
    FailureOr<int64_t> size =
        getTensorBytes(cast<ShapedType>(graph::getPhysicalType(ranked)));
    if (failed(size) || llvm::AddOverflow(bytes, *size, bytes))
      return -1;
  }
  return bytes;
}

int64_t getOperandBytes(Operation *op) {
  return getBytes(op->getOperandTypes());
}

int64_t getResultBytes(Operation *op) { return getBytes(op->getResultTypes()); }

} // namespace atrous
