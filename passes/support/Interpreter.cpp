//===- Interpreter.cpp - Values of linalg on tensors ----------------------===//

#include "passes/support/Interpreter.h"
#include "passes/support/GenericEvaluator.h"
#include "passes/support/SliceCopy.h"
#include "llvm/ADT/TypeSwitch.h"
#include <cstring>

using namespace mlir;

namespace atrous {

namespace {

/// Values of a block's operations, each dropped after its last use so that a
/// chain of insertions writes one buffer in place.
class BlockInterpreter {
public:
  BlockInterpreter(Block &block, ValueRange results) : block(block) {
    for (Operation &op : block)
      op.walk([&](Operation *nested) {
        for (Value operand : nested->getOperands())
          lastUse[operand] = &op;
      });
    for (Value result : results)
      lastUse[result] = nullptr;
  }

  void set(Value value, TensorBuffer buffer) {
    values[value] = std::move(buffer);
  }
  LogicalResult run();
  FailureOr<TensorBuffer> get(Value value) {
    const TensorBuffer *buffer = find(value);
    if (!buffer)
      return failure();
    return *buffer;
  }

private:
  const TensorBuffer *find(Value value) {
    auto it = values.find(value);
    return it == values.end() ? nullptr : &it->second;
  }

  /// The value for an operation that overwrites it.
  FailureOr<TensorBuffer> take(Value value, Operation *op) {
    auto it = values.find(value);
    if (it == values.end())
      return failure();
    if (lastUse.lookup(value) != op || isUsedTwice(value, op))
      return it->second;
    TensorBuffer buffer = std::move(it->second);
    values.erase(it);
    return buffer;
  }

  static bool isUsedTwice(Value value, Operation *op) {
    int uses = 0;
    for (OpOperand &use : value.getUses())
      uses += op->isAncestor(use.getOwner());
    return uses > 1;
  }

  LogicalResult runOp(Operation &op);
  LogicalResult runConstant(arith::ConstantOp op);
  LogicalResult runFill(linalg::FillOp op);
  LogicalResult runGeneric(linalg::GenericOp op);
  LogicalResult runExtractSlice(tensor::ExtractSliceOp op);
  LogicalResult runInsertSlice(tensor::InsertSliceOp op);
  LogicalResult runConcat(tensor::ConcatOp op);
  LogicalResult runReshape(Operation *op);

