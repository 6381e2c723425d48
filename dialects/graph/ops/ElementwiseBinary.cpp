//===- ElementwiseBinary.cpp - Scalar forms of binary ops -----------------===//

#include "dialects/graph/Broadcast.h"
#include "dialects/graph/Constants.h"
#include "dialects/graph/Scalar.h"

#include "mlir/IR/Matchers.h"
#include <cmath>

using namespace mlir;
using namespace atrous::graph;

bool atrous::graph::isNonZeroSplat(Value value) {
  std::optional<double> number = getSplatValue(value);
  return number && *number != 0 && std::isfinite(*number);
}

static bool isUnsigned(Value tensor) {
  return getElementTypeOrSelf(tensor.getType()).isUnsignedInteger();
}

/// FloatOp or IntOp, whichever fits the scalars.
template <typename FloatOp, typename IntOp>
static Value emitBinary(OpBuilder &builder, Location loc, ValueRange scalars) {
  return emitWidened(builder, loc, scalars,
                     [](ImplicitLocOpBuilder &b, ValueRange x) -> Value {
                       if (isa<FloatType>(x[0].getType()))
                         return b.create<FloatOp>(x[0], x[1]);
                       return b.create<IntOp>(x[0], x[1]);
                     });
}

Value AddOp::emitScalar(OpBuilder &builder, Location loc, ValueRange scalars) {
  return emitBinary<arith::AddFOp, arith::AddIOp>(builder, loc, scalars);
}
Value SubOp::emitScalar(OpBuilder &builder, Location loc, ValueRange scalars) {
  return emitBinary<arith::SubFOp, arith::SubIOp>(builder, loc, scalars);
}
Value MulOp::emitScalar(OpBuilder &builder, Location loc, ValueRange scalars) {
  return emitBinary<arith::MulFOp, arith::MulIOp>(builder, loc, scalars);
}
Value AndOp::emitScalar(OpBuilder &builder, Location loc, ValueRange scalars) {
  return builder.create<arith::AndIOp>(loc, scalars[0], scalars[1]);
}
Value OrOp::emitScalar(OpBuilder &builder, Location loc, ValueRange scalars) {
  return builder.create<arith::OrIOp>(loc, scalars[0], scalars[1]);
}
Value XorOp::emitScalar(OpBuilder &builder, Location loc, ValueRange scalars) {
  return builder.create<arith::XOrIOp>(loc, scalars[0], scalars[1]);
}

//===----------------------------------------------------------------------===//
// shifts
//===----------------------------------------------------------------------===//

/// Whether `bits` is the number of a bit; a negative one is a large unsigned
/// one.
static Value isBitNumber(ImplicitLocOpBuilder &b, Value bits) {
  unsigned width = bits.getType().getIntOrFloatBitWidth();
  return b.create<arith::CmpIOp>(arith::CmpIPredicate::ult, bits,
                                 numberLike(b, bits, width));
}

Value ShiftLeftOp::emitScalar(OpBuilder &builder, Location loc,
                              ValueRange scalars) {
  ImplicitLocOpBuilder b(loc, builder);
  Value fits = isBitNumber(b, scalars[1]), zero = numberLike(b, scalars[0], 0);
  Value bits = selectValue(b, fits, scalars[1], zero);
  Value shifted = b.create<arith::ShLIOp>(scalars[0], bits);
  return selectValue(b, fits, shifted, zero);
}

Value ShiftRightOp::emitScalar(OpBuilder &builder, Location loc,
                               ValueRange scalars) {
  ImplicitLocOpBuilder b(loc, builder);
  Value x = scalars[0], fits = isBitNumber(b, scalars[1]);
  if (isUnsigned(getLhs())) {
    Value zero = numberLike(b, x, 0);
    Value bits = selectValue(b, fits, scalars[1], zero);
    Value shifted = b.create<arith::ShRUIOp>(x, bits);
    return selectValue(b, fits, shifted, zero);
  }
  // All but the last bit shifted out leave the sign everywhere.
  unsigned width = x.getType().getIntOrFloatBitWidth();
  Value last = numberLike(b, x, width - 1);
  return b.create<arith::ShRSIOp>(x, selectValue(b, fits, scalars[1], last));
}

//===----------------------------------------------------------------------===//
// min, max
//===----------------------------------------------------------------------===//

static bool isNumberConstant(Value scalar) {
  FloatAttr value;
  return matchPattern(scalar, m_Constant(&value)) && !value.getValue().isNaN();
}

/// Selects the side that `predicate` (or the integer one) prefers; NaN wins.
static Value emitExtremum(ImplicitLocOpBuilder &b, Value lhs, Value rhs,
                          arith::CmpFPredicate predicate,
                          arith::CmpIPredicate intPredicate) {
  if (!isa<FloatType>(lhs.getType())) {
    Value prefersLhs = b.create<arith::CmpIOp>(intPredicate, lhs, rhs);
    return selectValue(b, prefersLhs, lhs, rhs);
  }
  // An ordered comparison gives the right-hand side where one is NaN: a
  // constant belongs on the left, and nothing else is to do.
  if (isNumberConstant(rhs))
    std::swap(lhs, rhs);
  Value prefersLhs = b.create<arith::CmpFOp>(predicate, lhs, rhs);
  Value extremum = selectValue(b, prefersLhs, lhs, rhs);
  if (isNumberConstant(lhs))
    return extremum;
  Value isNan = b.create<arith::CmpFOp>(arith::CmpFPredicate::UNO, lhs, lhs);
  return selectValue(b, isNan, lhs, extremum);
}

