//===- TopK.cpp - graph.top_k ---------------------------------------------===//

#include "dialects/graph/Constants.h"
#include "dialects/graph/Runtime.h"

using namespace mlir;
using namespace atrous::graph;

LogicalResult TopKOp::inferReturnTypes(MLIRContext *context,
                                       OptLocation location, Adaptor op,
                                       SmallVectorImpl<Type> &results) {
  Type elementType = getElementTypeOrSelf(op.getInput().getType());
  Type i64 = IntegerType::get(context, 64);
  if (failed(checkIndexType(location, op.getK(), "k")) ||
      failed(checkSingle(location, op.getK(), "k")))
    return failure();
  RankedTensorType input = getRanked(op.getInput().getType());
  if (!input)
    return success(succeeded(addUnranked(elementType, results)) &&
                   succeeded(addUnranked(i64, results)));
  FailureOr<int64_t> axis =
      normalizeAxis(location, op.getAxis(), input.getRank());
  if (failed(axis))
    return failure();
  Dims dims = getDims(input);
  Dim size = dims[*axis];
  std::optional<Dims> count = getSizeElements(op.getK());
  dims[*axis] = count && count->size() == 1 ? count->front() : Dim();
  if (auto k = getConstantInts(op.getK(), /*limit=*/1); succeeded(k)) {
    if (k->front() < 0 || (!size.isDynamic() && k->front() > size.size))
      return emitOptionalError(location, "k is ", k->front(),
                               ", but dimension ", *axis, " has size ",
                               toString(size));
    dims[*axis] = Dim(k->front());
  }
  return success(succeeded(addResult(location, dims, elementType, results)) &&
                 succeeded(addResult(location, dims, i64, results)));
}

StringRef TopKOp::getRuntimeFunction() { return "atrous_top_k"; }

SmallVector<int64_t> TopKOp::getRuntimeArguments() {
  return {int64_t(getAxis()), !getSmallest()};
}
