//===- Where.cpp - graph.where --------------------------------------------===//

#include "dialects/graph/Broadcast.h"
#include "dialects/graph/Scalar.h"

using namespace mlir;
using namespace atrous::graph;

LogicalResult atrous::graph::inferWhere(OptLocation location,
                                        ValueRange operands,
                                        SmallVectorImpl<Type> &results) {
  Type type = operands[1].getType();
  if (failed(checkElementKind(location, ElementKind::boolean,
                              operands[0].getType())) ||
      failed(checkElementKind(location, ElementKind::any, type)) ||
      failed(checkSameElementType(location, operands.drop_front())))
    return failure();
  return inferElementwise(location, operands, getElementTypeOrSelf(type),
                          results);
}

Value WhereOp::emitScalar(OpBuilder &builder, Location loc,
                          ValueRange scalars) {
  return builder.create<arith::SelectOp>(loc, scalars[0], scalars[1],
                                         scalars[2]);
}
