//===- PoolLowering.cpp - graph.max_pool, graph.average_pool as loops -----===//
//
// Both are one reduction over the windows. Without padding the input is an
// operand, read at o*stride + k*dilation; with padding the body reads it at
// clamped indices and looks whether they were inside.
//
//===----------------------------------------------------------------------===//

#include "dialects/graph/Loops.h"

#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace atrous::graph;

namespace {
/// The iteration space (n, c, o.., [ci] | k..) of a pool on physical tensors.
struct PoolLoops {
  template <typename Op>
  PoolLoops(Op op, Value input)
      : loops(op.getContext()), input(input), kernel(op.getKernelShape()),
        strides(op.getStrides()), dilations(op.getDilations()),
        pads(op.getPads()), rank(kernel.size()),
        blocked(isChannelBlocked(op.getInput().getType())) {
    outer = loops.parallel(2);
    out = loops.parallel(rank);
    if (blocked)
      inner = loops.parallel(1);
    window = loops.reduction(rank);
    output = outer;
    output.append(out);
    output.append(inner);
    auto outputShape = getPhysicalResultType(op).getShape();
    for (int64_t i = 0; i < rank; ++i) {
      int64_t lastStart = (outputShape[i + 2] - 1) * strides[i] - pads[i];
      int64_t lastTap = lastStart + (kernel[i] - 1) * dilations[i];
      staysInside &= pads[i] == 0 && lastTap < inputSize(i);
      touchesInput &= dilations[i] == 1;
    }
  }

  int64_t inputSize(int64_t i) const { return getShape(input)[i + 2]; }

  AffineMap outputMap() const { return loops.map(output); }
  AffineMap windowMap() const { return loops.map(window); }
  AffineMap inputMap() const {
    SmallVector<AffineExpr> exprs(outer);
    for (int64_t i = 0; i < rank; ++i)
      exprs.push_back(out[i] * strides[i] + window[i] * dilations[i]);
    exprs.append(inner);
    return loops.map(exprs);
  }

  /// o*stride - pad_begin of spatial dimension i.
  Value start(OpBuilder &b, Location loc, int64_t i) const {
    Value index = b.create<linalg::IndexOp>(loc, i + 2);
    index = createMul(b, loc, index, createIndex(b, loc, strides[i]));
    return createSub(b, loc, index, createIndex(b, loc, pads[i]));
  }

