//===- MatMul.cpp - graph.matmul ------------------------------------------===//

#include "dialects/graph/Constants.h"
#include "dialects/graph/Loops.h"
#include "dialects/graph/Windows.h"
#include "llvm/Support/MathExtras.h"

#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace atrous::graph;

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

namespace {
/// The dimensions of one operand: [batch.., outer, inner], where a vector has
/// no outer one. `inner` is the dimension summed over.
struct Factor {
  ArrayRef<Dim> batch;
  std::optional<Dim> outer;
  Dim inner;
};
} // namespace

/// `transposed`: the summed dimension is the last one.
static Factor getFactor(ArrayRef<Dim> dims, bool transposed) {
  if (dims.size() == 1)
    return {{}, std::nullopt, dims[0]};
  Dim last = dims.back(), other = dims[dims.size() - 2];
  return {dims.drop_back(2), transposed ? other : last,
          transposed ? last : other};
}

LogicalResult MatMulOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                         Adaptor op,
                                         SmallVectorImpl<Type> &results) {
  Type elementType = getElementTypeOrSelf(op.getLhs());
  RankedTensorType lhs = getRanked(op.getLhs().getType());
  RankedTensorType rhs = getRanked(op.getRhs().getType());
  if (!lhs || !rhs)
    return addUnranked(elementType, results);
  if (lhs.getRank() < 1 || rhs.getRank() < (op.getTransposeRhs() ? 2 : 1))
    return emitOptionalError(location, "operands of rank ", lhs.getRank(),
                             " and ", rhs.getRank(), " have no product");
  Dims lhsDims = getDims(lhs), rhsDims = getDims(rhs);
  Factor left = getFactor(lhsDims, /*transposed=*/true);
  Factor right = getFactor(rhsDims, op.getTransposeRhs());
  if (differ(left.inner.size, right.inner.size))
    return emitOptionalError(
        location, "shapes of lhs ", toString(lhsDims), " and ",
        op.getTransposeRhs() ? "transposed rhs " : "rhs ", toString(rhsDims),
        " do not multiply: ", left.inner.size, " columns meet ",
        right.inner.size, " rows");
  FailureOr<Dims> dims = broadcastDims(location, left.batch, right.batch);
  if (failed(dims))
    return failure();
  if (left.outer)
    dims->push_back(*left.outer);
  if (right.outer)
    dims->push_back(*right.outer);
  if (op.getBias())
    if (RankedTensorType bias = getRanked(op.getBias().getType())) {
      FailureOr<Dims> sum = broadcastDims(location, *dims, getDims(bias));
      if (failed(sum))
        return failure();
      for (auto [product, both] : llvm::zip(*dims, *sum))
        if (sum->size() != dims->size() || differ(product.size, both.size))
          return emitOptionalError(location, "bias ", toString(bias.getShape()),
                                   " is larger than the product ",
                                   toString(*dims));
    }
  return addResult(location, *dims, elementType, results);
}

LogicalResult MatMulOp::verify() { return verifySameElementType(*this); }

//===----------------------------------------------------------------------===//
// Layout
//===----------------------------------------------------------------------===//

FailureOr<SmallVector<TensorAttr>>
MatMulOp::getBlockedOperandLayouts(int64_t tile, ArrayRef<bool>) {
  RankedTensorType rhs = getRanked(getRhs().getType());
  if (!getConstantElements(getRhs()) || !rhs || rhs.getRank() != 2 ||
      !isa<FloatType>(rhs.getElementType()))
    return failure();
  int64_t columns = rhs.getDimSize(getTransposeRhs() ? 0 : 1);
  int64_t depth = rhs.getDimSize(getTransposeRhs() ? 1 : 0);
  auto result = dyn_cast<RankedTensorType>(getOutput().getType());
  bool canFillUp = result && result.hasStaticShape() && columns > tile / 2;
  if ((columns % tile != 0 && !canFillUp) || columns == 0 || depth == 0)
    return failure();
  // [N, K] as N16n lies as [N/16, K, 16]. [K, N] as KNk16n, with one tile of
  // K, lies as [1, N/16, K, 16]: the same panels. The last one is filled up.
  SmallVector<TensorAttr> layouts((*this)->getNumOperands());
  layouts[1] = getTransposeRhs()
                   ? TensorAttr::get(getContext(), {}, {0}, {tile})
                   : TensorAttr::get(getContext(), {}, {0, 1}, {depth, tile});
  return layouts;
}

bool MatMulOp::prefersBlockedLayout(int64_t tile) {
  return succeeded(getBlockedOperandLayouts(tile, {}));
}

TensorAttr MatMulOp::getBlockedResultLayout(int64_t) { return {}; }

//===----------------------------------------------------------------------===//
// Lowering
//===----------------------------------------------------------------------===//

/// The batch indices of an operand whose batch dimensions broadcast to those
/// that `batch` loops over.
static SmallVector<AffineExpr> getBatchIndices(Loops &loops,
                                               ArrayRef<int64_t> sizes,
                                               ArrayRef<AffineExpr> batch) {
  SmallVector<AffineExpr> indices;
  for (auto [size, loop] : llvm::zip(sizes, batch.take_back(sizes.size())))
    indices.push_back(size == 1 ? loops.constant(0) : loop);
  return indices;
}

