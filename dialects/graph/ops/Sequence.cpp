//===- Sequence.cpp - Sequences of tensors --------------------------------===//

#include "dialects/graph/ops/Sequence.h"

using namespace mlir;
using namespace atrous::graph;

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

Dim atrous::graph::getIndexWidth(Value index) {
  RankedTensorType type = getRanked(index.getType());
  return type && type.getRank() == 2 ? getDims(type)[1] : Dim();
}

Dim atrous::graph::getTensorCount(Value index) {
  RankedTensorType type = getRanked(index.getType());
  return type && type.getRank() == 2 ? getDims(type)[0] : Dim();
}

std::optional<int64_t> atrous::graph::getElementRank(Value index) {
  Dim width = getIndexWidth(index);
  if (width.isDynamic() || width.size < 1)
    return std::nullopt;
  return width.size - 1;
}

Dim atrous::graph::getIndexWidth(RankedTensorType element) {
  return element ? Dim(element.getRank() + 1) : Dim();
}

Dim atrous::graph::getElementTotal(RankedTensorType type) {
  return type ? getProduct(getDims(type)) : Dim();
}

LogicalResult atrous::graph::addSequence(OptLocation location, Type elementType,
                                         Dim total, Dim count, Dim width,
                                         SmallVectorImpl<Type> &results) {
  Type i64 = IntegerType::get(elementType.getContext(), 64);
  return success(succeeded(addResult(location, total, elementType, results)) &&
                 succeeded(addResult(location, {count, width}, i64, results)));
}

LogicalResult atrous::graph::checkSequence(OptLocation location, Value data,
                                           Value index) {
  Type type = getElementTypeOrSelf(index.getType());
  if (!type.isSignlessInteger(64))
    return emitOptionalError(location, "index must be i64, got ", type);
  if (failed(checkRank(location, data, 1, "data")))
    return failure();
  return checkRank(location, index, 2, "index");
}

LogicalResult atrous::graph::checkPosition(OptLocation location,
                                           Value position) {
  if (!position)
    return success();
  if (failed(checkIndexType(location, position, "position")))
    return failure();
  return checkSingle(location, position, "position");
}

//===----------------------------------------------------------------------===//
// SequenceConstructOp
//===----------------------------------------------------------------------===//

LogicalResult
SequenceConstructOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                      Adaptor op,
                                      SmallVectorImpl<Type> &results) {
  if (op.getInputs().empty())
    return emitOptionalError(location, "expects at least one input");
  Type elementType = getElementTypeOrSelf(op.getInputs().front().getType());
  Dim width = getIndexWidth(getRanked(op.getInputs().front().getType()));
  Dim total(0);
  for (Value operand : op.getInputs()) {
    if (getElementTypeOrSelf(operand.getType()) != elementType)
      return emitOptionalError(location, "inputs have different element types");
    RankedTensorType type = getRanked(operand.getType());
    total = addSizes(total, getElementTotal(type));
    if (!getIndexWidth(type).isSameAs(width))
      width = Dim();
  }
  return addSequence(location, elementType, total, Dim(op.getInputs().size()),
                     width, results);
}

StringRef SequenceConstructOp::getRuntimeFunction() {
  return "atrous_sequence_construct";
}

SmallVector<int64_t> SequenceConstructOp::getRuntimeArguments() {
  return {int64_t(getInputs().size())};
}

//===----------------------------------------------------------------------===//
// SequenceInsertOp, SequenceEraseOp
//===----------------------------------------------------------------------===//

LogicalResult
SequenceInsertOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                   Adaptor op, SmallVectorImpl<Type> &results) {
  if (failed(checkSequence(location, op.getDataIn(), op.getIndexIn())) ||
      failed(checkPosition(location, op.getPosition())))
    return failure();
  Type elementType = getElementTypeOrSelf(op.getDataIn().getType());
  Type inserted = getElementTypeOrSelf(op.getElement().getType());
  if (inserted != elementType)
    return emitOptionalError(location, "inserts elements of type ", inserted,
                             " into a sequence of ", elementType);
  // Nothing is known yet of a sequence or a tensor whose type has no rank.
  RankedTensorType element = getRanked(op.getElement().getType());
  Dim width = getIndexWidth(op.getIndexIn()), own = getIndexWidth(element);
  Dim count = getTensorCount(op.getIndexIn());
  if (!getRanked(op.getIndexIn().getType()) || count.size == 0)
    width = own;
  else if (element && !own.isSameAs(width))
    width = Dim();
  RankedTensorType data = getRanked(op.getDataIn().getType());
  Dim total = addSizes(getElementTotal(data), getElementTotal(element));
  return addSequence(location, elementType, total, addSizes(count, Dim(1)),
                     width, results);
}

StringRef SequenceInsertOp::getRuntimeFunction() {
  return "atrous_sequence_insert";
}

SmallVector<int64_t> SequenceInsertOp::getRuntimeArguments() {
  return {getPosition() != nullptr};
}

LogicalResult
SequenceEraseOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                  Adaptor op, SmallVectorImpl<Type> &results) {
  if (failed(checkSequence(location, op.getDataIn(), op.getIndexIn())) ||
      failed(checkPosition(location, op.getPosition())))
    return failure();
  Dim count = getTensorCount(op.getIndexIn());
  if (!count.isDynamic() && count.size == 0)
    return emitOptionalError(location, "erases from an empty sequence");
  return addSequence(location, getElementTypeOrSelf(op.getDataIn().getType()),
                     Dim(), subSizes(count, Dim(1)),
                     getIndexWidth(op.getIndexIn()), results);
}

StringRef SequenceEraseOp::getRuntimeFunction() {
  return "atrous_sequence_erase";
}

SmallVector<int64_t> SequenceEraseOp::getRuntimeArguments() {
  return {getPosition() != nullptr};
}

//===----------------------------------------------------------------------===//
// SequenceAtOp
//===----------------------------------------------------------------------===//

/// The sizes that all tensors have, which are of one rank.
static Dims getCommonDims(ValueRange tensors) {
  Dims dims = getDims(getRanked(tensors.front().getType()));
  for (Value tensor : tensors)
    for (auto [dim, other] :
         llvm::zip_equal(dims, getDims(getRanked(tensor.getType()))))
      if (!dim.isSameAs(other))
        dim = Dim();
  return dims;
}

LogicalResult SequenceAtOp::inferReturnTypes(MLIRContext *,
                                             OptLocation location, Adaptor op,
                                             SmallVectorImpl<Type> &results) {
  if (failed(checkSequence(location, op.getData(), op.getIndex())) ||
      failed(checkPosition(location, op.getPosition())))
    return failure();
  Type elementType = getElementTypeOrSelf(op.getData().getType());
  std::optional<int64_t> rank = getElementRank(op.getIndex());
  if (!rank)
    return addUnranked(elementType, results);
  auto source = op.getIndex().getDefiningOp<SequenceConstructOp>();
  Dims dims = source ? getCommonDims(source.getInputs()) : Dims(*rank);
  return addResult(location, dims, elementType, results);
}

StringRef SequenceAtOp::getRuntimeFunction() { return "atrous_sequence_at"; }

SmallVector<int64_t> SequenceAtOp::getRuntimeArguments() { return {}; }
