//===- Cumulate.cpp - graph.cumulate --------------------------------------===//

#include "dialects/graph/Broadcast.h"
#include "dialects/graph/Constants.h"
#include "dialects/graph/Runtime.h"

using namespace mlir;
using namespace atrous::graph;

LogicalResult CumulateOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                           Adaptor op,
                                           SmallVectorImpl<Type> &results) {
  Type type = op.getInput().getType();
  if (failed(checkElementKind(location, ElementKind::number, type)) ||
      failed(checkIndexType(location, op.getAxis(), "axis")) ||
      failed(checkSingle(location, op.getAxis(), "axis")))
    return failure();
  RankedTensorType input = getRanked(type);
  if (!input)
    return addUnranked(getElementTypeOrSelf(type), results);
  if (auto axis = getConstantInts(op.getAxis(), /*limit=*/1); succeeded(axis))
    if (failed(normalizeAxis(location, axis->front(), input.getRank())))
      return failure();
  return addResult(location, getDims(input), input.getElementType(), results);
}

StringRef CumulateOp::getRuntimeFunction() { return "atrous_cumulate"; }

SmallVector<int64_t> CumulateOp::getRuntimeArguments() {
  return {getProduct(), getExclusive(), getReverse()};
}
