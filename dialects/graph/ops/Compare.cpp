//===- Compare.cpp - graph.compare ----------------------------------------===//

#include "dialects/graph/Broadcast.h"
#include "dialects/graph/Scalar.h"

using namespace mlir;
using namespace atrous::graph;

LogicalResult atrous::graph::inferCompare(OptLocation location,
                                          ValueRange operands,
                                          SmallVectorImpl<Type> &results) {
  Type type = operands.front().getType();
  if (failed(checkElementKind(location, ElementKind::any, type)) ||
      failed(checkSameElementType(location, operands)))
    return failure();
  return inferElementwise(location, operands,
                          IntegerType::get(type.getContext(), 1), results);
}

static arith::CmpFPredicate getFloatPredicate(ComparePredicate predicate) {
  switch (predicate) {
  case ComparePredicate::eq:
    return arith::CmpFPredicate::OEQ;
  case ComparePredicate::lt:
    return arith::CmpFPredicate::OLT;
  case ComparePredicate::le:
    return arith::CmpFPredicate::OLE;
  case ComparePredicate::gt:
    return arith::CmpFPredicate::OGT;
  case ComparePredicate::ge:
    return arith::CmpFPredicate::OGE;
  }
  llvm_unreachable("unknown predicate");
}

static arith::CmpIPredicate getIntPredicate(ComparePredicate predicate,
                                            bool isUnsigned) {
  using arith::CmpIPredicate;
  switch (predicate) {
  case ComparePredicate::eq:
    return CmpIPredicate::eq;
  case ComparePredicate::lt:
    return isUnsigned ? CmpIPredicate::ult : CmpIPredicate::slt;
  case ComparePredicate::le:
    return isUnsigned ? CmpIPredicate::ule : CmpIPredicate::sle;
  case ComparePredicate::gt:
    return isUnsigned ? CmpIPredicate::ugt : CmpIPredicate::sgt;
  case ComparePredicate::ge:
    return isUnsigned ? CmpIPredicate::uge : CmpIPredicate::sge;
  }
  llvm_unreachable("unknown predicate");
}

Value CompareOp::emitScalar(OpBuilder &builder, Location loc,
                            ValueRange scalars) {
  Type type = getElementTypeOrSelf(getLhs().getType());
  if (isa<FloatType>(type))
    return builder.create<arith::CmpFOp>(loc, getFloatPredicate(getPredicate()),
                                         scalars[0], scalars[1]);
  bool isUnsigned = type.isUnsignedInteger() || type.isInteger(1);
  return builder.create<arith::CmpIOp>(
      loc, getIntPredicate(getPredicate(), isUnsigned), scalars[0], scalars[1]);
}
