//===- NonZero.cpp - graph.non_zero, graph.compress -----------------------===//

#include "dialects/graph/Runtime.h"

using namespace mlir;
using namespace atrous::graph;

LogicalResult NonZeroOp::inferReturnTypes(MLIRContext *context,
                                          OptLocation location, Adaptor op,
                                          SmallVectorImpl<Type> &results) {
  RankedTensorType input = getRanked(op.getInput().getType());
  Dim rank = input ? Dim(input.getRank()) : Dim();
  return addResult(location, {rank, Dim()}, IntegerType::get(context, 64),
                   results);
}

StringRef NonZeroOp::getRuntimeFunction() { return "atrous_non_zero"; }

SmallVector<int64_t> NonZeroOp::getRuntimeArguments() { return {}; }

LogicalResult CompressOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                           Adaptor op,
                                           SmallVectorImpl<Type> &results) {
  Type elementType = getElementTypeOrSelf(op.getInput().getType());
  Type maskType = getElementTypeOrSelf(op.getCondition().getType());
  if (!maskType.isInteger(1))
    return emitOptionalError(location, "condition must be boolean, got ",
                             maskType);
  if (failed(checkRank(location, op.getCondition(), 1, "condition")))
    return failure();
  if (!op.getAxis())
    return addResult(location, Dim(), elementType, results);
  RankedTensorType input = getRanked(op.getInput().getType());
  if (!input)
    return addUnranked(elementType, results);
  FailureOr<int64_t> axis =
      normalizeAxis(location, *op.getAxis(), input.getRank());
  if (failed(axis))
    return failure();
  Dims dims = getDims(input);
  dims[*axis] = Dim();
  return addResult(location, dims, elementType, results);
}

StringRef CompressOp::getRuntimeFunction() { return "atrous_compress"; }

SmallVector<int64_t> CompressOp::getRuntimeArguments() {
  return {getAxis().has_value(), int64_t(getAxis().value_or(0))};
}
