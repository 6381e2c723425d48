//===- Scatter.cpp - graph.scatter_elements, graph.scatter_nd -------------===//

#include "dialects/graph/Broadcast.h"
#include "dialects/graph/Runtime.h"
#include "dialects/graph/Windows.h"

#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace atrous::graph;

/// The result is the input with some elements replaced.
template <typename Scatter>
static LogicalResult addInputType(OptLocation location, Scatter op,
                                  SmallVectorImpl<Type> &results) {
  Type elementType = getElementTypeOrSelf(op.getInput().getType());
  if (failed(checkIndexType(location, op.getIndices(), "indices")) ||
      failed(checkSameElementType(location, {op.getInput(), op.getUpdates()})))
    return failure();
  RankedTensorType input = getRanked(op.getInput().getType());
  if (!input)
    return addUnranked(elementType, results);
  return addResult(location, getDims(input), elementType, results);
}

/// Whether `axis` is one of the indices' and no size but its is other than 1.
static bool isOfSlices(RankedTensorType indices, int64_t axis) {
  FailureOr<int64_t> along =
      normalizeAxis(std::nullopt, axis, indices.getRank());
  if (failed(along))
    return false;
  for (auto [i, size] : llvm::enumerate(indices.getShape()))
    if (int64_t(i) != *along && size != 1)
      return false;
  return true;
}

LogicalResult
ScatterElementsOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                    Adaptor op,
                                    SmallVectorImpl<Type> &results) {
  RankedTensorType indices = getRanked(op.getIndices().getType());
  RankedTensorType updates = getRanked(op.getUpdates().getType());
  if (RankedTensorType input = getRanked(op.getInput().getType()))
    if (failed(
            checkRank(location, op.getIndices(), input.getRank(), "indices")) ||
        failed(
            checkRank(location, op.getUpdates(), input.getRank(), "updates")) ||
        failed(normalizeAxis(location, op.getAxis(), input.getRank())))
      return failure();
  if (op.getBySlices()) {
    if (indices && !isOfSlices(indices, op.getAxis()))
      return emitOptionalError(location, "indices ", toString(getDims(indices)),
                               " have another size than 1 beside axis ",
                               op.getAxis());
    return addInputType(location, op, results);
  }
  if (indices && updates &&
      failed(verifyCompatibleShape(indices.getShape(), updates.getShape())))
    return emitOptionalError(location, "indices ", toString(getDims(indices)),
                             " and updates ", toString(getDims(updates)),
                             " differ in shape");
  return addInputType(location, op, results);
}

StringRef ScatterElementsOp::getRuntimeFunction() {
  return "atrous_scatter_elements";
}

SmallVector<int64_t> ScatterElementsOp::getRuntimeArguments() {
  return {int64_t(getAxis()), int64_t(getReduction()), getBySlices()};
}

bool ScatterElementsOp::updatesInput() { return true; }

namespace {
/// Indices that are the same for all elements of a slice need not be written
/// out. Detectors put regions back into their order by the thousand so.
struct ScatterSlices : OpRewritePattern<ScatterElementsOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ScatterElementsOp op,
                                PatternRewriter &rewriter) const override {
    auto expand = op.getIndices().getDefiningOp<ExpandOp>();
    if (!expand)
      return rewriter.notifyMatchFailure(op, "indices are not expanded");
    RankedTensorType indices = getRanked(expand.getInput().getType());
    RankedTensorType expanded = getRanked(expand.getType());
    if (!indices || !expanded || indices.getRank() != expanded.getRank() ||
        !isOfSlices(indices, op.getAxis()))
      return rewriter.notifyMatchFailure(op, "indices differ within a slice");
    rewriter.modifyOpInPlace(op, [&] {
      op.getIndicesMutable().assign(expand.getInput());
      op.setBySlices(true);
    });
    return success();
  }
};
} // namespace

void ScatterElementsOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                                    MLIRContext *context) {
  patterns.add<ScatterSlices>(context);
}

LogicalResult ScatterNDOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                            Adaptor op,
                                            SmallVectorImpl<Type> &results) {
  RankedTensorType input = getRanked(op.getInput().getType());
  RankedTensorType indices = getRanked(op.getIndices().getType());
  if (indices && indices.getRank() == 0)
    return emitOptionalError(location, "indices must have a dimension");
  if (input && indices && !indices.isDynamicDim(indices.getRank() - 1)) {
    int64_t width = indices.getShape().back();
    if (width < 1 || width > input.getRank())
      return emitOptionalError(location, "indices ", toString(getDims(indices)),
                               " do not fit an input ",
                               toString(getDims(input)));
    if (failed(checkRank(location, op.getUpdates(),
                         indices.getRank() - 1 + input.getRank() - width,
                         "updates")))
      return failure();
  }
  return addInputType(location, op, results);
}

StringRef ScatterNDOp::getRuntimeFunction() { return "atrous_scatter_nd"; }

SmallVector<int64_t> ScatterNDOp::getRuntimeArguments() {
  return {int64_t(getReduction())};
}

bool ScatterNDOp::updatesInput() { return true; }
