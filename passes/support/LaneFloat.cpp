//===- LaneFloat.cpp - Float operations on lanes --------------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "passes/support/LaneOps.h"
#include <cmath>

using namespace mlir;

namespace atrous {

template <typename Op, typename T, typename D>
static void runFloat(const LaneInstruction &in, LaneMachine &m, LaneMask) {
  D *d = m.reg<D>(in.result);
  const T *a = m.reg<T>(in.a);
  const T *b = m.reg<T>(in.b < 0 ? in.a : in.b);
  const T *c = m.reg<T>(in.c < 0 ? in.a : in.c);
  for (int64_t i = 0; i < m.lanes; ++i)
    d[i] = Op::template apply<T>(a[i], b[i], c[i]);
}

#define FLOAT_OP(name, expr)                                                   \
  struct name {                                                                \
    template <typename T> static auto apply(T a, T b, T c) {                   \
      (void)b;                                                                 \
      (void)c;                                                                 \
      return expr;                                                             \
    }                                                                          \
  }
FLOAT_OP(FloatAdd, a + b);
FLOAT_OP(FloatSub, a - b);
FLOAT_OP(FloatMul, a *b);
FLOAT_OP(FloatDiv, a / b);
FLOAT_OP(FloatRem, std::fmod(a, b));
FLOAT_OP(FloatNeg, -a);
FLOAT_OP(FloatAbs, std::fabs(a));
FLOAT_OP(FloatFma, std::fma(a, b, c));
// NaN wins, and -0 is below +0.
FLOAT_OP(FloatMaximum, a != a   ? a
                       : b != b ? b
                       : a == b ? (std::signbit(a) ? b : a)
                       : a > b  ? a
                                : b);
FLOAT_OP(FloatMinimum, a != a   ? a
                       : b != b ? b
                       : a == b ? (std::signbit(a) ? a : b)
                       : a < b  ? a
                                : b);
FLOAT_OP(FloatMaxNum, std::fmax(a, b));
FLOAT_OP(FloatMinNum, std::fmin(a, b));
FLOAT_OP(FloatCeil, std::ceil(a));
FLOAT_OP(FloatFloor, std::floor(a));
FLOAT_OP(FloatTrunc, std::trunc(a));
FLOAT_OP(FloatRound, std::round(a));
FLOAT_OP(FloatRoundEven, std::nearbyint(a));
FLOAT_OP(FloatSqrt, std::sqrt(a));
FLOAT_OP(FloatRsqrt, T(1) / std::sqrt(a));
FLOAT_OP(FloatCbrt, std::cbrt(a));
FLOAT_OP(FloatExp, std::exp(a));
FLOAT_OP(FloatExp2, std::exp2(a));
FLOAT_OP(FloatExpM1, std::expm1(a));
FLOAT_OP(FloatLog, std::log(a));
FLOAT_OP(FloatLog2, std::log2(a));
FLOAT_OP(FloatLog10, std::log10(a));
FLOAT_OP(FloatLog1p, std::log1p(a));
FLOAT_OP(FloatSin, std::sin(a));
FLOAT_OP(FloatCos, std::cos(a));
FLOAT_OP(FloatTan, std::tan(a));
FLOAT_OP(FloatSinh, std::sinh(a));
FLOAT_OP(FloatCosh, std::cosh(a));
FLOAT_OP(FloatTanh, std::tanh(a));
FLOAT_OP(FloatAsin, std::asin(a));
FLOAT_OP(FloatAcos, std::acos(a));
FLOAT_OP(FloatAtan, std::atan(a));
FLOAT_OP(FloatAsinh, std::asinh(a));
FLOAT_OP(FloatAcosh, std::acosh(a));
FLOAT_OP(FloatAtanh, std::atanh(a));
FLOAT_OP(FloatAtan2, std::atan2(a, b));
FLOAT_OP(FloatErf, std::erf(a));
FLOAT_OP(FloatPow, std::pow(a, b));
FLOAT_OP(FloatCopySign, std::copysign(a, b));
FLOAT_OP(FloatFalse, int64_t(0));
FLOAT_OP(FloatTrue, int64_t(1));
FLOAT_OP(FloatOeq, int64_t(a == b));
FLOAT_OP(FloatOgt, int64_t(a > b));
FLOAT_OP(FloatOge, int64_t(a >= b));
FLOAT_OP(FloatOlt, int64_t(a < b));
FLOAT_OP(FloatOle, int64_t(a <= b));
FLOAT_OP(FloatOne, int64_t(a<b || a> b));
FLOAT_OP(FloatOrd, int64_t(a == a && b == b));
FLOAT_OP(FloatUeq, int64_t(!(a < b || a > b)));
FLOAT_OP(FloatUgt, int64_t(!(a <= b)));
FLOAT_OP(FloatUge, int64_t(!(a < b)));
FLOAT_OP(FloatUlt, int64_t(!(a >= b)));
FLOAT_OP(FloatUle, int64_t(!(a > b)));
FLOAT_OP(FloatUne, int64_t(!(a == b)));
FLOAT_OP(FloatUno, int64_t(a != a || b != b));
#undef FLOAT_OP

template <typename Op> static LaneFunction pickFloat(LaneKind kind) {
  return kind == LaneKind::Double ? LaneFunction(runFloat<Op, double, double>)
                                  : runFloat<Op, float, float>;
}
template <typename Op> static LaneFunction pickCompare(LaneKind kind) {
  return kind == LaneKind::Double ? LaneFunction(runFloat<Op, double, int64_t>)
                                  : runFloat<Op, float, int64_t>;
}

static LaneFunction selectCompare(arith::CmpFPredicate predicate,
                                  LaneKind kind) {
  using P = arith::CmpFPredicate;
  switch (predicate) {
  case P::AlwaysFalse:
    return pickCompare<FloatFalse>(kind);
  case P::AlwaysTrue:
    return pickCompare<FloatTrue>(kind);
  case P::OEQ:
    return pickCompare<FloatOeq>(kind);
  case P::OGT:
    return pickCompare<FloatOgt>(kind);
  case P::OGE:
    return pickCompare<FloatOge>(kind);
  case P::OLT:
    return pickCompare<FloatOlt>(kind);
  case P::OLE:
    return pickCompare<FloatOle>(kind);
  case P::ONE:
    return pickCompare<FloatOne>(kind);
  case P::ORD:
    return pickCompare<FloatOrd>(kind);
  case P::UEQ:
    return pickCompare<FloatUeq>(kind);
  case P::UGT:
    return pickCompare<FloatUgt>(kind);
  case P::UGE:
    return pickCompare<FloatUge>(kind);
  case P::ULT:
    return pickCompare<FloatUlt>(kind);
  case P::ULE:
    return pickCompare<FloatUle>(kind);
  case P::UNE:
    return pickCompare<FloatUne>(kind);
  case P::UNO:
    return pickCompare<FloatUno>(kind);
  }
  return nullptr;
}

LaneFunction selectFloatFunction(Operation *op, LaneKind kind) {
#define SELECT(Op, name)                                                       \
  if (isa<Op>(op))                                                             \
    return pickFloat<name>(kind);
  SELECT(arith::AddFOp, FloatAdd)
  SELECT(arith::SubFOp, FloatSub)
  SELECT(arith::MulFOp, FloatMul)
  SELECT(arith::DivFOp, FloatDiv)
  SELECT(arith::RemFOp, FloatRem)
  SELECT(arith::NegFOp, FloatNeg)
  SELECT(arith::MaximumFOp, FloatMaximum)
  SELECT(arith::MinimumFOp, FloatMinimum)
  SELECT(arith::MaxNumFOp, FloatMaxNum)
  SELECT(arith::MinNumFOp, FloatMinNum)
  SELECT(math::AbsFOp, FloatAbs)
  SELECT(math::FmaOp, FloatFma)
  SELECT(math::CeilOp, FloatCeil)
  SELECT(math::FloorOp, FloatFloor)
  SELECT(math::TruncOp, FloatTrunc)
  SELECT(math::RoundOp, FloatRound)
  SELECT(math::RoundEvenOp, FloatRoundEven)
  SELECT(math::SqrtOp, FloatSqrt)
  SELECT(math::RsqrtOp, FloatRsqrt)
  SELECT(math::CbrtOp, FloatCbrt)
  SELECT(math::ExpOp, FloatExp)
  SELECT(math::Exp2Op, FloatExp2)
  SELECT(math::ExpM1Op, FloatExpM1)
  SELECT(math::LogOp, FloatLog)
  SELECT(math::Log2Op, FloatLog2)
  SELECT(math::Log10Op, FloatLog10)
  SELECT(math::Log1pOp, FloatLog1p)
  SELECT(math::SinOp, FloatSin)
  SELECT(math::CosOp, FloatCos)
  SELECT(math::TanOp, FloatTan)
  SELECT(math::SinhOp, FloatSinh)
  SELECT(math::CoshOp, FloatCosh)
  SELECT(math::TanhOp, FloatTanh)
  SELECT(math::AsinOp, FloatAsin)
  SELECT(math::AcosOp, FloatAcos)
  SELECT(math::AtanOp, FloatAtan)
  SELECT(math::AsinhOp, FloatAsinh)
  SELECT(math::AcoshOp, FloatAcosh)
  SELECT(math::AtanhOp, FloatAtanh)
  SELECT(math::Atan2Op, FloatAtan2)
  SELECT(math::ErfOp, FloatErf)
  SELECT(math::PowFOp, FloatPow)
  SELECT(math::CopySignOp, FloatCopySign)
#undef SELECT
  if (auto compare = dyn_cast<arith::CmpFOp>(op))
    return selectCompare(compare.getPredicate(), kind);
  return nullptr;
}

template <uint16_t (*encode)(float), float (*decode)(uint16_t)>
static void runRound(const LaneInstruction &in, LaneMachine &m, LaneMask) {
  float *d = m.reg<float>(in.result);
  for (int64_t i = 0; i < m.lanes; ++i)
    d[i] = decode(encode(d[i]));
}

LaneFunction getLaneRounding(Type type) {
  if (type.isF16())
    return runRound<floatToHalf, halfToFloat>;
  if (type.isBF16())
    return runRound<floatToBfloat, bfloatToFloat>;
  return nullptr;
}

} // namespace atrous
