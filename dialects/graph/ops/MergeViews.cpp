//===- MergeViews.cpp - reshape, flatten, squeeze, unsqueeze in a row -----===//

#include "dialects/graph/Constants.h"
#include "dialects/graph/Dims.h"

#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace atrous::graph;

namespace {
/// flatten(unsqueeze(x)) => reshape(x), and so on for all four ops.
template <typename ViewOp> struct MergeViews : OpRewritePattern<ViewOp> {
  using OpRewritePattern<ViewOp>::OpRewritePattern;

  LogicalResult matchAndRewrite(ViewOp op,
                                PatternRewriter &rewriter) const override {
    Operation *producer = op.getInput().getDefiningOp();
    if (!isa_and_nonnull<ReshapeOp, FlattenOp, SqueezeOp, UnsqueezeOp>(
            producer))
      return rewriter.notifyMatchFailure(op, "input is no reshape");
    RankedTensorType type = getRanked(op.getType());
    if (!type || !type.hasStaticShape())
      return rewriter.notifyMatchFailure(op, "result is not static");
    Value input = producer->getOperand(0);
    if (input.getType() == type) {
      rewriter.replaceOp(op, input);
      return success();
    }
    Value shape = createI64Vector(rewriter, op.getLoc(), type.getShape());
    bool allowZero = type.getNumElements() == 0;
    rewriter.replaceOpWithNewOp<ReshapeOp>(op, type, input, shape, allowZero);
    return success();
  }
};
} // namespace

void ReshapeOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                            MLIRContext *context) {
  patterns.add<MergeViews<ReshapeOp>>(context);
}
void FlattenOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                            MLIRContext *context) {
  patterns.add<MergeViews<FlattenOp>>(context);
}
void SqueezeOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                            MLIRContext *context) {
  patterns.add<MergeViews<SqueezeOp>>(context);
}
void UnsqueezeOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                              MLIRContext *context) {
  patterns.add<MergeViews<UnsqueezeOp>>(context);
}