/// `type` with as many columns as the panels of `rhs` have together.
static RankedTensorType getFilledUp(RankedTensorType type, RankedTensorType rhs,
                                    bool isTransposed) {
  int64_t lanes = getTensorAttr(rhs).getInnerTiles().back();
  int64_t columns = llvm::alignTo(rhs.getDimSize(isTransposed ? 0 : 1), lanes);
  if (type.getShape().back() == columns)
    return type;
  SmallVector<int64_t> shape(type.getShape());
  shape.back() = columns;
  return RankedTensorType::get(shape, type.getElementType());
}

/// `value` plus a bias that broadcasts to it.
static Value addBias(OpBuilder &builder, Location loc, RankedTensorType type,
                     Value value, Value bias) {
  int64_t rank = type.getRank();
  SmallVector<AffineExpr> indices;
  for (auto [dim, size] : llvm::enumerate(getShape(bias)))
    indices.push_back(size == 1 ? builder.getAffineConstantExpr(0)
                                : builder.getAffineDimExpr(
                                      rank - getShape(bias).size() + dim));
  auto biasMap =
      AffineMap::get(rank, /*symbolCount=*/0, indices, builder.getContext());
  return createMapped(builder, loc, type, {value, bias},
                      {builder.getMultiDimIdentityMap(rank), biasMap},
                      [&](OpBuilder &b, Location loc, ValueRange args) {
                        Value wide = createWidened(b, loc, args[1],
                                                   type.getElementType());
                        return createAdd(b, loc, args[0], wide);
                      });
}

FailureOr<SmallVector<Value>> MatMulOp::lowerToLinalg(OpBuilder &builder,
                                                      ValueRange operands) {
  if (failed(checkRanked(*this)))
    return failure();
  auto lhs = cast<RankedTensorType>(getLhs().getType());
  auto rhs = cast<RankedTensorType>(getRhs().getType());
  Dims lhsDims = getDims(lhs), rhsDims = getDims(rhs);
  createSizeCheck(builder, getLoc(),
                  getFactor(lhsDims, /*transposed=*/true).inner,
                  getFactor(rhsDims, getTransposeRhs()).inner,
                  "the inner dimensions of the factors differ");
  TensorAttr panels = getTensorAttr(rhs);
  bool lhsIsVector = lhs.getRank() == 1, rhsIsVector = rhs.getRank() == 1;
  RankedTensorType type = getPhysicalResultType(*this), product = type;

  Loops loops(getContext());
  SmallVector<AffineExpr> batch =
      loops.parallel(type.getRank() - !lhsIsVector - !rhsIsVector);
  SmallVector<AffineExpr> output(batch), rows, columns;
  if (!lhsIsVector)
    output.push_back(rows.emplace_back(loops.parallel()));
  SmallVector<AffineExpr> left = getBatchIndices(
      loops, lhs.getShape().drop_back(lhsIsVector ? 1 : 2), batch);
  left.append(rows);
  SmallVector<AffineExpr> right;
  AffineExpr k;
  if (panels && !panels.getInnerDims().empty()) {
    product = getFilledUp(type, rhs, getTransposeRhs());
    AffineExpr block = loops.parallel(), lane = loops.parallel();
    output.push_back(block * panels.getInnerTiles().back() + lane);
    k = loops.reduction();
    if (!getTransposeRhs())
      right.push_back(loops.constant(0));
    right.append({block, k, lane});
  } else {
    if (!rhsIsVector)
      output.push_back(columns.emplace_back(loops.parallel()));
    k = loops.reduction();
    right = getBatchIndices(
        loops, rhs.getShape().drop_back(rhsIsVector ? 1 : 2), batch);
    SmallVector<AffineExpr> matrix{k};
    matrix.insert(getTransposeRhs() ? matrix.begin() : matrix.end(),
                  columns.begin(), columns.end());
    right.append(matrix);
  }
  left.push_back(k);

  Location loc = getLoc();
  Type sumType = getSumType(type.getElementType());
  Value zero = createNumber(builder, loc, sumType, 0);
  Value result = createFilled(builder, loc, product.clone(sumType), zero);
  auto accumulate = [](OpBuilder &b, Location loc, ValueRange args) {
    return SmallVector<Value>{
        createMultiplyAdd(b, loc, args[2], args[0], args[1])};
  };
  if (!llvm::is_contained(type.getShape(), 0) &&
      !llvm::is_contained(lhs.getShape(), 0))
    result =
        createGeneric(builder, loc, loops, {operands[0], operands[1]}, result,
                      {loops.map(left), loops.map(right), loops.map(output)},
                      accumulate)
            .getResult(0);
  if (product != type)
    result =
        createSlice(builder, loc, result,
                    SmallVector<int64_t>(type.getRank(), 0), type.getShape());
  if (getBias())
    result = addBias(builder, loc, type.clone(sumType), result, operands[2]);
  return SmallVector<Value>{createRounded(builder, loc, type, result)};
}
