//===- MathApproximation.cpp - exp, log, tanh, erf by arithmetic ----------===//
//
// Approximations of f32 functions, on scalars and vectors. Each evaluates a
// minimax polynomial after a reduction of its argument (for the method see
// Muller, Elementary Functions, and the Cephes library). All selects are
// written so that a NaN argument falls through to a NaN result.
//
//===----------------------------------------------------------------------===//

#include "passes/cpu/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Transforms/Passes.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Math/Transforms/Passes.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Transforms/DialectConversion.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include <cmath>

namespace atrous {
#define GEN_PASS_DEF_APPROXIMATEMATH
#include "passes/cpu/Passes.h.inc"
} // namespace atrous

using namespace mlir;

namespace {

/// Arithmetic on f32 and i32 values of one shape: scalars or vectors.
class F32Builder {
public:
  F32Builder(OpBuilder &builder, Location loc, Type type)
      : b(loc, builder), type(type) {}

  Value constant(float value) { return splat(type, b.getF32FloatAttr(value)); }
  Value integer(int32_t value) {
    return splat(intType(), b.getI32IntegerAttr(value));
  }
  Value add(Value x, Value y) { return b.create<arith::AddFOp>(x, y); }
  Value sub(Value x, Value y) { return b.create<arith::SubFOp>(x, y); }
  Value mul(Value x, Value y) { return b.create<arith::MulFOp>(x, y); }
  Value div(Value x, Value y) { return b.create<arith::DivFOp>(x, y); }
  Value fma(Value x, Value y, Value z) {
    return b.create<math::FmaOp>(x, y, z);
  }
  Value fma(Value x, Value y, float z) { return fma(x, y, constant(z)); }
  Value abs(Value x) { return b.create<math::AbsFOp>(x); }
  Value copySign(Value x, Value sign) {
    return b.create<math::CopySignOp>(x, sign);
  }
  Value select(Value condition, Value x, Value y) {
    return b.create<arith::SelectOp>(condition, x, y);
  }
  Value compare(arith::CmpFPredicate predicate, Value x, float y) {
    return b.create<arith::CmpFOp>(predicate, x, constant(y));
  }
  Value asInteger(Value x) { return b.create<arith::BitcastOp>(intType(), x); }
  Value asFloat(Value x) { return b.create<arith::BitcastOp>(type, x); }
  Value addInt(Value x, Value y) { return b.create<arith::AddIOp>(x, y); }
  Value subInt(Value x, Value y) { return b.create<arith::SubIOp>(x, y); }
  Value andInt(Value x, int32_t y) {
    return b.create<arith::AndIOp>(x, integer(y));
  }
  Value shiftRight(Value x, int32_t bits) {
    return b.create<arith::ShRSIOp>(x, integer(bits));
  }
  Value shiftLeft(Value x, int32_t bits) {
    return b.create<arith::ShLIOp>(x, integer(bits));
  }
  Value toFloat(Value x) { return b.create<arith::SIToFPOp>(type, x); }
  /// The polynomial in x whose coefficients are given, highest first.
  Value horner(Value x, ArrayRef<float> coefficients) {
    Value sum = constant(coefficients[0]);
    for (float coefficient : coefficients.drop_front())
      sum = fma(sum, x, coefficient);
    return sum;
  }

private:
  Type intType() {
    Type i32 = b.getI32Type();
    if (auto vector = dyn_cast<VectorType>(type))
      return vector.clone(i32);
    return i32;
  }
  Value splat(Type valueType, TypedAttr value) {
    if (auto vector = dyn_cast<VectorType>(valueType))
      return b.create<arith::ConstantOp>(
          DenseElementsAttr::get(vector, Attribute(value)));
    return b.create<arith::ConstantOp>(value);
  }

  ImplicitLocOpBuilder b;
  Type type;
};

using Predicate = arith::CmpFPredicate;

} // namespace

/// x + 1.5 * 2^23 has the nearest integer to x in its low bits.
constexpr float kRound = 12582912.0f;
constexpr float kInfinity = INFINITY;

/// exp(r) * 2^n for |r| <= ln(2) / 2. `rounded` is n + kRound. 2^n is
/// multiplied in two steps, since n may be beyond the exponents of f32.
static Value scaledExp(F32Builder &b, Value r, Value rounded) {
  Value power = b.horner(r, {1.37805939e-3f, 8.37312452e-3f, 4.16695364e-2f,
                             1.66664720e-1f, 4.99999851e-1f, 1.0f, 1.0f});
  Value n = b.subInt(b.asInteger(rounded), b.asInteger(b.constant(kRound)));
  Value half = b.shiftRight(n, 1);
  auto powerOfTwo = [&](Value exponent) {
    return b.asFloat(b.shiftLeft(b.addInt(exponent, b.integer(127)), 23));
  };
  return b.mul(b.mul(power, powerOfTwo(half)), powerOfTwo(b.subInt(n, half)));
}