  /// The position in the input that the iteration looks at, not clamped.
  SmallVector<Value> position(OpBuilder &b, Location loc) const {
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

  Value inBounds(OpBuilder &b, Location loc, ArrayRef<Value> indices) const {
    Value condition;
    for (int64_t i = 0; i < rank; ++i)
      condition =
          createInBounds(b, loc, indices[i + 2], inputSize(i), condition);
    return condition;
  }

  /// The nearest input element.
  Value load(OpBuilder &b, Location loc, ArrayRef<Value> indices) const {
    SmallVector<Value> clamped(indices);
    for (int64_t i = 0; i < rank; ++i)
      clamped[i + 2] = createClamped(b, loc, indices[i + 2], inputSize(i));
    return b.create<tensor::ExtractOp>(loc, input, clamped);
  }

  Loops loops;
  Value input;
  ArrayRef<int64_t> kernel, strides, dilations, pads;
  int64_t rank;
  bool blocked;
  SmallVector<AffineExpr> outer, out, inner, window, output;
  /// No window leaves the input.
  bool staysInside = true;
  /// Clamping a tap gives another tap of the same window.
  bool touchesInput = true;
};

/// Combines the output so far and an input element.
using CombineFn =
    llvm::function_ref<Value(OpBuilder &, Location, Value acc, Value element)>;
/// The start value of a reduction.
using IdentityFn = llvm::function_ref<Value(OpBuilder &, Location)>;
} // namespace

/// Combines all elements of each window, those outside of the input replaced
/// by `identity`.
static Value reduceWindows(OpBuilder &builder, Location loc,
                           const PoolLoops &pool, RankedTensorType type,
                           IdentityFn identity, bool clampedIsHarmless,
                           CombineFn combine) {
  Value init = createFilled(builder, loc, type, identity(builder, loc));
  if (type.getNumElements() == 0)
    return init;
  Value extents =
      createExtents(builder, loc, pool.kernel, type.getElementType());
  if (pool.staysInside)
    return createGeneric(builder, loc, pool.loops, {pool.input, extents}, init,
                         {pool.inputMap(), pool.windowMap(), pool.outputMap()},
                         [&](OpBuilder &b, Location loc, ValueRange args) {
                           return SmallVector<Value>{
                               combine(b, loc, args[2], args[0])};
                         })
        .getResult(0);
  auto emitBody = [&](OpBuilder &b, Location loc, ValueRange args) {
    SmallVector<Value> position = pool.position(b, loc);
    Value element = pool.load(b, loc, position);
    if (!clampedIsHarmless)
      element = b.create<arith::SelectOp>(loc, pool.inBounds(b, loc, position),
                                          element, identity(b, loc));
    return SmallVector<Value>{combine(b, loc, args[1], element)};
  };
  return createGeneric(builder, loc, pool.loops, extents, init,
                       {pool.windowMap(), pool.outputMap()}, emitBody)
      .getResult(0);
}

/// The number that max_pool's second result gives to an element: its place in
/// the whole input, the spatial dimensions row or column major.
static Value emitFlatIndex(OpBuilder &b, Location loc, const PoolLoops &pool,
                           ArrayRef<Value> indices, bool columnMajor) {
  ArrayRef<int64_t> shape = getShape(pool.input);
  SmallVector<int64_t> order{0, 1};
  for (int64_t i = 0; i < pool.rank; ++i)
    order.push_back(columnMajor ? pool.rank + 1 - i : i + 2);
  Value flat = indices[0];
  for (int64_t dim : ArrayRef<int64_t>(order).drop_front()) {
    flat = createMul(b, loc, flat, createIndex(b, loc, shape[dim]));
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
  if (type.getNumElements() == 0)
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
  if (failed(checkStatic(*this)))
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

/// How many taps of the window along spatial dimension i count, as an index.
static Value emitTapCount(OpBuilder &b, Location loc, AveragePoolOp op,
                          const PoolLoops &pool, int64_t i) {
  // Padding counts if asked for, what ceil_mode reads behind it never does.
  bool countPads = op.getCountIncludePad();
  int64_t begin = countPads ? -pool.pads[i] : 0;
  int64_t end = pool.inputSize(i) + (countPads ? pool.pads[i + pool.rank] : 0);
  int64_t dilation = pool.dilations[i];
  Value zero = createIndex(b, loc, 0), step = createIndex(b, loc, dilation);
  auto floorDivide = [&](Value value) -> Value {
    return dilation == 1 ? value : b.create<arith::DivSIOp>(loc, value, step);
  };
  // Taps are start + k * dilation: `skipped` ones lie before the begin, and
  // `reached` ones before the end.
  Value start = pool.start(b, loc, i);
  Value missing =
      createSub(b, loc, createIndex(b, loc, begin + dilation - 1), start);
  Value skipped = floorDivide(b.create<arith::MaxSIOp>(loc, missing, zero));
  Value room =
      createSub(b, loc, createIndex(b, loc, end + dilation - 1), start);
  Value reached = b.create<arith::MinSIOp>(
      loc, floorDivide(b.create<arith::MaxSIOp>(loc, room, zero)),
      createIndex(b, loc, pool.kernel[i]));
  return createSub(b, loc, reached, skipped);
}

FailureOr<SmallVector<Value>>
AveragePoolOp::lowerToLinalg(OpBuilder &builder, ValueRange operands) {
  if (failed(checkStatic(*this)))
    return failure();
  PoolLoops pool(*this, operands[0]);
  Location loc = getLoc();
  RankedTensorType type = getPhysicalResultType(*this);
  Type elementType = type.getElementType();
  auto zero = [&](OpBuilder &b, Location loc) {
    return createNumber(b, loc, elementType, 0);
  };
  Value sum = reduceWindows(builder, loc, pool, type, zero,
                            /*clampedIsHarmless=*/false, createAdd);

  double windowSize = 1;
  for (int64_t size : getKernelShape())
    windowSize *= size;
  auto divide = [&](OpBuilder &b, Location loc, ValueRange args) -> Value {
    if (pool.staysInside) {
      Value count = createNumber(b, loc, elementType, windowSize);
      return b.create<arith::DivFOp>(loc, args[0], count);
    }
    Value count;
    for (int64_t i = 0; i < pool.rank; ++i) {
      Value taps = emitTapCount(b, loc, *this, pool, i);
      count = count ? createMul(b, loc, count, taps) : taps;
    }
    // Dilated windows may step over the whole input.
    count = b.create<arith::MaxSIOp>(loc, count, createIndex(b, loc, 1));
    return b.create<arith::DivFOp>(loc, args[0],
                                   createIndexCast(b, loc, count, elementType));
  };
  return SmallVector<Value>{
      createMapped(builder, loc, type, sum,
                   builder.getMultiDimIdentityMap(type.getRank()), divide)};
}
