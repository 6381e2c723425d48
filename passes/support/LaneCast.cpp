//===- LaneCast.cpp - Operations between kinds of registers ---------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "passes/support/LaneOps.h"
#include <cmath>
#include <cstring>

using namespace mlir;

namespace atrous {

/// Float to integer of the result's width; what does not fit saturates, NaN
/// gives 0.
template <typename T, bool isSigned>
static void runFloatToInt(const LaneInstruction &in, LaneMachine &m, LaneMask) {
  int64_t *d = m.reg<int64_t>(in.result);
  const T *a = m.reg<T>(in.a);
  int width = 64 - in.resultShift;
  T high = std::ldexp(T(1), isSigned ? width - 1 : width);
  T low = isSigned ? -high : T(0);
  uint64_t highest = ~uint64_t(0) >> (in.resultShift + isSigned);
  for (int64_t i = 0; i < m.lanes; ++i) {
    uint64_t value = 0;
    if (a[i] >= high)
      value = highest;
    else if (a[i] <= low)
      value = isSigned ? ~highest : 0;
    else if (a[i] == a[i])
      value = isSigned ? static_cast<uint64_t>(static_cast<int64_t>(a[i]))
                       : static_cast<uint64_t>(a[i]);
    d[i] = canonical(static_cast<int64_t>(value), in.resultShift);
  }
}

template <typename T, bool isSigned>
static void runIntToFloat(const LaneInstruction &in, LaneMachine &m, LaneMask) {
  T *d = m.reg<T>(in.result);
  const int64_t *a = m.reg<int64_t>(in.a);
  for (int64_t i = 0; i < m.lanes; ++i) {
    int64_t value = extend<isSigned>(a[i], in.operandShift);
    d[i] = isSigned ? static_cast<T>(value)
                    : static_cast<T>(static_cast<uint64_t>(value));
  }
}

template <typename D, typename T>
static void runConvert(const LaneInstruction &in, LaneMachine &m, LaneMask) {
  D *d = m.reg<D>(in.result);
  const T *a = m.reg<T>(in.a);
  for (int64_t i = 0; i < m.lanes; ++i)
    d[i] = static_cast<D>(a[i]);
}

/// f64 on the way to f16 or bf16: what is not exact gets an odd last bit, so that
/// rounding it again rounds but once.
static void runRoundToOdd(const LaneInstruction &in, LaneMachine &m, LaneMask) {
  float *d = m.reg<float>(in.result);
  const double *a = m.reg<double>(in.a);
  for (int64_t i = 0; i < m.lanes; ++i) {
    d[i] = static_cast<float>(a[i]);
    double back = d[i];
    if (back == a[i] || a[i] != a[i])
      continue;
    uint32_t bits;
    std::memcpy(&bits, d + i, 4);
    bits = (bits - (std::fabs(back) > std::fabs(a[i]))) | 1;
    std::memcpy(d + i, &bits, 4);
  }
}

template <typename T>
static void runPowInt(const LaneInstruction &in, LaneMachine &m, LaneMask) {
  T *d = m.reg<T>(in.result);
  const T *a = m.reg<T>(in.a);
  const int64_t *b = m.reg<int64_t>(in.b);
  for (int64_t i = 0; i < m.lanes; ++i)
    d[i] = static_cast<T>(
        std::pow(static_cast<double>(a[i]), static_cast<double>(b[i])));
}

/// The same bits as another type of that width: through memory.
template <int kind>
static void runBitcast(const LaneInstruction &in, LaneMachine &m, LaneMask) {
  for (int64_t i = 0; i < m.lanes; ++i) {
    if constexpr (kind == 0) {
      double value = m.reg<double>(in.a)[i];
      std::memcpy(m.reg<int64_t>(in.result) + i, &value, 8);
    } else if constexpr (kind == 1) {
      int64_t value = m.reg<int64_t>(in.a)[i];
      std::memcpy(m.reg<double>(in.result) + i, &value, 8);
    } else if constexpr (kind == 2) {
      int32_t value;
      std::memcpy(&value, m.reg<float>(in.a) + i, 4);
      m.reg<int64_t>(in.result)[i] = value;
    } else {
      int32_t value = static_cast<int32_t>(m.reg<int64_t>(in.a)[i]);
      std::memcpy(m.reg<float>(in.result) + i, &value, 4);
    }
  }
}

static void runMove(const LaneInstruction &in, LaneMachine &m, LaneMask) {
  for (int64_t i = 0; i < m.lanes; ++i)
    m.reg<int64_t>(in.result)[i] = m.reg<int64_t>(in.a)[i];
}

static LaneFunction selectBitcast(Type from, Type to) {
  if (from.isF64() && getLaneKind(to) == LaneKind::Int)
    return runBitcast<0>;
  if (getLaneKind(from) == LaneKind::Int && to.isF64())
    return runBitcast<1>;
  if (from.isF32() && getLaneKind(to) == LaneKind::Int)
    return runBitcast<2>;
  if (getLaneKind(from) == LaneKind::Int && to.isF32())
    return runBitcast<3>;
  if (getLaneKind(from) == LaneKind::Int && getLaneKind(to) == LaneKind::Int)
    return runMove;
  return nullptr;
}

template <bool isSigned, bool toInt>
static LaneFunction pickCast(LaneKind floatKind) {
  bool wide = floatKind == LaneKind::Double;
  if (toInt)
    return wide ? runFloatToInt<double, isSigned>
                : runFloatToInt<float, isSigned>;
  return wide ? runIntToFloat<double, isSigned>
              : runIntToFloat<float, isSigned>;
}

LaneFunction selectCastFunction(Operation *op) {
  Type from = op->getOperand(0).getType(), to = op->getResult(0).getType();
  if (isa<math::FPowIOp>(op))
    return from.isF64() ? LaneFunction(runPowInt<double>) : runPowInt<float>;
  if (isa<arith::FPToSIOp>(op))
    return pickCast<true, true>(getLaneKind(from));
  if (isa<arith::FPToUIOp>(op))
    return pickCast<false, true>(getLaneKind(from));
  if (isa<arith::SIToFPOp>(op))
    return pickCast<true, false>(getLaneKind(to));
  if (isa<arith::UIToFPOp>(op))
    return pickCast<false, false>(getLaneKind(to));
  if (isa<arith::BitcastOp>(op))
    return selectBitcast(from, to);
  if (!isa<arith::ExtFOp, arith::TruncFOp>(op))
    return nullptr;
  if (from.isF64() && to.getIntOrFloatBitWidth() == 16)
    return runRoundToOdd;
  if (from.isF64())
    return to.isF64() ? runConvert<double, double> : runConvert<float, double>;
  return to.isF64() ? runConvert<double, float> : runConvert<float, float>;
}

} // namespace atrous
