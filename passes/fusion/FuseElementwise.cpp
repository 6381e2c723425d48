//===- FuseElementwise.cpp - Merging elementwise ops ----------------------===//

#include "passes/fusion/Passes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include "passes/support/KernelBody.h"

namespace atrous {
#define GEN_PASS_DEF_FUSEELEMENTWISE
#include "passes/fusion/Passes.h.inc"
} // namespace atrous

using namespace mlir;
using namespace atrous;

/// Parts of a kernel's name that a merged op keeps.
constexpr unsigned kMaxParts = 4;

/// Merged bodies stay small: an op that reads its producer twice doubles it,
/// and so may each op after it.
constexpr size_t kMaxBodyOps = 64;

static size_t countBodyOps(linalg::GenericOp op) {
  return op.getBody()->getOperations().size();
}

/// Whether elements may be computed again for each use: moves and casts are,
/// and so is a little arithmetic on them.
static bool isCheap(linalg::GenericOp op) {
  constexpr unsigned kFewOps = 2;
  unsigned count = 0;
  for (Operation &inner : op.getBody()->without_terminator()) {
    if (isa<math::MathDialect>(inner.getDialect()) ||
        inner.getNumRegions() > 0 ||
        isa<arith::DivFOp, arith::RemFOp, tensor::ExtractOp>(inner))
      return false;
    count += !isa<arith::ConstantOp, linalg::IndexOp>(inner);
  }
  return count <= kFewOps;
}

/// Whether `op` could be the epilogue of an op that makes one of its inputs and
/// that is no elementwise op itself, or that must stay on its own.
static bool couldBeEpilogue(linalg::GenericOp op) {
  return llvm::any_of(op.getDpsInputOperands(), [&](OpOperand *operand) {
    auto root = operand->get().getDefiningOp<linalg::GenericOp>();
    return root && !isElementwise(root) && hasOneUser(operand->get()) &&
           isEpilogueOf(op, operand->get());
  });
}

/// Whether the consumer reads each element of `operand` once.
static bool readsOnce(linalg::GenericOp consumer, OpOperand *operand) {
  return consumer.getMatchingIndexingMap(operand).isPermutation() &&
         llvm::count(consumer->getOperands(), operand->get()) == 1;
}

/// Whether what the merged op reads at a loop's index alone is as long as the
/// loop. A tensor with padding, blocked and then put back, would be longer; and
/// the loop would be taken to be as long as it.
static bool keepsLoopSizes(linalg::GenericOp producer,
                           linalg::GenericOp consumer, OpOperand *operand) {
  AffineMap result = producer.getMatchingIndexingMap(producer.getDpsInitOperand(
      cast<OpResult>(operand->get()).getResultNumber()));
  AffineMap toLoops = inversePermutation(result).compose(
      consumer.getMatchingIndexingMap(operand));
  SmallVector<int64_t> sizes = consumer.getStaticLoopRanges();
  return llvm::all_of(producer.getDpsInputOperands(), [&](OpOperand *input) {
    AffineMap map = producer.getMatchingIndexingMap(input);
    AffineMap read = simplifyAffineMap(map.compose(toLoops));
    for (auto [own, expr, size] : llvm::zip_equal(
             map.getResults(), read.getResults(), producer.getShape(input)))
      if (auto dim = dyn_cast<AffineDimExpr>(expr);
          dim && !isa<AffineDimExpr>(own) &&
          (ShapedType::isDynamic(size) || size != sizes[dim.getPosition()]))
        return false;
    return true;
  });
}

static bool shouldFuse(OpOperand *operand) {
  auto producer = operand->get().getDefiningOp<linalg::GenericOp>();
  auto consumer = dyn_cast<linalg::GenericOp>(operand->getOwner());
  if (!producer || !consumer || !isElementwise(producer))
    return false;
  if (!keepsLoopSizes(producer, consumer, operand))
    return false;
  if (!hasOneUser(operand->get()))
    return false;
  if (countBodyOps(producer) + countBodyOps(consumer) > kMaxBodyOps)
    return false;
  // What a contraction reads it reads many times, and from packed memory.
  bool reduces = consumer.getNumReductionLoops() > 0;
  if (reduces && !readsOnce(consumer, operand))
    return false;
  if (!readsOnce(consumer, operand) && !isCheap(producer) &&
      !consumer.getMatchingIndexingMap(operand).isIdentity())
    return false;
  bool staysEpilogue = !reduces && isElementwise(consumer) &&
                       consumer.getMatchingIndexingMap(operand).isIdentity();
  return staysEpilogue || !couldBeEpilogue(producer);
}

