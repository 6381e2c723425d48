//===- EvaluateOp.cpp - Values of graph ops on constants ------------------===//

#include "dialects/graph/Constants.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Diagnostics.h"
#include "passes/support/Interpreter.h"

using namespace mlir;

namespace atrous {

FailureOr<TensorBuffer> getConstantBuffer(Value value) {
  ElementsAttr elements = graph::getConstantElements(value);
  auto type = dyn_cast<RankedTensorType>(value.getType());
  if (!elements || !type || !type.hasStaticShape())
    return failure();
  FailureOr<TensorBuffer> buffer = TensorBuffer::fromAttr(elements);
  if (failed(buffer))
    return failure();
  RankedTensorType physical = graph::getPhysicalType(type);
  return buffer->withType(physical.getShape(), physical.getElementType());
}

SmallVector<Value> withAbsentOperands(Operation *op, ArrayRef<Value> values) {
  auto segments = op->getAttrOfType<DenseI32ArrayAttr>("operandSegmentSizes");
  if (!segments)
    return SmallVector<Value>(values);
  SmallVector<Value> all;
  for (int32_t size : segments.asArrayRef()) {
    all.append(values.begin(), values.begin() + size);
    values = values.drop_front(size);
    if (size == 0)
      all.push_back(Value());
  }
  return all;
}

FailureOr<SmallVector<TensorBuffer>>
evaluateOp(graph::LinalgLoweringOpInterface op,
           ArrayRef<TensorBuffer> operands) {
  auto getPhysicalTypeOf = [](Value value) -> Type {
    auto type = dyn_cast<RankedTensorType>(value.getType());
    return type && type.hasStaticShape() ? graph::getPhysicalType(type)
                                         : Type();
  };
  for (Value result : op->getResults())
    if (!getPhysicalTypeOf(result))
      return failure();

  // A module of its own, so that builders find the context they expect.
  Location loc = op->getLoc();
  OwningOpRef<ModuleOp> module = ModuleOp::create(loc);
  OpBuilder builder = OpBuilder::atBlockEnd(module->getBody());
  auto function = builder.create<func::FuncOp>(loc, "evaluate",
                                               builder.getFunctionType({}, {}));
  Block *block = function.addEntryBlock();
  SmallVector<Value> values;
  SmallVector<TensorBuffer> arguments;
  for (auto [operand, buffer] : llvm::zip_equal(op->getOperands(), operands)) {
    Type type = getPhysicalTypeOf(operand);
    if (!type)
      return failure();
    values.push_back(block->addArgument(type, loc));
    arguments.push_back(buffer);
  }
  builder.setInsertionPointToEnd(block);

  // What cannot be lowered is reported where it must be lowered.
  ScopedDiagnosticHandler silence(op->getContext(),
                                  [](Diagnostic &) { return success(); });
  FailureOr<SmallVector<Value>> results =
      op.lowerToLinalg(builder, withAbsentOperands(op, values));
  if (failed(results))
    return failure();
  return interpret(*block, arguments, *results);
}

} // namespace atrous