Value MinOp::emitScalar(OpBuilder &builder, Location loc, ValueRange scalars) {
  auto intPredicate = isUnsigned(getLhs()) ? arith::CmpIPredicate::ult
                                           : arith::CmpIPredicate::slt;
  ImplicitLocOpBuilder b(loc, builder);
  return emitExtremum(b, scalars[0], scalars[1], arith::CmpFPredicate::OLT,
                      intPredicate);
}

Value MaxOp::emitScalar(OpBuilder &builder, Location loc, ValueRange scalars) {
  auto intPredicate = isUnsigned(getLhs()) ? arith::CmpIPredicate::ugt
                                           : arith::CmpIPredicate::sgt;
  ImplicitLocOpBuilder b(loc, builder);
  return emitExtremum(b, scalars[0], scalars[1], arith::CmpFPredicate::OGT,
                      intPredicate);
}

//===----------------------------------------------------------------------===//
// div, mod
//===----------------------------------------------------------------------===//

static Value isEqual(ImplicitLocOpBuilder &b, Value scalar, double number) {
  return b.create<arith::CmpIOp>(arith::CmpIPredicate::eq, scalar,
                                 numberLike(b, scalar, number));
}

/// A divisor that the processor's division takes: not 0, and not -1, whose
/// quotient may overflow.
static Value emitSafeDivisor(ImplicitLocOpBuilder &b, Value divisor,
                             bool isUnsigned) {
  Value isUnsafe = isEqual(b, divisor, 0);
  if (!isUnsigned)
    isUnsafe = b.create<arith::OrIOp>(isUnsafe, isEqual(b, divisor, -1));
  return selectValue(b, isUnsafe, numberLike(b, divisor, 1), divisor);
}

static Value emitIntDiv(ImplicitLocOpBuilder &b, Value lhs, Value rhs,
                        bool isUnsigned) {
  Value safe = emitSafeDivisor(b, rhs, isUnsigned);
  Value zero = numberLike(b, lhs, 0);
  Value quotient = isUnsigned ? b.create<arith::DivUIOp>(lhs, safe).getResult()
                              : b.create<arith::DivSIOp>(lhs, safe).getResult();
  if (!isUnsigned)
    quotient = selectValue(b, isEqual(b, rhs, -1),
                           b.create<arith::SubIOp>(zero, lhs), quotient);
  return selectValue(b, isEqual(b, rhs, 0), zero, quotient);
}

Value DivOp::emitScalar(OpBuilder &builder, Location loc, ValueRange scalars) {
  return emitWidened(builder, loc, scalars,
                     [&](ImplicitLocOpBuilder &b, ValueRange x) -> Value {
                       if (isa<FloatType>(x[0].getType()))
                         return b.create<arith::DivFOp>(x[0], x[1]);
                       return emitIntDiv(b, x[0], x[1], isUnsigned(getLhs()));
                     });
}

/// The remainder; by a safe divisor of 1 it is 0, as it should be for 0 and -1.
static Value emitIntMod(ImplicitLocOpBuilder &b, Value lhs, Value rhs,
                        bool isUnsigned, bool fmod) {
  Value safe = emitSafeDivisor(b, rhs, isUnsigned);
  if (isUnsigned)
    return b.create<arith::RemUIOp>(lhs, safe);
  Value remainder = b.create<arith::RemSIOp>(lhs, safe);
  if (fmod)
    return remainder;
  // Where the signs differ, one divisor more brings it to the divisor's side.
  Value signs = b.create<arith::XOrIOp>(remainder, safe);
  Value differ = lessThan(b, signs, numberLike(b, signs, 0));
  Value isZero = isEqual(b, remainder, 0);
  Value shifted = b.create<arith::AddIOp>(remainder, safe);
  Value sameSign = selectValue(b, differ, shifted, remainder);
  return selectValue(b, isZero, remainder, sameSign);
}

Value ModOp::emitScalar(OpBuilder &builder, Location loc, ValueRange scalars) {
  return emitWidened(builder, loc, scalars,
                     [&](ImplicitLocOpBuilder &b, ValueRange x) -> Value {
                       if (isa<FloatType>(x[0].getType()))
                         return b.create<arith::RemFOp>(x[0], x[1]);
                       return emitIntMod(b, x[0], x[1], isUnsigned(getLhs()),
                                         getFmod());
                     });
}

LogicalResult ModOp::verify() {
  if (isa<FloatType>(getElementTypeOrSelf(getLhs().getType())) && !getFmod())
    return emitError("expects fmod = 1 for floating-point elements");
  return success();
}
