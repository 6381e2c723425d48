//===- Det.cpp - graph.det ------------------------------------------------===//

#include "dialects/graph/Broadcast.h"
#include "dialects/graph/Runtime.h"

using namespace mlir;
using namespace atrous::graph;

LogicalResult DetOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                      Adaptor op,
                                      SmallVectorImpl<Type> &results) {
  Type type = op.getInput().getType();
  if (failed(checkElementKind(location, ElementKind::floating, type)))
    return failure();
  RankedTensorType input = getRanked(type);
  if (!input)
    return addUnranked(getElementTypeOrSelf(type), results);
  Dims dims = getDims(input);
  if (dims.size() < 2)
    return emitOptionalError(location, "input has rank ", dims.size(),
                             ", expected at least 2");
  Dim columns = dims.pop_back_val(), rows = dims.pop_back_val();
  if (!rows.isDynamic() && !columns.isDynamic() && rows.size != columns.size)
    return emitOptionalError(location, "matrices of ", rows.size, " x ",
                             columns.size, " elements are not square");
  return addResult(location, dims, input.getElementType(), results);
}

StringRef DetOp::getRuntimeFunction() { return "atrous_det"; }

SmallVector<int64_t> DetOp::getRuntimeArguments() { return {}; }
