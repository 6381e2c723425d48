//===- Scalar.cpp - Arithmetic on single elements -------------------------===//

#include "dialects/graph/Scalar.h"

#include "llvm/ADT/APInt.h"
#include <cmath>

using namespace mlir;
using namespace atrous::graph;

static bool isNarrowFloat(Type type) { return type.isF16() || type.isBF16(); }

Value atrous::graph::emitWidened(OpBuilder &builder, Location loc,
                                 ValueRange scalars, ScalarFn expression) {
  ImplicitLocOpBuilder b(loc, builder);
  Type type = scalars.front().getType();
  if (!isNarrowFloat(type))
    return expression(b, scalars);
  SmallVector<Value> wide;
  for (Value scalar : scalars)
    wide.push_back(isNarrowFloat(scalar.getType())
                       ? b.create<arith::ExtFOp>(b.getF32Type(), scalar)
                       : scalar);
  Value result = expression(b, wide);
  if (!result.getType().isF32())
    return result;
  return b.create<arith::TruncFOp>(type, result);
}

Type atrous::graph::getScalarType(Type type) {
  return type.isInteger(1) ? type : getPhysicalElementType(type);
}

Value atrous::graph::numberLike(ImplicitLocOpBuilder &b, Value scalar,
                                double value) {
  return createNumber(b, b.getLoc(), scalar.getType(), value);
}

Value atrous::graph::lessThan(ImplicitLocOpBuilder &b, Value lhs, Value rhs,
                              bool isUnsigned) {
  if (isa<FloatType>(lhs.getType()))
    return b.create<arith::CmpFOp>(arith::CmpFPredicate::OLT, lhs, rhs);
  return b.create<arith::CmpIOp>(isUnsigned ? arith::CmpIPredicate::ult
                                            : arith::CmpIPredicate::slt,
                                 lhs, rhs);
}

Value atrous::graph::selectValue(ImplicitLocOpBuilder &b, Value condition,
                                 Value lhs, Value rhs) {
  return b.create<arith::SelectOp>(condition, lhs, rhs);
}

//===----------------------------------------------------------------------===//
// Casts
//===----------------------------------------------------------------------===//

static Value castFloatToFloat(ImplicitLocOpBuilder &b, Value scalar, Type to) {
  unsigned fromWidth = scalar.getType().getIntOrFloatBitWidth();
  unsigned toWidth = to.getIntOrFloatBitWidth();
  if (scalar.getType() == to)
    return scalar;
  if (fromWidth < toWidth)
    return b.create<arith::ExtFOp>(to, scalar);
  // f16 and bf16 meet in f32.
  if (fromWidth == toWidth)
    scalar = b.create<arith::ExtFOp>(b.getF32Type(), scalar);
  return b.create<arith::TruncFOp>(to, scalar);
}

/// The conversion itself sees only numbers that fit: out of range it would be
/// undefined.
static Value castFloatToInt(ImplicitLocOpBuilder &b, Value scalar, Type to) {
  if (isNarrowFloat(scalar.getType()))
    scalar = b.create<arith::ExtFOp>(b.getF32Type(), scalar);
  unsigned width = to.getIntOrFloatBitWidth();
  bool isUnsigned = to.isUnsignedInteger();
  Type intType = getScalarType(to);
  // Both bounds are powers of two (or 0 and -1): every float type holds them,
  // but for -2^(n-1) - 1, which is tested as "below -2^(n-1)".
  double high = std::ldexp(1.0, isUnsigned ? width : width - 1);
  double low = isUnsigned ? 0.0 : -high;
  Value lowValue = numberLike(b, scalar, low);
  Value highValue = numberLike(b, scalar, high);
  Value aboveLow =
      b.create<arith::CmpFOp>(arith::CmpFPredicate::OGE, scalar, lowValue);
  Value belowHigh = lessThan(b, scalar, highValue);
  Value fits = b.create<arith::AndIOp>(aboveLow, belowHigh);
  Value safe = selectValue(b, fits, scalar, numberLike(b, scalar, 0));
  Value result = isUnsigned
                     ? b.create<arith::FPToUIOp>(intType, safe).getResult()
                     : b.create<arith::FPToSIOp>(intType, safe).getResult();
  auto bound = [&](llvm::APInt value) -> Value {
    return b.create<arith::ConstantOp>(IntegerAttr::get(intType, value));
  };
  llvm::APInt highest = isUnsigned ? llvm::APInt::getMaxValue(width)
                                   : llvm::APInt::getSignedMaxValue(width);
  llvm::APInt lowest = isUnsigned ? llvm::APInt::getMinValue(width)
                                  : llvm::APInt::getSignedMinValue(width);
  Value isHigh =
      b.create<arith::CmpFOp>(arith::CmpFPredicate::OGE, scalar, highValue);
  result = selectValue(b, isHigh, bound(highest), result);
  return selectValue(b, lessThan(b, scalar, lowValue), bound(lowest), result);
}

static Value castIntToFloat(ImplicitLocOpBuilder &b, Value scalar, Type from,
                            Type to) {
  Type wide = isNarrowFloat(to) ? b.getF32Type() : to;
  Value result = from.isUnsignedInteger() || from.isInteger(1)
                     ? b.create<arith::UIToFPOp>(wide, scalar).getResult()
                     : b.create<arith::SIToFPOp>(wide, scalar).getResult();
  return castFloatToFloat(b, result, to);
}

static Value castIntToInt(ImplicitLocOpBuilder &b, Value scalar, Type from,
                          Type to) {
  Type scalarType = getScalarType(to);
  unsigned fromWidth = from.getIntOrFloatBitWidth();
  unsigned toWidth = to.getIntOrFloatBitWidth();
  if (fromWidth == toWidth)
    return scalar;
  if (fromWidth > toWidth)
    return b.create<arith::TruncIOp>(scalarType, scalar);
  if (from.isUnsignedInteger() || from.isInteger(1))
    return b.create<arith::ExtUIOp>(scalarType, scalar);
  return b.create<arith::ExtSIOp>(scalarType, scalar);
}

Value atrous::graph::castScalar(OpBuilder &builder, Location loc, Value scalar,
                                Type from, Type to) {
  ImplicitLocOpBuilder b(loc, builder);
  if (from == to)
    return scalar;
  bool fromFloat = isa<FloatType>(from), toFloat = isa<FloatType>(to);
  if (to.isInteger(1)) {
    Value zero = numberLike(b, scalar, 0);
    if (fromFloat)
      return b.create<arith::CmpFOp>(arith::CmpFPredicate::UNE, scalar, zero);
    return b.create<arith::CmpIOp>(arith::CmpIPredicate::ne, scalar, zero);
  }
  if (fromFloat)
    return toFloat ? castFloatToFloat(b, scalar, to)
                   : castFloatToInt(b, scalar, to);
  return toFloat ? castIntToFloat(b, scalar, from, to)
                 : castIntToInt(b, scalar, from, to);
}
