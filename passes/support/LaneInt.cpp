//===- LaneInt.cpp - Integer operations on lanes --------------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "passes/support/LaneOps.h"

using namespace mlir;

namespace atrous {

template <typename Op, bool isSigned>
static void runInt(const LaneInstruction &in, LaneMachine &m, LaneMask) {
  int64_t *d = m.reg<int64_t>(in.result);
  const int64_t *a = m.reg<int64_t>(in.a);
  // A unary operation reads its operand twice.
  const int64_t *b = m.reg<int64_t>(in.b < 0 ? in.a : in.b);
  for (int64_t i = 0; i < m.lanes; ++i)
    d[i] = canonical(Op::apply(extend<isSigned>(a[i], in.operandShift),
                               extend<isSigned>(b[i], in.operandShift)),
                     in.resultShift);
}

using U = uint64_t;
#define INT_OP(name, expr)                                                     \
  struct name {                                                                \
    static int64_t apply(int64_t a, int64_t b) {                               \
      (void)b;                                                                 \
      return static_cast<int64_t>(expr);                                       \
    }                                                                          \
  }
INT_OP(IntMove, a);
INT_OP(IntAdd, U(a) + U(b));
INT_OP(IntSub, U(a) - U(b));
INT_OP(IntMul, U(a) * U(b));
INT_OP(IntAnd, a &b);
INT_OP(IntOr, a | b);
INT_OP(IntXor, a ^ b);
INT_OP(IntAbs, a < 0 ? 0 - U(a) : U(a));
INT_OP(IntDivS, b == 0 ? 0 : b == -1 ? 0 - U(a) : U(a / b));
INT_OP(IntDivU, b == 0 ? 0 : U(a) / U(b));
INT_OP(IntRemS, b == 0 || b == -1 ? 0 : a % b);
INT_OP(IntRemU, b == 0 ? 0 : U(a) % U(b));
INT_OP(IntFloorDiv, IntDivS::apply(a, b) - (b != 0 && b != -1 && a % b != 0 &&
                                            (a % b < 0) != (b < 0)));
INT_OP(IntCeilDivS, IntDivS::apply(a, b) + (b != 0 && b != -1 && a % b != 0 &&
                                            (a % b < 0) == (b < 0)));
INT_OP(IntCeilDivU, b == 0 ? 0 : U(a) / U(b) + (U(a) % U(b) != 0));
INT_OP(IntShl, U(b) > 63 ? 0 : U(a) << b);
INT_OP(IntShrS, a >> (U(b) > 63 ? 63 : b));
INT_OP(IntShrU, U(b) > 63 ? 0 : U(a) >> b);
INT_OP(IntMin, a < b ? a : b);
INT_OP(IntMax, a < b ? b : a);
INT_OP(IntMinU, U(a) < U(b) ? a : b);
INT_OP(IntMaxU, U(a) < U(b) ? b : a);
INT_OP(IntEq, a == b);
INT_OP(IntNe, a != b);
INT_OP(IntLt, a < b);
INT_OP(IntLe, a <= b);
INT_OP(IntLtU, U(a) < U(b));
INT_OP(IntLeU, U(a) <= U(b));
INT_OP(IntGt, a > b);
INT_OP(IntGe, a >= b);
INT_OP(IntGtU, U(a) > U(b));
INT_OP(IntGeU, U(a) >= U(b));
#undef INT_OP

static LaneFunction selectCompare(arith::CmpIPredicate predicate) {
  using P = arith::CmpIPredicate;
  switch (predicate) {
  case P::eq:
    return runInt<IntEq, true>;
  case P::ne:
    return runInt<IntNe, true>;
  case P::slt:
    return runInt<IntLt, true>;
  case P::sle:
    return runInt<IntLe, true>;
  case P::sgt:
    return runInt<IntGt, true>;
  case P::sge:
    return runInt<IntGe, true>;
  case P::ult:
    return runInt<IntLtU, false>;
  case P::ule:
    return runInt<IntLeU, false>;
  case P::ugt:
    return runInt<IntGtU, false>;
  case P::uge:
    return runInt<IntGeU, false>;
  }
  return nullptr;
}

LaneFunction selectIntFunction(Operation *op) {
#define SELECT(Op, name, isSigned)                                             \
  if (isa<Op>(op))                                                             \
    return runInt<name, isSigned>;
  SELECT(arith::AddIOp, IntAdd, true)
  SELECT(arith::SubIOp, IntSub, true)
  SELECT(arith::MulIOp, IntMul, true)
  SELECT(arith::AndIOp, IntAnd, true)
  SELECT(arith::OrIOp, IntOr, true)
  SELECT(arith::XOrIOp, IntXor, true)
  SELECT(arith::DivSIOp, IntDivS, true)
  SELECT(arith::DivUIOp, IntDivU, false)
  SELECT(arith::RemSIOp, IntRemS, true)
  SELECT(arith::RemUIOp, IntRemU, false)
  SELECT(arith::FloorDivSIOp, IntFloorDiv, true)
  SELECT(arith::CeilDivSIOp, IntCeilDivS, true)
  SELECT(arith::CeilDivUIOp, IntCeilDivU, false)
  SELECT(arith::ShLIOp, IntShl, false)
  SELECT(arith::ShRSIOp, IntShrS, true)
  SELECT(arith::ShRUIOp, IntShrU, false)
  SELECT(arith::MinSIOp, IntMin, true)
  SELECT(arith::MaxSIOp, IntMax, true)
  SELECT(arith::MinUIOp, IntMinU, false)
  SELECT(arith::MaxUIOp, IntMaxU, false)
  SELECT(arith::ExtSIOp, IntMove, true)
  SELECT(arith::ExtUIOp, IntMove, false)
  SELECT(arith::TruncIOp, IntMove, true)
  SELECT(arith::IndexCastOp, IntMove, true)
  SELECT(arith::IndexCastUIOp, IntMove, false)
  SELECT(UnrealizedConversionCastOp, IntMove, true)
  SELECT(math::AbsIOp, IntAbs, true)
#undef SELECT
  if (auto compare = dyn_cast<arith::CmpIOp>(op))
    return selectCompare(compare.getPredicate());
  return nullptr;
}

} // namespace atrous
