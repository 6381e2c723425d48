//===- SequenceParts.cpp - Sequences as parts of a tensor -----------------===//

#include "dialects/graph/ops/Sequence.h"

using namespace mlir;
using namespace atrous::graph;

//===----------------------------------------------------------------------===//
// SequenceConcatOp
//===----------------------------------------------------------------------===//

LogicalResult
SequenceConcatOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                   Adaptor op, SmallVectorImpl<Type> &results) {
  if (failed(checkSequence(location, op.getData(), op.getIndex())))
    return failure();
  Type elementType = getElementTypeOrSelf(op.getData().getType());
  std::optional<int64_t> rank = getElementRank(op.getIndex());
  if (!rank)
    return addUnranked(elementType, results);
  int64_t resultRank = *rank + op.getNewAxis();
  FailureOr<int64_t> axis =
      normalizeAxis(location, op.getAxis(), resultRank, "concat axis");
  if (failed(axis))
    return failure();
  Dims dims(resultRank);
  if (op.getNewAxis())
    dims[*axis] = getTensorCount(op.getIndex());
  return addResult(location, dims, elementType, results);
}

StringRef SequenceConcatOp::getRuntimeFunction() {
  return "atrous_sequence_concat";
}

SmallVector<int64_t> SequenceConcatOp::getRuntimeArguments() {
  return {int64_t(getAxis()), getNewAxis()};
}

//===----------------------------------------------------------------------===//
// SequenceSplitOp
//===----------------------------------------------------------------------===//

LogicalResult
SequenceSplitOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                  Adaptor op, SmallVectorImpl<Type> &results) {
  Type elementType = getElementTypeOrSelf(op.getInput().getType());
  RankedTensorType input = getRanked(op.getInput().getType());
  if (op.getSplit() && failed(checkIndexType(location, op.getSplit(), "split")))
    return failure();
  RankedTensorType split =
      op.getSplit() ? getRanked(op.getSplit().getType()) : RankedTensorType();
  if (split && split.getRank() > 1)
    return emitOptionalError(location, "split must have rank 0 or 1, got ",
                             split.getRank());
  Dim count = split && split.getRank() == 1 ? getDims(split)[0] : Dim();
  if (op.getSplit() && op.getSqueeze())
    return emitOptionalError(location, "squeezes parts that have sizes");
  if (!input)
    return addSequence(location, elementType, Dim(), count, Dim(), results);
  FailureOr<int64_t> axis =
      normalizeAxis(location, op.getAxis(), input.getRank());
  if (failed(axis))
    return failure();
  Dims dims = getDims(input);
  if (!op.getSplit())
    count = dims[*axis];
  return addSequence(location, elementType, getProduct(dims), count,
                     Dim(input.getRank() + 1 - op.getSqueeze()), results);
}

StringRef SequenceSplitOp::getRuntimeFunction() {
  return "atrous_sequence_split";
}

SmallVector<int64_t> SequenceSplitOp::getRuntimeArguments() {
  return {int64_t(getAxis()), getSqueeze(), getSplit() != nullptr};
}
