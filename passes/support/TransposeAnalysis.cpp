//===- TransposeAnalysis.cpp - Reading across what is written -------------===//

#include "passes/support/TransposeAnalysis.h"

#include "passes/support/KernelBody.h"

using namespace mlir;
using namespace atrous;

/// Whether `map` has `dim` in its last result only, one element a step.
static bool isAlong(AffineMap map, unsigned dim) {
  ArrayRef<AffineExpr> results = map.getResults();
  if (results.empty() ||
      llvm::any_of(results.drop_back(),
                   [&](AffineExpr expr) { return expr.isFunctionOfDim(dim); }))
    return false;
  AffineExpr rest = results.back() - getAffineDimExpr(dim, map.getContext());
  return !simplifyAffineExpr(rest, map.getNumDims(), 0).isFunctionOfDim(dim);
}

/// The dimension whose steps walk the last result of `map` within a tile:
/// d alone, or d mod m beside d floordiv m, where tiles divide m.
static std::optional<unsigned> getWalked(AffineMap map, int64_t tile) {
  if (map.getNumResults() == 0)
    return std::nullopt;
  AffineExpr last = map.getResults().back();
  int64_t modulus = 0;
  if (auto mod = dyn_cast<AffineBinaryOpExpr>(last);
      mod && mod.getKind() == AffineExprKind::Mod) {
    auto constant = dyn_cast<AffineConstantExpr>(mod.getRHS());
    if (!constant || constant.getValue() % tile != 0)
      return std::nullopt;
    modulus = constant.getValue();
    last = mod.getLHS();
  }
  auto dim = dyn_cast<AffineDimExpr>(last);
  if (!dim)
    return std::nullopt;
  for (AffineExpr expr : map.getResults().drop_back())
    if (expr.isFunctionOfDim(dim.getPosition()) &&
        (modulus == 0 || expr != dim.floorDiv(modulus)))
      return std::nullopt;
  return dim.getPosition();
}

static bool isOverwriting(linalg::GenericOp op) {
  return op.getNumDpsInits() == 1 && op.getNumReductionLoops() == 0 &&
         op.getRegionOutputArgs()[0].use_empty() && isMappableBody(op);
}

FailureOr<TransposeShape> atrous::analyzeTranspose(linalg::GenericOp op,
                                                   int64_t tile) {
  if (!isOverwriting(op))
    return failure();
  AffineMap output = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  if (output.getNumResults() == 0)
    return failure();
  auto lane = dyn_cast<AffineDimExpr>(output.getResults().back());
  if (!lane || !isAlong(output, lane.getPosition()))
    return failure();
  TransposeShape shape{lane.getPosition(), 0, {}};
  for (OpOperand *input : op.getDpsInputOperands()) {
    AffineMap map = op.getMatchingIndexingMap(input);
    if (!map.isFunctionOfDim(shape.lane) || isAlong(map, shape.lane))
      continue;
    std::optional<unsigned> cross = getWalked(map, tile);
    bool isFirst = shape.crossed.empty();
    if (!cross || *cross == shape.lane || (!isFirst && *cross != shape.cross))
      return failure();
    shape.cross = *cross;
    shape.crossed.push_back(input->getOperandNumber());
  }
  if (shape.crossed.empty())
    return failure();
  return shape;
}