static Value clamp(F32Builder &b, Value x, float low, float high) {
  x = b.select(b.compare(Predicate::OGT, x, high), b.constant(high), x);
  return b.select(b.compare(Predicate::OLT, x, low), b.constant(low), x);
}

static Value approximateExp(F32Builder &b, Value x) {
  // Below the lower bound exp is 0 in f32, above the upper one infinite.
  x = clamp(b, x, -104.0f, 89.0f);
  Value rounded = b.fma(x, b.constant(1.442695041f), kRound);
  Value n = b.sub(rounded, b.constant(kRound));
  // ln(2) in two parts, the first with zeros at its end.
  Value r = b.fma(n, b.constant(-6.93145752e-1f), x);
  r = b.fma(n, b.constant(-1.42860677e-6f), r);
  return scaledExp(b, r, rounded);
}

static Value approximateExp2(F32Builder &b, Value x) {
  x = clamp(b, x, -151.0f, 129.0f);
  Value rounded = b.add(x, b.constant(kRound));
  Value r = b.sub(x, b.sub(rounded, b.constant(kRound)));
  return scaledExp(b, b.mul(r, b.constant(0.693147181f)), rounded);
}

static Value approximateLog(F32Builder &b, Value x) {
  // Denormals are scaled to normal numbers.
  Value isTiny = b.compare(Predicate::OLT, x, 1.17549435e-38f);
  Value scaled = b.select(isTiny, b.mul(x, b.constant(8388608.0f)), x);
  Value bias = b.select(isTiny, b.constant(-23.0f), b.constant(0.0f));
  // x = 2^n * m, m in [2/3, 4/3).
  Value bits = b.asInteger(scaled);
  Value exponent = b.andInt(b.subInt(bits, b.integer(0x3f2aaaab)), 0xff800000);
  Value m = b.sub(b.asFloat(b.subInt(bits, exponent)), b.constant(1.0f));
  Value n = b.fma(b.toFloat(exponent), b.constant(1.19209290e-7f), bias);
  Value s = b.mul(m, m);
  Value even =
      b.horner(s, {-0.130310059f, -0.121483721f, -0.166846126f, -0.249996200f});
  Value odd = b.horner(s, {0.140869141f, 0.139814854f, 0.200120345f});
  Value p = b.fma(odd, m, even);
  p = b.fma(p, m, 0.333331972f);
  p = b.fma(p, m, -0.5f);
  p = b.fma(p, s, m);
  Value result = b.fma(n, b.constant(0.693147182f), p);
  // Infinity and NaN stay, zero gives -infinity, negative numbers NaN.
  Value isFinite = b.compare(Predicate::OLT, x, kInfinity);
  result = b.select(isFinite, result, x);
  Value isPositive = b.compare(Predicate::UGT, x, 0.0f);
  Value isZero = b.compare(Predicate::OEQ, x, 0.0f);
  Value ofOthers = b.select(isZero, b.constant(-kInfinity), b.constant(NAN));
  return b.select(isPositive, result, ofOthers);
}

static Value approximateLog2(F32Builder &b, Value x) {
  return b.mul(approximateLog(b, x), b.constant(1.44269504f));
}

static Value approximateLog10(F32Builder &b, Value x) {
  return b.mul(approximateLog(b, x), b.constant(0.434294482f));
}

/// log(u) * x / (u - 1) with u = fl(1 + x): the rounding errors of u cancel
/// (Goldberg, What every computer scientist should know, theorem 4).
static Value approximateLog1p(F32Builder &b, Value x) {
  Value u = b.add(x, b.constant(1.0f));
  Value log = approximateLog(b, u);
  Value result = b.mul(log, b.div(x, b.sub(u, b.constant(1.0f))));
  result = b.select(b.compare(Predicate::OEQ, u, 1.0f), x, result);
  return b.select(b.compare(Predicate::OEQ, u, kInfinity), log, result);
}

/// (u - 1) * x / log(u) with u = exp(x), as above (Kahan).
static Value approximateExpM1(F32Builder &b, Value x) {
  Value u = approximateExp(b, x);
  Value less = b.sub(u, b.constant(1.0f));
  Value result = b.mul(less, b.div(x, approximateLog(b, u)));
  result = b.select(b.compare(Predicate::OEQ, u, 1.0f), x, result);
  // Away from zero the difference is exact enough.
  Value isLarge = b.compare(Predicate::OGT, b.abs(x), 1.0f);
  return b.select(isLarge, less, result);
}