/// "mul" and "add_relu" give "mul_add_relu"; long names keep their first parts.
static Attribute joinNames(linalg::GenericOp producer,
                           linalg::GenericOp consumer) {
  auto first = producer->getAttrOfType<StringAttr>(kPartNameAttr);
  auto second = consumer->getAttrOfType<StringAttr>(kPartNameAttr);
  if (!first || !second)
    return second ? second : first;
  // A producer that is read twice is merged twice, and its body once (CSE).
  if (second.getValue().starts_with(first.getValue()))
    return second;
  std::string name = (first.getValue() + "_" + second.getValue()).str();
  SmallVector<StringRef> parts;
  StringRef(name).split(parts, '_');
  if (parts.size() > kMaxParts)
    return first;
  return StringAttr::get(producer.getContext(), name);
}

namespace {
struct FuseProducer : public OpRewritePattern<linalg::GenericOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(linalg::GenericOp consumer,
                                PatternRewriter &rewriter) const override {
    for (OpOperand &operand : consumer->getOpOperands()) {
      if (!linalg::areElementwiseOpsFusable(&operand) || !shouldFuse(&operand))
        continue;
      auto producer = operand.get().getDefiningOp<linalg::GenericOp>();
      Attribute name = joinNames(producer, consumer);
      Location loc =
          rewriter.getFusedLoc({producer.getLoc(), consumer.getLoc()});
      FailureOr<linalg::ElementwiseOpFusionResult> fusion =
          linalg::fuseElementwiseOps(rewriter, &operand);
      if (failed(fusion))
        return rewriter.notifyMatchFailure(consumer, "fusion failed");
      for (auto [from, to] : fusion->replacements)
        rewriter.replaceUsesWithIf(from, to, [&](OpOperand &use) {
          return use.get().getDefiningOp() != producer;
        });
      fusion->fusedOp->setLoc(loc);
      if (name)
        fusion->fusedOp->setAttr(kPartNameAttr, name);
      rewriter.eraseOp(consumer);
      return success();
    }
    return rewriter.notifyMatchFailure(consumer, "no operand to fuse");
  }
};

/// Upstream patterns rebuild an op without its attributes, at a location that
/// mixes in those of its operands: carries name and location on.
struct NameKeeper : public RewriterBase::Listener {
  void notifyOperationReplaced(Operation *op, ValueRange values) override {
    Attribute name = op->getAttr(kPartNameAttr);
    // Results that are dropped have no replacement.
    auto kept = llvm::find_if(values, [](Value value) { return !!value; });
    linalg::GenericOp successor;
    if (kept != values.end())
      successor = (*kept).getDefiningOp<linalg::GenericOp>();
    if (!name || !successor || successor->hasAttr(kPartNameAttr))
      return;
    successor->setAttr(kPartNameAttr, name);
    successor->setLoc(op->getLoc());
  }
};

struct FuseElementwise
    : public atrous::impl::FuseElementwiseBase<FuseElementwise> {
  void runOnOperation() override {
    MLIRContext *context = &getContext();
    RewritePatternSet patterns(context);
    patterns.add<FuseProducer>(context);
    // Splats into bodies, unused operands and results away; its fusion, which
    // knows nothing of epilogues, stays off.
    linalg::populateElementwiseOpsFusionPatterns(
        patterns, [](OpOperand *) { return false; });
    linalg::GenericOp::getCanonicalizationPatterns(patterns, context);
    GreedyRewriteConfig config;
    config.useTopDownTraversal = true;
    NameKeeper keeper;
    config.listener = &keeper;
    if (failed(applyPatternsAndFoldGreedily(getOperation(), std::move(patterns),
                                            config)))
      signalPassFailure();
  }
};
} // namespace
