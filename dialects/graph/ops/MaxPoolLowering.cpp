//===- MaxPoolLowering.cpp - graph.max_pool as loops ----------------------===//

#include "dialects/graph/ops/PoolLoops.h"

#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace atrous::graph;

/// The number that max_pool's second result gives to an element: its place in
/// the whole input, the spatial dimensions row or column major.
static Value emitFlatIndex(OpBuilder &b, Location loc, const PoolLoops &pool,
                           ArrayRef<Value> indices, bool columnMajor) {
  SmallVector<int64_t> order{0, 1};
  for (int64_t i = 0; i < pool.rank; ++i)
    order.push_back(columnMajor ? pool.rank + 1 - i : i + 2);
  Value flat = indices[0];
  for (int64_t dim : ArrayRef<int64_t>(order).drop_front()) {
    flat = createMul(b, loc, flat, createSize(b, loc, pool.inputDims[dim]));
    flat = createAdd(b, loc, flat, indices[dim]);
  }
  return createIndexCast(b, loc, flat, b.getI64Type());
}

/// Both results of max_pool in one pass. An index of -1 says that nothing was
/// seen yet; the first of equal elements stays.
static SmallVector<Value> lowerWithIndices(MaxPoolOp op, OpBuilder &builder,
                                           const PoolLoops &pool,
                                           bool isUnsigned) {
  Location loc = op.getLoc();
  RankedTensorType type = getPhysicalResultType(op, 0);
  RankedTensorType indexType = getPhysicalResultType(op, 1);
  Value lowest = createLowest(builder, loc, type.getElementType(), isUnsigned);
  Value none = createNumber(builder, loc, builder.getI64Type(), -1);
  SmallVector<Value> inits{createFilled(builder, loc, type, lowest),
                           createFilled(builder, loc, indexType, none)};
  if (llvm::is_contained(type.getShape(), 0))
    return inits;
  auto emitBody = [&](OpBuilder &b, Location loc, ValueRange args) {
    SmallVector<Value> position = pool.position(b, loc);
    Value element = pool.load(b, loc, position);
    Value index =
        emitFlatIndex(b, loc, pool, position, op.getStorageOrder() == 1);
    Value better = createGreater(b, loc, element, args[1], isUnsigned);
    Value first =
        b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::slt, args[2],
                                createNumber(b, loc, b.getI64Type(), 0));
    Value take = b.create<arith::OrIOp>(loc, better, first);
    take = b.create<arith::AndIOp>(loc, take, pool.inBounds(b, loc, position));
    return SmallVector<Value>{
        b.create<arith::SelectOp>(loc, take, element, args[1]),
        b.create<arith::SelectOp>(loc, take, index, args[2])};
  };
  Value extents =
      createExtents(builder, loc, pool.kernel, type.getElementType());
  auto generic = createGeneric(
      builder, loc, pool.loops, extents, inits,
      {pool.windowMap(), pool.outputMap(), pool.outputMap()}, emitBody);
  return llvm::to_vector_of<Value>(generic.getResults());
}

FailureOr<SmallVector<Value>> MaxPoolOp::lowerToLinalg(OpBuilder &builder,
                                                       ValueRange operands) {
  if (failed(checkRanked(*this)))
    return failure();
  PoolLoops pool(*this, operands[0]);
  bool isUnsigned = getElementTypeOrSelf(getInput()).isUnsignedInteger();
  if (getIndices())
    return lowerWithIndices(*this, builder, pool, isUnsigned);
  // acc > x ? acc : x is one instruction, and a NaN in x wins.
  auto combine = [&](OpBuilder &b, Location loc, Value acc, Value x) -> Value {
    return b.create<arith::SelectOp>(
        loc, createGreater(b, loc, acc, x, isUnsigned), acc, x);
  };
  RankedTensorType type = getPhysicalResultType(*this);
  auto lowest = [&](OpBuilder &b, Location loc) {
    return createLowest(b, loc, type.getElementType(), isUnsigned);
  };
  return SmallVector<Value>{reduceWindows(builder, getLoc(), pool, type, lowest,
                                          pool.touchesInput, combine)};
}
