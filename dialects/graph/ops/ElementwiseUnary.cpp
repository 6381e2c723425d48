//===- ElementwiseUnary.cpp - Scalar forms of unary ops -------------------===//

#include "dialects/graph/Broadcast.h"
#include "dialects/graph/Scalar.h"

using namespace mlir;
using namespace atrous::graph;

/// One op of the math dialect, in at least f32.
template <typename MathOp>
static Value emitMath(OpBuilder &builder, Location loc, ValueRange scalars) {
  return emitWidened(builder, loc, scalars,
                     [](ImplicitLocOpBuilder &b, ValueRange x) -> Value {
                       return b.create<MathOp>(x[0]);
                     });
}

Value CeilOp::emitScalar(OpBuilder &builder, Location loc, ValueRange scalars) {
  return emitMath<math::CeilOp>(builder, loc, scalars);
}
Value FloorOp::emitScalar(OpBuilder &builder, Location loc,
                          ValueRange scalars) {
  return emitMath<math::FloorOp>(builder, loc, scalars);
}
Value RoundOp::emitScalar(OpBuilder &builder, Location loc,
                          ValueRange scalars) {
  return emitMath<math::RoundEvenOp>(builder, loc, scalars);
}
Value SqrtOp::emitScalar(OpBuilder &builder, Location loc, ValueRange scalars) {
  return emitMath<math::SqrtOp>(builder, loc, scalars);
}
Value ExpOp::emitScalar(OpBuilder &builder, Location loc, ValueRange scalars) {
  return emitMath<math::ExpOp>(builder, loc, scalars);
}
Value LogOp::emitScalar(OpBuilder &builder, Location loc, ValueRange scalars) {
  return emitMath<math::LogOp>(builder, loc, scalars);
}
Value SinOp::emitScalar(OpBuilder &builder, Location loc, ValueRange scalars) {
  return emitMath<math::SinOp>(builder, loc, scalars);
}
Value CosOp::emitScalar(OpBuilder &builder, Location loc, ValueRange scalars) {
  return emitMath<math::CosOp>(builder, loc, scalars);
}
Value TanOp::emitScalar(OpBuilder &builder, Location loc, ValueRange scalars) {
  return emitMath<math::TanOp>(builder, loc, scalars);
}
Value AsinOp::emitScalar(OpBuilder &builder, Location loc, ValueRange scalars) {
  return emitMath<math::AsinOp>(builder, loc, scalars);
}
Value AcosOp::emitScalar(OpBuilder &builder, Location loc, ValueRange scalars) {
  return emitMath<math::AcosOp>(builder, loc, scalars);
}
Value AtanOp::emitScalar(OpBuilder &builder, Location loc, ValueRange scalars) {
  return emitMath<math::AtanOp>(builder, loc, scalars);
}
Value SinhOp::emitScalar(OpBuilder &builder, Location loc, ValueRange scalars) {
  return emitMath<math::SinhOp>(builder, loc, scalars);
}
Value CoshOp::emitScalar(OpBuilder &builder, Location loc, ValueRange scalars) {
  return emitMath<math::CoshOp>(builder, loc, scalars);
}
Value AsinhOp::emitScalar(OpBuilder &builder, Location loc,
                          ValueRange scalars) {
  return emitMath<math::AsinhOp>(builder, loc, scalars);
}
Value AcoshOp::emitScalar(OpBuilder &builder, Location loc,
                          ValueRange scalars) {
  return emitMath<math::AcoshOp>(builder, loc, scalars);
}
Value AtanhOp::emitScalar(OpBuilder &builder, Location loc,
                          ValueRange scalars) {
  return emitMath<math::AtanhOp>(builder, loc, scalars);
}
Value TanhOp::emitScalar(OpBuilder &builder, Location loc, ValueRange scalars) {
  return emitMath<math::TanhOp>(builder, loc, scalars);
}
Value ErfOp::emitScalar(OpBuilder &builder, Location loc, ValueRange scalars) {
  return emitMath<math::ErfOp>(builder, loc, scalars);
}