static Value approximateTanh(F32Builder &b, Value x) {
  Value t = b.abs(x);
  Value e = approximateExp(b, b.add(t, t));
  Value far = b.sub(b.constant(1.0f),
                    b.div(b.constant(2.0f), b.add(e, b.constant(1.0f))));
  Value s = b.mul(x, x);
  Value p = b.horner(
      s, {1.57394409e-2f, -5.23025580e-2f, 1.33152977e-1f, -3.33327681e-1f});
  Value near = b.fma(b.mul(p, s), x, x);
  Value isFar = b.compare(Predicate::OGT, t, 0.599609375f);
  return b.select(isFar, b.copySign(far, x), near);
}

static Value approximateErf(F32Builder &b, Value x) {
  Value t = b.abs(x), s = b.mul(x, x);
  // 1 - exp(-t - t * p(t)) away from zero; at 4 it is 1 already.
  Value near4 = clamp(b, t, 0.0f, 4.0f);
  Value p = b.horner(near4, {-1.72853470e-5f, 3.83197126e-4f, -3.88396438e-3f,
                             2.42546219e-2f, -1.06777877e-1f, -6.34846687e-1f,
                             -1.28717512e-1f});
  Value power = b.fma(p, near4, b.mul(near4, b.constant(-1.0f)));
  Value far = b.sub(b.constant(1.0f), approximateExp(b, power));
  Value q = b.horner(s, {-5.96761703e-4f, 4.99119423e-3f, -2.67681349e-2f,
                         1.12819925e-1f, -3.76125336e-1f, 1.28379166e-1f});
  Value near = b.fma(q, x, x);
  Value isFar = b.compare(Predicate::OGT, t, 0.927734375f);
  return b.select(isFar, b.copySign(far, x), near);
}

namespace {

template <typename Op, Value (*approximate)(F32Builder &, Value)>
struct ApproximateOp : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;

  LogicalResult matchAndRewrite(Op op,
                                PatternRewriter &rewriter) const override {
    if (!getElementTypeOrSelf(op.getType()).isF32())
      return rewriter.notifyMatchFailure(op, "is not f32");
    F32Builder builder(rewriter, op.getLoc(), op.getType());
    rewriter.replaceOp(op, approximate(builder, op.getOperand()));
    return success();
  }
};

/// f16 and bf16 functions, by way of f32.
struct WidenOp : RewritePattern {
  explicit WidenOp(MLIRContext *context)
      : RewritePattern(MatchAnyOpTypeTag(), /*benefit=*/1, context) {}

  LogicalResult matchAndRewrite(Operation *op,
                                PatternRewriter &rewriter) const override {
    if (!isa_and_nonnull<math::MathDialect>(op->getDialect()) ||
        op->getNumResults() != 1)
      return rewriter.notifyMatchFailure(op, "is not a math op");
    Type type = op->getResult(0).getType();
    Type element = getElementTypeOrSelf(type);
    if (!element.isF16() && !element.isBF16())
      return rewriter.notifyMatchFailure(op, "is not f16 or bf16");
    auto widen = [&](Type narrow) -> Type {
      if (auto vector = dyn_cast<VectorType>(narrow))
        return vector.clone(rewriter.getF32Type());
      return rewriter.getF32Type();
    };
    OperationState state(op->getLoc(), op->getName());
    for (Value operand : op->getOperands()) {
      Type operandType = operand.getType();
      if (getElementTypeOrSelf(operandType) == element)
        operand = rewriter.create<arith::ExtFOp>(op->getLoc(),
                                                 widen(operandType), operand);
      state.operands.push_back(operand);
    }
    state.types.push_back(widen(type));
    state.attributes.append(op->getAttrs().begin(), op->getAttrs().end());
    Value wide = rewriter.create(state)->getResult(0);
    rewriter.replaceOpWithNewOp<arith::TruncFOp>(op, type, wide);
    return success();
  }
};

/// Maximum and minimum with x86's instructions, which give their second operand
/// where one is NaN. The signs of zeros do not count: max(-0, 0) may be -0.
template <typename Op, arith::CmpFPredicate better>
struct ExpandExtremum : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;

  LogicalResult matchAndRewrite(Op op,
                                PatternRewriter &rewriter) const override {
    Location loc = op.getLoc();
    Value lhs = op.getLhs(), rhs = op.getRhs();
    if (isNumber(lhs))
      std::swap(lhs, rhs);
    Value isBetter = rewriter.create<arith::CmpFOp>(loc, better, rhs, lhs);
    Value best = rewriter.create<arith::SelectOp>(loc, isBetter, rhs, lhs);
    // A NaN on the left is kept by now.
    if (!isNumber(rhs)) {
      Value isNaN = rewriter.create<arith::CmpFOp>(
          loc, arith::CmpFPredicate::UNO, rhs, rhs);
      best = rewriter.create<arith::SelectOp>(loc, isNaN, rhs, best);
    }
    rewriter.replaceOp(op, best);
    return success();
  }

  /// Whether `value` is a constant other than NaN.
  static bool isNumber(Value value) {
    llvm::APFloat number(0.0f);
    return matchPattern(value, m_ConstantFloat(&number)) && !number.isNaN();
  }
};

