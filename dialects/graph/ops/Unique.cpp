//===- Unique.cpp - graph.unique ------------------------------------------===//

#include "dialects/graph/Runtime.h"

using namespace mlir;
using namespace atrous::graph;

LogicalResult UniqueOp::inferReturnTypes(MLIRContext *context,
                                         OptLocation location, Adaptor op,
                                         SmallVectorImpl<Type> &results) {
  Type elementType = getElementTypeOrSelf(op.getInput().getType());
  RankedTensorType input = getRanked(op.getInput().getType());
  Dim items;
  if (!op.getAxis()) {
    if (input && input.hasStaticShape())
      items = Dim(input.getNumElements());
    if (failed(addResult(location, Dim(), elementType, results)))
      return failure();
  } else if (!input) {
    (void)addUnranked(elementType, results);
  } else {
    FailureOr<int64_t> axis =
        normalizeAxis(location, *op.getAxis(), input.getRank());
    if (failed(axis))
      return failure();
    Dims dims = getDims(input);
    items = dims[*axis];
    dims[*axis] = Dim();
    if (failed(addResult(location, dims, elementType, results)))
      return failure();
  }
  for (Dim length : {Dim(), items, Dim()})
    if (failed(addResult(location, length, IntegerType::get(context, 64),
                         results)))
      return failure();
  return success();
}

StringRef UniqueOp::getRuntimeFunction() { return "atrous_unique"; }

SmallVector<int64_t> UniqueOp::getRuntimeArguments() {
  return {getAxis().has_value(), int64_t(getAxis().value_or(0)), getSorted()};
}
