//===- PoolLoops.cpp - What pools are lowered with ------------------------===//

#include "dialects/graph/ops/PoolLoops.h"

using namespace mlir;
using namespace atrous::graph;

void PoolLoops::initialize(RankedTensorType outputType, bool ceilMode) {
  outer = loops.parallel(2);
  out = loops.parallel(rank);
  if (blocked)
    inner = loops.parallel(1);
  window = loops.reduction(rank);
  output = outer;
  output.append(out);
  output.append(inner);
  for (int64_t i = 0; i < rank; ++i) {
    touchesInput &= dilations[i] == 1;
    if (inputSize(i).isDynamic()) {
      staysInside &= pads[i] == 0 && pads[i + rank] == 0 &&
                     (!ceilMode || strides[i] == 1);
      continue;
    }
    int64_t lastStart =
        (outputType.getDimSize(i + 2) - 1) * strides[i] - pads[i];
    int64_t lastTap = lastStart + (kernel[i] - 1) * dilations[i];
    staysInside &= pads[i] == 0 && lastTap < inputSize(i).size;
  }
}

AffineMap PoolLoops::inputMap() const {
  SmallVector<AffineExpr> exprs(outer);
  for (int64_t i = 0; i < rank; ++i)
    exprs.push_back(out[i] * strides[i] + window[i] * dilations[i]);
  exprs.append(inner);
  return loops.map(exprs);
}

Value PoolLoops::start(OpBuilder &b, Location loc, int64_t i) const {
  Value index = b.create<linalg::IndexOp>(loc, i + 2);
  index = createMul(b, loc, index, createIndex(b, loc, strides[i]));
  return createSub(b, loc, index, createIndex(b, loc, pads[i]));
}

SmallVector<Value> PoolLoops::position(OpBuilder &b, Location loc) const {
  SmallVector<Value> indices{b.create<linalg::IndexOp>(loc, 0),
                             b.create<linalg::IndexOp>(loc, 1)};
  for (int64_t i = 0; i < rank; ++i) {
    unsigned dim = 2 + rank + blocked + i;
    Value tap = b.create<linalg::IndexOp>(loc, dim);
    tap = createMul(b, loc, tap, createIndex(b, loc, dilations[i]));
    indices.push_back(createAdd(b, loc, start(b, loc, i), tap));
  }
  if (blocked)
    indices.push_back(b.create<linalg::IndexOp>(loc, 2 + rank));
  return indices;
}

Value PoolLoops::inBounds(OpBuilder &b, Location loc,
                          ArrayRef<Value> indices) const {
  Value condition;
  for (int64_t i = 0; i < rank; ++i)
    condition = createInBounds(b, loc, indices[i + 2], inputSize(i), condition);
  return condition;
}

Value PoolLoops::load(OpBuilder &b, Location loc,
                      ArrayRef<Value> indices) const {
  SmallVector<Value> clamped(indices);
  for (int64_t i = 0; i < rank; ++i)
    clamped[i + 2] = createClamped(b, loc, indices[i + 2], inputSize(i));
  return b.create<tensor::ExtractOp>(loc, input, clamped);
}

Value atrous::graph::reduceWindows(OpBuilder &builder, Location loc,
                                   const PoolLoops &pool, RankedTensorType type,
                                   IdentityFn identity, bool clampedIsHarmless,
                                   CombineFn combine) {
  Value init = createFilled(builder, loc, type, identity(builder, loc));
  if (llvm::is_contained(type.getShape(), 0))
    return init;
  Type elementType = type.getElementType();
  Value extents = createExtents(builder, loc, pool.kernel, elementType);
  if (pool.staysInside)
    return createGeneric(
               builder, loc, pool.loops, {pool.input, extents}, init,
               {pool.inputMap(), pool.windowMap(), pool.outputMap()},
               [&](OpBuilder &b, Location loc, ValueRange args) {
                 Value element = createWidened(b, loc, args[0], elementType);
                 return SmallVector<Value>{combine(b, loc, args[2], element)};
               })
        .getResult(0);
  auto emitBody = [&](OpBuilder &b, Location loc, ValueRange args) {
    SmallVector<Value> position = pool.position(b, loc);
    Value element =
        createWidened(b, loc, pool.load(b, loc, position), elementType);
    if (!clampedIsHarmless)
      element = b.create<arith::SelectOp>(loc, pool.inBounds(b, loc, position),
                                          element, identity(b, loc));
    return SmallVector<Value>{combine(b, loc, args[1], element)};
  };
  return createGeneric(builder, loc, pool.loops, extents, init,
                       {pool.windowMap(), pool.outputMap()}, emitBody)
      .getResult(0);
}
