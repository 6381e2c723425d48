//===- MathApproximation.cpp - No calls of libm ---------------------------===//

#include "passes/cpu/Approximations.h"
#include "passes/cpu/Passes.h"

#include "mlir/Dialect/Arith/Transforms/Passes.h"
#include "mlir/Dialect/Math/Transforms/Passes.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Transforms/DialectConversion.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace atrous {
#define GEN_PASS_DEF_APPROXIMATEMATH
#include "passes/cpu/Passes.h.inc"
} // namespace atrous

using namespace mlir;
using namespace atrous::cpu;

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

/// 1 / (1 + exp(x)), which needs neither infinities nor denormal numbers.
struct ApproximateLogistic : OpRewritePattern<math::ExpOp> {
  explicit ApproximateLogistic(MLIRContext *context)
      : OpRewritePattern(context, /*benefit=*/2) {}

  LogicalResult matchAndRewrite(math::ExpOp op,
                                PatternRewriter &rewriter) const override {
    arith::DivFOp quotient;
    if (!getElementTypeOrSelf(op.getType()).isF32() || !op->hasOneUse())
      return rewriter.notifyMatchFailure(op, "is not the power of a logistic");
    auto sum = dyn_cast<arith::AddFOp>(*op->user_begin());
    if (sum && sum->hasOneUse())
      quotient = dyn_cast<arith::DivFOp>(*sum->user_begin());
    if (!quotient || quotient.getRhs() != sum.getResult() ||
        !isOne(quotient.getLhs()) ||
        !(isOne(sum.getLhs()) || isOne(sum.getRhs())))
      return rewriter.notifyMatchFailure(op, "is not the power of a logistic");
    rewriter.setInsertionPoint(quotient);
    F32Builder builder(rewriter, quotient.getLoc(), op.getType());
    rewriter.replaceOp(quotient, approximateLogistic(builder, op.getOperand()));
    rewriter.eraseOp(sum);
    rewriter.eraseOp(op);
    return success();
  }

private:
  static bool isOne(Value value) { return matchPattern(value, m_OneFloat()); }
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
/// not at hand: by way of f32, where what is not exact gets an odd last bit.
/// That is never half way between two narrow numbers, so it is as if rounded
/// once.
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
    Value isLarger = b.create<arith::CmpFOp>(arith::CmpFPredicate::OGT,
                                             b.create<math::AbsFOp>(back),
                                             b.create<math::AbsFOp>(value));
    Value isInexact =
        b.create<arith::CmpFOp>(arith::CmpFPredicate::ONE, back, value);
    // One less towards zero, whatever the sign.
    Value bits =
        b.create<arith::SubIOp>(b.create<arith::BitcastOp>(i32, nearest),
                                b.create<arith::ExtUIOp>(i32, isLarger));
    Value odd =
        b.create<arith::OrIOp>(bits, b.create<arith::ExtUIOp>(i32, isInexact));
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
                 ApproximateOp<math::ErfOp, approximateErf>,
                 ApproximateLogistic, WidenOp,
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
