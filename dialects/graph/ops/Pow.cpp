//===- Pow.cpp - graph.pow ------------------------------------------------===//

#include "dialects/graph/Broadcast.h"
#include "dialects/graph/Constants.h"
#include "dialects/graph/Scalar.h"

#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace atrous::graph;

/// The exponent may have another type than the base.
LogicalResult atrous::graph::inferPow(OptLocation location, ValueRange operands,
                                      SmallVectorImpl<Type> &results) {
  for (Value operand : operands)
    if (failed(
            checkElementKind(location, ElementKind::number, operand.getType())))
      return failure();
  return inferElementwise(location, operands,
                          getElementTypeOrSelf(operands[0].getType()), results);
}

/// x to the y for integers, by squaring: one step per bit of the exponent.
static Value emitIntPow(ImplicitLocOpBuilder &b, Value x, Value y,
                        bool yIsUnsigned) {
  Value zero = numberLike(b, x, 0), one = numberLike(b, x, 1);
  Value yZero = numberLike(b, y, 0), yOne = numberLike(b, y, 1);
  auto isTrue = [&](Value lhs, Value rhs) -> Value {
    return b.create<arith::CmpIOp>(arith::CmpIPredicate::eq, lhs, rhs);
  };
  Value first = createIndex(b, b.getLoc(), 0);
  Value last = createIndex(b, b.getLoc(), y.getType().getIntOrFloatBitWidth());
  Value step = createIndex(b, b.getLoc(), 1);
  auto loop = b.create<scf::ForOp>(
      first, last, step, ValueRange{one, x, y},
      [&](OpBuilder &builder, Location loc, Value, ValueRange state) {
        ImplicitLocOpBuilder body(loc, builder);
        Value bit = body.create<arith::AndIOp>(state[2], yOne);
        Value isSet =
            body.create<arith::CmpIOp>(arith::CmpIPredicate::ne, bit, yZero);
        Value product = body.create<arith::MulIOp>(state[0], state[1]);
        Value result = selectValue(body, isSet, product, state[0]);
        Value square = body.create<arith::MulIOp>(state[1], state[1]);
        Value rest = body.create<arith::ShRUIOp>(state[2], yOne);
        body.create<scf::YieldOp>(ValueRange{result, square, rest});
      });
  Value power = loop.getResult(0);
  if (yIsUnsigned)
    return power;
  // 1 / x^n is 0, but for bases 1 and -1, whose power is its own reciprocal.
  Value minusOne = numberLike(b, x, -1);
  Value isUnit = b.create<arith::OrIOp>(isTrue(x, one), isTrue(x, minusOne));
  Value reciprocal = selectValue(b, isUnit, power, zero);
  return selectValue(b, lessThan(b, y, yZero), reciprocal, power);
}

Value PowOp::emitScalar(OpBuilder &builder, Location loc, ValueRange scalars) {
  Type lhs = getElementTypeOrSelf(getLhs().getType());
  Type rhs = getElementTypeOrSelf(getRhs().getType());
  ImplicitLocOpBuilder b(loc, builder);
  if (isa<IntegerType>(lhs) && isa<IntegerType>(rhs))
    return emitIntPow(b, scalars[0], scalars[1], rhs.isUnsignedInteger());
  // Integers to a fractional power are done in double precision.
  bool isWide = isa<IntegerType>(lhs) || lhs.isF64();
  Type type = isWide ? b.getF64Type() : b.getF32Type();
  Value x = castScalar(b, loc, scalars[0], lhs, type);
  Value y = castScalar(b, loc, scalars[1], rhs, type);
  Value power = b.create<math::PowFOp>(x, y);
  return castScalar(b, loc, power, type, lhs);
}

namespace {
/// pow(x, 2) => mul(x, x), and the like for other exponents that are cheap.
struct ReduceConstantPower : OpRewritePattern<PowOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(PowOp op,
                                PatternRewriter &rewriter) const override {
    std::optional<double> exponent = getSplatValue(op.getRhs());
    if (!exponent)
      return rewriter.notifyMatchFailure(op, "exponent is not a splat");
    if (op.getLhs().getType() != op.getType() || !getRanked(op.getType()))
      return rewriter.notifyMatchFailure(op, "exponent changes the shape");
    Value power = emitPower(op, *exponent, rewriter);
    if (!power)
      return rewriter.notifyMatchFailure(op, "no shorter form");
    rewriter.replaceOp(op, power);
    return success();
  }

private:
  static Value emitPower(PowOp op, double exponent, OpBuilder &builder) {
    Value x = op.getLhs();
    auto type = cast<RankedTensorType>(op.getType());
    auto multiply = [&](Value lhs, Value rhs) -> Value {
      return builder.create<MulOp>(op.getLoc(), type, lhs, rhs);
    };
    if (exponent == 1)
      return x;
    if (exponent == 2)
      return multiply(x, x);
    if (exponent == 3)
      return multiply(multiply(x, x), x);
    if (!isa<FloatType>(type.getElementType()))
      return {};
    if (exponent == 0.5)
      return builder.create<SqrtOp>(op.getLoc(), type, x);
    if (exponent == -1) {
      Value one = createScalar(builder, op.getLoc(), type.getElementType(), 1);
      return builder.create<DivOp>(op.getLoc(), type, one, x);
    }
    return {};
  }
};
} // namespace

void PowOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                        MLIRContext *context) {
  patterns.add<ReduceConstantPower>(context);
}