  Block &block;
  DenseMap<Value, TensorBuffer> values;
  DenseMap<Value, Operation *> lastUse;
};

} // namespace

LogicalResult BlockInterpreter::run() {
  for (Operation &op : block) {
    if (op.hasTrait<OpTrait::IsTerminator>())
      break;
    if (failed(runOp(op)))
      return failure();
    for (Value operand : op.getOperands())
      if (lastUse.lookup(operand) == &op)
        values.erase(operand);
  }
  return success();
}

LogicalResult BlockInterpreter::runOp(Operation &op) {
  return TypeSwitch<Operation *, LogicalResult>(&op)
      .Case([&](arith::ConstantOp op) { return runConstant(op); })
      .Case([&](linalg::FillOp op) { return runFill(op); })
      .Case([&](linalg::GenericOp op) { return runGeneric(op); })
      .Case([&](tensor::ExtractSliceOp op) { return runExtractSlice(op); })
      .Case([&](tensor::InsertSliceOp op) { return runInsertSlice(op); })
      .Case([&](tensor::ConcatOp op) { return runConcat(op); })
      .Case<tensor::ExpandShapeOp, tensor::CollapseShapeOp, tensor::CastOp>(
          [&](Operation *op) { return runReshape(op); })
      .Case([&](tensor::EmptyOp op) {
        auto buffer = TensorBuffer::allocate(op.getType().getShape(),
                                             op.getType().getElementType());
        if (failed(buffer))
          return failure();
        set(op.getResult(), std::move(*buffer));
        return success();
      })
      .Default([](Operation *) { return failure(); });
}

LogicalResult BlockInterpreter::runConstant(arith::ConstantOp op) {
  auto elements = dyn_cast<ElementsAttr>(op.getValue());
  if (!elements && isa<FloatAttr, IntegerAttr>(op.getValue()))
    elements = DenseElementsAttr::get(RankedTensorType::get({}, op.getType()),
                                      Attribute(op.getValue()));
  if (!elements)
    return failure();
  FailureOr<TensorBuffer> buffer = TensorBuffer::fromAttr(elements);
  if (failed(buffer))
    return failure();
  set(op.getResult(), std::move(*buffer));
  return success();
}

LogicalResult BlockInterpreter::runFill(linalg::FillOp op) {
  const TensorBuffer *scalar = find(op.value());
  if (!scalar)
    return failure();
  ArrayRef<char> element = scalar->getBytes();
  FailureOr<TensorBuffer> buffer = take(op.output(), op);
  if (failed(buffer) || op.getNumResults() != 1)
    return failure();
  FailureOr<MutableArrayRef<char>> bytes = buffer->getMutableBytes();
  if (failed(bytes) ||
      getElementBytes(buffer->getElementType()) != int64_t(element.size()))
    return failure();
  bool isZero = llvm::all_of(element, [](char byte) { return byte == 0; });
  if (isZero)
    std::memset(bytes->data(), 0, bytes->size());
  else
    for (size_t i = 0; i < bytes->size(); i += element.size())
      std::memcpy(bytes->data() + i, element.data(), element.size());
  set(op.getResult(0), std::move(*buffer));
  return success();
}

LogicalResult BlockInterpreter::runGeneric(linalg::GenericOp op) {
  if (op.getNumResults() != op.getNumDpsInits())
    return failure();
  SmallVector<TensorBuffer> inputs, outputs;
  for (OpOperand *use : op.getDpsInputOperands()) {
    const TensorBuffer *buffer = find(use->get());
    if (!buffer)
      return failure();
    inputs.push_back(*buffer);
  }
  for (Value init : op.getDpsInits()) {
    FailureOr<TensorBuffer> buffer = take(init, op);
    if (failed(buffer))
      return failure();
    outputs.push_back(std::move(*buffer));
  }
  if (failed(evaluateGeneric(op, inputs, outputs,
                             [&](Value value) { return find(value); })))
    return failure();
  for (auto [result, buffer] : llvm::zip_equal(op.getResults(), outputs))
    set(result, std::move(buffer));
  return success();
}

template <typename Op> static std::optional<TensorSlice> getSlice(Op op) {
  TensorSlice slice;
  slice.offsets.assign(op.getStaticOffsets().begin(),
                       op.getStaticOffsets().end());
  slice.sizes.assign(op.getStaticSizes().begin(), op.getStaticSizes().end());
  slice.strides.assign(op.getStaticStrides().begin(),
                       op.getStaticStrides().end());
  for (auto *numbers : {&slice.offsets, &slice.sizes, &slice.strides})
    if (llvm::any_of(*numbers, ShapedType::isDynamic))
      return std::nullopt;
  return slice;
}

LogicalResult BlockInterpreter::runExtractSlice(tensor::ExtractSliceOp op) {
  const TensorBuffer *source = find(op.getSource());
  std::optional<TensorSlice> slice = getSlice(op);
  if (!source || !slice)
    return failure();
  FailureOr<TensorBuffer> part = extractSlice(*source, *slice);
  if (failed(part))
    return failure();
  // A slice may drop dimensions of size 1.
  set(op.getResult(), part->withShape(op.getType().getShape()));
  return success();
}

LogicalResult BlockInterpreter::runInsertSlice(tensor::InsertSliceOp op) {
  const TensorBuffer *found = find(op.getSource());
  std::optional<TensorSlice> slice = getSlice(op);
  if (!found || !slice)
    return failure();
  TensorBuffer part = *found;
  FailureOr<TensorBuffer> target = take(op.getDest(), op);
  if (failed(target) || failed(insertSlice(part, *target, *slice)))
    return failure();
  set(op.getResult(), std::move(*target));
  return success();
}

LogicalResult BlockInterpreter::runConcat(tensor::ConcatOp op) {
  RankedTensorType type = op.getResultType();
  auto target = TensorBuffer::allocate(type.getShape(), type.getElementType());
  if (failed(target))
    return failure();
  TensorSlice slice;
  slice.offsets.assign(type.getRank(), 0);
  slice.strides.assign(type.getRank(), 1);
  for (Value input : op.getInputs()) {
    const TensorBuffer *part = find(input);
    if (!part)
      return failure();
    slice.sizes.assign(part->getShape().begin(), part->getShape().end());
    if (failed(insertSlice(*part, *target, slice)))
      return failure();
    slice.offsets[op.getDim()] += slice.sizes[op.getDim()];
  }
  set(op.getResult(), std::move(*target));
  return success();
}

LogicalResult BlockInterpreter::runReshape(Operation *op) {
  auto type = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  FailureOr<TensorBuffer> buffer = take(op->getOperand(0), op);
  if (!type || !type.hasStaticShape() || failed(buffer) ||
      type.getNumElements() != buffer->getNumElements())
    return failure();
  set(op->getResult(0), buffer->withShape(type.getShape()));
  return success();
}

FailureOr<SmallVector<TensorBuffer>>
interpret(Block &block, ArrayRef<TensorBuffer> arguments, ValueRange results) {
  if (arguments.size() != block.getNumArguments())
    return failure();
  BlockInterpreter interpreter(block, results);
  for (auto [argument, buffer] : llvm::zip(block.getArguments(), arguments))
    interpreter.set(argument, buffer);
  if (failed(interpreter.run()))
    return failure();
  SmallVector<TensorBuffer> buffers;
  for (Value result : results) {
    FailureOr<TensorBuffer> buffer = interpreter.get(result);
    if (failed(buffer))
      return failure();
    buffers.push_back(std::move(*buffer));
  }
  return buffers;
}

} // namespace atrous