Value SigmoidOp::emitScalar(OpBuilder &builder, Location loc,
                            ValueRange scalars) {
  return emitWidened(builder, loc, scalars,
                     [](ImplicitLocOpBuilder &b, ValueRange x) -> Value {
                       Value one = numberLike(b, x[0], 1);
                       Value minusX = b.create<arith::NegFOp>(x[0]);
                       Value power = b.create<math::ExpOp>(minusX);
                       Value sum = b.create<arith::AddFOp>(one, power);
                       return b.create<arith::DivFOp>(one, sum);
                     });
}

/// 0 - x, which wraps for the lowest integer.
static Value negateInt(ImplicitLocOpBuilder &b, Value x) {
  return b.create<arith::SubIOp>(numberLike(b, x, 0), x);
}

Value AbsOp::emitScalar(OpBuilder &builder, Location loc, ValueRange scalars) {
  if (getElementTypeOrSelf(getInput().getType()).isUnsignedInteger())
    return scalars[0];
  return emitWidened(
      builder, loc, scalars,
      [](ImplicitLocOpBuilder &b, ValueRange x) -> Value {
        if (isa<FloatType>(x[0].getType()))
          return b.create<math::AbsFOp>(x[0]);
        Value isNegative = lessThan(b, x[0], numberLike(b, x[0], 0));
        return selectValue(b, isNegative, negateInt(b, x[0]), x[0]);
      });
}

Value NegOp::emitScalar(OpBuilder &builder, Location loc, ValueRange scalars) {
  return emitWidened(builder, loc, scalars,
                     [](ImplicitLocOpBuilder &b, ValueRange x) -> Value {
                       if (isa<FloatType>(x[0].getType()))
                         return b.create<arith::NegFOp>(x[0]);
                       return negateInt(b, x[0]);
                     });
}

/// Written as zero > x, so that it is one x86 max instruction, which gives its
/// second operand if one of them is NaN.
Value ReluOp::emitScalar(OpBuilder &builder, Location loc, ValueRange scalars) {
  if (getElementTypeOrSelf(getInput().getType()).isUnsignedInteger())
    return scalars[0];
  return emitWidened(builder, loc, scalars,
                     [](ImplicitLocOpBuilder &b, ValueRange x) -> Value {
                       Value zero = numberLike(b, x[0], 0);
                       Value isBelow =
                           isa<FloatType>(x[0].getType())
                               ? b.create<arith::CmpFOp>(
                                      arith::CmpFPredicate::OGT, zero, x[0])
                                     .getResult()
                               : lessThan(b, x[0], zero);
                       return selectValue(b, isBelow, zero, x[0]);
                     });
}

Value SignOp::emitScalar(OpBuilder &builder, Location loc, ValueRange scalars) {
  bool isUnsigned =
      getElementTypeOrSelf(getInput().getType()).isUnsignedInteger();
  return emitWidened(builder, loc, scalars,
                     [&](ImplicitLocOpBuilder &b, ValueRange x) -> Value {
                       Value zero = numberLike(b, x[0], 0);
                       Value one = numberLike(b, x[0], 1);
                       Value isPositive = lessThan(b, zero, x[0], isUnsigned);
                       // What is neither above nor below zero, NaN among it,
                       // stays.
                       Value rest = x[0];
                       if (!isUnsigned)
                         rest = selectValue(b, lessThan(b, x[0], zero),
                                            numberLike(b, x[0], -1), x[0]);
                       return selectValue(b, isPositive, one, rest);
                     });
}

Value NotOp::emitScalar(OpBuilder &builder, Location loc, ValueRange scalars) {
  ImplicitLocOpBuilder b(loc, builder);
  return b.create<arith::XOrIOp>(scalars[0], numberLike(b, scalars[0], -1));
}
