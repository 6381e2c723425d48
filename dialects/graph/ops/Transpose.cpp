//===- Transpose.cpp - graph.transpose ------------------------------------===//

#include "dialects/graph/Constants.h"
#include "dialects/graph/Dims.h"
#include "dialects/graph/Lowering.h"

#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace atrous::graph;

/// The permutation in full: the default reverses.
static SmallVector<int64_t>
getPermutation(std::optional<ArrayRef<int64_t>> perm, int64_t rank) {
  if (perm)
    return SmallVector<int64_t>(*perm);
  return llvm::to_vector(llvm::reverse(llvm::seq<int64_t>(0, rank)));
}

static bool isPermutation(ArrayRef<int64_t> perm) {
  SmallVector<int64_t> sorted(perm);
  llvm::sort(sorted);
  return llvm::equal(sorted, llvm::seq<int64_t>(0, perm.size()));
}

LogicalResult TransposeOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                            Adaptor adaptor,
                                            SmallVectorImpl<Type> &results) {
  RankedTensorType input = getRanked(adaptor.getInput().getType());
  Type elementType = getElementTypeOrSelf(adaptor.getInput().getType());
  std::optional<ArrayRef<int64_t>> attr = adaptor.getPerm();
  if (!input && !attr)
    return addUnranked(elementType, results);
  int64_t rank = input ? input.getRank() : attr->size();
  SmallVector<int64_t> perm = getPermutation(attr, rank);
  if (int64_t(perm.size()) != rank || !isPermutation(perm))
    return emitOptionalError(location, "perm ", toString(perm),
                             " is no permutation of ", rank, " dimensions");
  Dims inputDims = input ? getDims(input) : Dims(rank, Dim());
  Dims dims;
  for (int64_t dim : perm)
    dims.push_back(inputDims[dim]);
  return addResult(location, dims, elementType, results);
}

LoweredValues TransposeOp::lowerToLinalg(OpBuilder &builder,
                                         ValueRange operands) {
  if (failed(checkRanked(*this)))
    return failure();
  int64_t rank = getShape(operands[0]).size();
  return SmallVector<Value>{
      createTransposed(builder, getLoc(), operands[0],
                       getPermutation(getPerm(), rank),
                       getPhysicalDims(getInput().getType()))};
}

OpFoldResult TransposeOp::fold(FoldAdaptor) {
  RankedTensorType type = getRanked(getType());
  if (!type || type != getInput().getType())
    return {};
  SmallVector<int64_t> perm = getPermutation(getPerm(), type.getRank());
  return llvm::is_sorted(perm) ? OpFoldResult(getInput()) : OpFoldResult();
}

namespace {
/// transpose(transpose(x)) => transpose(x)
struct MergeTransposes : OpRewritePattern<TransposeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(TransposeOp op,
                                PatternRewriter &rewriter) const override {
    auto producer = op.getInput().getDefiningOp<TransposeOp>();
    if (!producer)
      return rewriter.notifyMatchFailure(op, "input is no transpose");
    RankedTensorType type = getRanked(op.getType());
    if (!type)
      return rewriter.notifyMatchFailure(op, "rank is not known");
    SmallVector<int64_t> inner =
        getPermutation(producer.getPerm(), type.getRank());
    SmallVector<int64_t> perm;
    for (int64_t dim : getPermutation(op.getPerm(), type.getRank()))
      perm.push_back(inner[dim]);
    rewriter.replaceOpWithNewOp<TransposeOp>(
        op, type, producer.getInput(), rewriter.getDenseI64ArrayAttr(perm));
    return success();
  }
};

/// A transpose that only moves dimensions of size 1 moves no element.
struct TransposeToReshape : OpRewritePattern<TransposeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(TransposeOp op,
                                PatternRewriter &rewriter) const override {
    RankedTensorType type = getRanked(op.getType());
    if (!type || !type.hasStaticShape() || type.getNumElements() == 0)
      return rewriter.notifyMatchFailure(op, "result is not static");
    SmallVector<int64_t> moving;
    SmallVector<int64_t> perm = getPermutation(op.getPerm(), type.getRank());
    for (auto [size, inputDim] : llvm::zip(type.getShape(), perm))
      if (size != 1)
        moving.push_back(inputDim);
    if (!llvm::is_sorted(moving))
      return rewriter.notifyMatchFailure(op, "moves elements");
    Value shape = createI64Vector(rewriter, op.getLoc(), type.getShape());
    rewriter.replaceOpWithNewOp<ReshapeOp>(op, type, op.getInput(), shape,
                                           /*allowzero=*/false);
    return success();
  }
};
} // namespace

void TransposeOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                              MLIRContext *context) {
  patterns.add<MergeTransposes, TransposeToReshape>(context);
}
