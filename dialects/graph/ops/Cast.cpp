//===- Cast.cpp - graph.cast ----------------------------------------------===//

#include "dialects/graph/Broadcast.h"
#include "dialects/graph/Scalar.h"

using namespace mlir;
using namespace atrous::graph;

LogicalResult atrous::graph::inferCast(OptLocation location, Value input,
                                       Type to,
                                       SmallVectorImpl<Type> &results) {
  if (failed(checkElementKind(location, ElementKind::any, input.getType())) ||
      failed(checkElementKind(location, ElementKind::any, to)))
    return failure();
  return inferElementwise(location, input, to, results);
}

Value CastOp::emitScalar(OpBuilder &builder, Location loc, ValueRange scalars) {
  return castScalar(builder, loc, scalars[0],
                    getElementTypeOrSelf(getInput().getType()), getTo());
}

OpFoldResult CastOp::fold(FoldAdaptor) {
  if (getInput().getType() == getType())
    return getInput();
  return {};
}