/// f64 to f16 or bf16 is no instruction, and LLVM's library function for it is
/// not at hand: by way of f32, where what is not exact gets an odd last bit. That
/// is never half way between two narrow numbers, so it is as if rounded once.
struct TruncateInSteps : OpRewritePattern<arith::TruncFOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(arith::TruncFOp op,
                                PatternRewriter &rewriter) const override {
    Value value = op.getIn();
    Type type = value.getType();
    if (!getElementTypeOrSelf(type).isF64() ||
        getElementTypeOrSelf(op.getType()).getIntOrFloatBitWidth() != 16)
      return rewriter.notifyMatchFailure(op, "is not from f64 to 16 bits");
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    auto like = [&](Type element) -> Type {
      auto vector = dyn_cast<VectorType>(type);
      return vector ? vector.clone(element) : element;
    };
    Type f32 = like(b.getF32Type()), i32 = like(b.getI32Type());
    Value nearest = b.create<arith::TruncFOp>(f32, value);
    Value back = b.create<arith::ExtFOp>(type, nearest);
    Value isLarger = b.create<arith::CmpFOp>(
        arith::CmpFPredicate::OGT, b.create<math::AbsFOp>(back),
        b.create<math::AbsFOp>(value));
    Value isInexact =
        b.create<arith::CmpFOp>(arith::CmpFPredicate::ONE, back, value);
    // One less towards zero, whatever the sign.
    Value bits = b.create<arith::SubIOp>(
        b.create<arith::BitcastOp>(i32, nearest),
        b.create<arith::ExtUIOp>(i32, isLarger));
    Value odd = b.create<arith::OrIOp>(
        bits, b.create<arith::ExtUIOp>(i32, isInexact));
    rewriter.replaceOpWithNewOp<arith::TruncFOp>(
        op, op.getType(), b.create<arith::BitcastOp>(f32, odd));
    return success();
  }
};

struct ApproximateMath
    : public atrous::impl::ApproximateMathBase<ApproximateMath> {
  /// Arithmetic on bf16 would become calls of LLVM's library.
  LogicalResult emulateBF16() {
    MLIRContext *context = &getContext();
    auto isBF16 = [](Type type) { return getElementTypeOrSelf(type).isBF16(); };
    bool hasBF16 =
        getOperation()
            ->walk([&](Operation *op) {
              return llvm::any_of(op->getResultTypes(), isBF16) ||
                             llvm::any_of(op->getOperandTypes(), isBF16)
                         ? WalkResult::interrupt()
                         : WalkResult::advance();
            })
            .wasInterrupted();
    if (!hasBF16)
      return success();
    TypeConverter types;
    arith::populateEmulateUnsupportedFloatsConversions(
        types, {BFloat16Type::get(context)}, Float32Type::get(context));
    RewritePatternSet patterns(context);
    arith::populateEmulateUnsupportedFloatsPatterns(patterns, types);
    ConversionTarget target(*context);
    arith::populateEmulateUnsupportedFloatsLegality(target, types);
    return applyPartialConversion(getOperation(), target, std::move(patterns));
  }

  LogicalResult initialize(MLIRContext *context) override {
    RewritePatternSet patterns(context);
    patterns.add<ApproximateOp<math::ExpOp, approximateExp>,
                 ApproximateOp<math::Exp2Op, approximateExp2>,
                 ApproximateOp<math::ExpM1Op, approximateExpM1>,
                 ApproximateOp<math::LogOp, approximateLog>,
                 ApproximateOp<math::Log2Op, approximateLog2>,
                 ApproximateOp<math::Log10Op, approximateLog10>,
                 ApproximateOp<math::Log1pOp, approximateLog1p>,
                 ApproximateOp<math::TanhOp, approximateTanh>,
                 ApproximateOp<math::ErfOp, approximateErf>, WidenOp,
                 ExpandExtremum<arith::MaximumFOp, arith::CmpFPredicate::OGT>,
                 ExpandExtremum<arith::MinimumFOp, arith::CmpFPredicate::OLT>,
                 TruncateInSteps>(context);
    // Powers with small constant exponents become products and roots.
    populateMathAlgebraicSimplificationPatterns(patterns);
    approximations = std::move(patterns);
    return success();
  }

  void runOnOperation() override {
    if (failed(applyPatternsAndFoldGreedily(getOperation(), approximations)) ||
        failed(emulateBF16()))
      signalPassFailure();
  }

private:
  FrozenRewritePatternSet approximations;
};

} // namespace
