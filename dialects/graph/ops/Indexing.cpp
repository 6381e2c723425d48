//===- Indexing.cpp - Elements by indices that are data -------------------===//

#include "dialects/graph/Constants.h"
#include "dialects/graph/Runtime.h"
#include "dialects/graph/Windows.h"

using namespace mlir;
using namespace atrous::graph;

//===----------------------------------------------------------------------===//
// GatherElementsOp
//===----------------------------------------------------------------------===//

LogicalResult
GatherElementsOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                   Adaptor op, SmallVectorImpl<Type> &results) {
  Type elementType = getElementTypeOrSelf(op.getInput().getType());
  RankedTensorType input = getRanked(op.getInput().getType());
  RankedTensorType indices = getRanked(op.getIndices().getType());
  if (failed(checkIndexType(location, op.getIndices(), "indices")))
    return failure();
  if (input) {
    if (failed(
            checkRank(location, op.getIndices(), input.getRank(), "indices")) ||
        failed(normalizeAxis(location, op.getAxis(), input.getRank())))
      return failure();
  }
  if (!indices)
    return addUnranked(elementType, results);
  return addResult(location, getDims(indices), elementType, results);
}

StringRef GatherElementsOp::getRuntimeFunction() {
  return "atrous_gather_elements";
}

SmallVector<int64_t> GatherElementsOp::getRuntimeArguments() {
  return {int64_t(getAxis())};
}

//===----------------------------------------------------------------------===//
// GatherNDOp
//===----------------------------------------------------------------------===//

LogicalResult GatherNDOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                           Adaptor op,
                                           SmallVectorImpl<Type> &results) {
  Type elementType = getElementTypeOrSelf(op.getInput().getType());
  RankedTensorType input = getRanked(op.getInput().getType());
  RankedTensorType indices = getRanked(op.getIndices().getType());
  int64_t batchDims = op.getBatchDims();
  if (failed(checkIndexType(location, op.getIndices(), "indices")))
    return failure();
  if (!input || !indices || indices.getRank() == 0 ||
      indices.isDynamicDim(indices.getRank() - 1)) {
    if (indices && indices.getRank() == 0)
      return emitOptionalError(location, "indices must have a dimension");
    return addUnranked(elementType, results);
  }
  int64_t width = indices.getShape().back();
  if (batchDims < 0 || batchDims >= indices.getRank() || width < 1 ||
      width > input.getRank() - batchDims)
    return emitOptionalError(
        location, "indices ", toString(getDims(indices)), " with ", batchDims,
        " batch dimensions do not fit an input ", toString(getDims(input)));
  for (int64_t i = 0; i < batchDims; ++i)
    if (differ(indices.getDimSize(i), input.getDimSize(i)))
      return emitOptionalError(location, "batch dimension ", i, " has size ",
                               input.getDimSize(i), " in the input and ",
                               indices.getDimSize(i), " in the indices");
  Dims dims = getDims(indices), inputDims = getDims(input);
  dims.pop_back();
  dims.append(inputDims.begin() + batchDims + width, inputDims.end());
  return addResult(location, dims, elementType, results);
}

StringRef GatherNDOp::getRuntimeFunction() { return "atrous_gather_nd"; }

SmallVector<int64_t> GatherNDOp::getRuntimeArguments() {
  return {int64_t(getBatchDims())};
}

//===----------------------------------------------------------------------===//
// ReverseSequenceOp
//===----------------------------------------------------------------------===//

LogicalResult
ReverseSequenceOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                    Adaptor op,
                                    SmallVectorImpl<Type> &results) {
  Type elementType = getElementTypeOrSelf(op.getInput().getType());
  RankedTensorType input = getRanked(op.getInput().getType());
  if (failed(checkIndexType(location, op.getLengths(), "sequence_lens")) ||
      failed(checkRank(location, op.getLengths(), 1, "sequence_lens")))
    return failure();
  if (!input)
    return addUnranked(elementType, results);
  int64_t batchAxis = op.getBatchAxis(), timeAxis = op.getTimeAxis();
  auto axes = normalizeAxes(location, {batchAxis, timeAxis}, input.getRank());
  if (failed(axes))
    return failure();
  RankedTensorType lengths = getRanked(op.getLengths().getType());
  if (lengths && differ(lengths.getDimSize(0), input.getDimSize((*axes)[0])))
    return emitOptionalError(location, "sequence_lens has ",
                             lengths.getDimSize(0), " values, but dimension ",
                             (*axes)[0], " has size ",
                             input.getDimSize((*axes)[0]));
  return addResult(location, getDims(input), elementType, results);
}

StringRef ReverseSequenceOp::getRuntimeFunction() {
  return "atrous_reverse_sequence";
}

SmallVector<int64_t> ReverseSequenceOp::getRuntimeArguments() {
  return {int64_t(getBatchAxis()), int64_t(getTimeAxis())};
}

//===----------------------------------------------------------------------===//
// OneHotOp
//===----------------------------------------------------------------------===//

/// The value of `depth`, cast to an integer; unknown where it is not constant.
static FailureOr<Dim> getDepthDim(OptLocation location, Value depth) {
  std::optional<double> value;
  if (auto ints = getConstantInts(depth, 1);
      succeeded(ints) && ints->size() == 1)
    value = ints->front();
  if (auto floats = getConstantFloats(depth, 1);
      succeeded(floats) && floats->size() == 1)
    value = floats->front();
  std::optional<Dims> sizes = getSizeElements(depth);
  if (!value)
    return sizes && sizes->size() == 1 ? sizes->front() : Dim();
  if (!(*value > -1) || *value >= 0x1p53)
    return emitOptionalError(location, "depth is ", *value);
  return Dim(int64_t(*value));
}

LogicalResult OneHotOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                         Adaptor op,
                                         SmallVectorImpl<Type> &results) {
  Type elementType = getElementTypeOrSelf(op.getValues().getType());
  RankedTensorType indices = getRanked(op.getIndices().getType());
  RankedTensorType values = getRanked(op.getValues().getType());
  if (failed(checkSingle(location, op.getDepth(), "depth")))
    return failure();
  if (values && (values.getRank() != 1 || differ(values.getDimSize(0), 2)))
    return emitOptionalError(location, "expects two values, got ",
                             toString(getDims(values)));
  FailureOr<Dim> depth = getDepthDim(location, op.getDepth());
  if (failed(depth))
    return failure();
  if (!indices)
    return addUnranked(elementType, results);
  FailureOr<int64_t> axis =
      normalizeAxis(location, op.getAxis(), indices.getRank() + 1);
  if (failed(axis))
    return failure();
  Dims dims = getDims(indices);
  dims.insert(dims.begin() + *axis, *depth);
  return addResult(location, dims, elementType, results);
}

StringRef OneHotOp::getRuntimeFunction() { return "atrous_one_hot"; }

SmallVector<int64_t> OneHotOp::getRuntimeArguments() {
  return {int64_t(getAxis())};
}
