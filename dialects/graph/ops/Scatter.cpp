//===- Scatter.cpp - graph.scatter_elements, graph.scatter_nd -------------===//

#include "dialects/graph/Broadcast.h"
#include "dialects/graph/Runtime.h"
#include "dialects/graph/Windows.h"

using namespace mlir;
using namespace atrous::graph;

/// The result is the input with some elements replaced.
template <typename Scatter>
static LogicalResult addInputType(OptLocation location, Scatter op,
                                  SmallVectorImpl<Type> &results) {
  Type elementType = getElementTypeOrSelf(op.getInput().getType());
  if (failed(checkIndexType(location, op.getIndices(), "indices")) ||
      failed(checkSameElementType(location, {op.getInput(), op.getUpdates()})))
    return failure();
  RankedTensorType input = getRanked(op.getInput().getType());
  if (!input)
    return addUnranked(elementType, results);
  return addResult(location, getDims(input), elementType, results);
}

LogicalResult
ScatterElementsOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                    Adaptor op,
                                    SmallVectorImpl<Type> &results) {
  RankedTensorType indices = getRanked(op.getIndices().getType());
  RankedTensorType updates = getRanked(op.getUpdates().getType());
  if (RankedTensorType input = getRanked(op.getInput().getType()))
    if (failed(
            checkRank(location, op.getIndices(), input.getRank(), "indices")) ||
        failed(
            checkRank(location, op.getUpdates(), input.getRank(), "updates")) ||
        failed(normalizeAxis(location, op.getAxis(), input.getRank())))
      return failure();
  if (indices && updates &&
      failed(verifyCompatibleShape(indices.getShape(), updates.getShape())))
    return emitOptionalError(location, "indices ", toString(getDims(indices)),
                             " and updates ", toString(getDims(updates)),
                             " differ in shape");
  return addInputType(location, op, results);
}

StringRef ScatterElementsOp::getRuntimeFunction() {
  return "atrous_scatter_elements";
}

SmallVector<int64_t> ScatterElementsOp::getRuntimeArguments() {
  return {int64_t(getAxis()), int64_t(getReduction())};
}

LogicalResult ScatterNDOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                            Adaptor op,
                                            SmallVectorImpl<Type> &results) {
  RankedTensorType input = getRanked(op.getInput().getType());
  RankedTensorType indices = getRanked(op.getIndices().getType());
  if (indices && indices.getRank() == 0)
    return emitOptionalError(location, "indices must have a dimension");
  if (input && indices && !indices.isDynamicDim(indices.getRank() - 1)) {
    int64_t width = indices.getShape().back();
    if (width < 1 || width > input.getRank())
      return emitOptionalError(location, "indices ", toString(getDims(indices)),
                               " do not fit an input ",
                               toString(getDims(input)));
    if (failed(checkRank(location, op.getUpdates(),
                         indices.getRank() - 1 + input.getRank() - width,
                         "updates")))
      return failure();
  }
  return addInputType(location, op, results);
}

StringRef ScatterNDOp::getRuntimeFunction() { return "atrous_scatter_nd"; }

SmallVector<int64_t> ScatterNDOp::getRuntimeArguments() {
  return {int64_t(getReduction())};
}
