//===- PoolLowering.cpp - graph.average_pool, graph.lp_pool as loops ------===//

#include "dialects/graph/ops/PoolLoops.h"

using namespace mlir;
using namespace atrous::graph;

/// The sum of `combine` over each window, where padding adds nothing.
static Value sumWindows(OpBuilder &builder, Location loc, const PoolLoops &pool,
                        RankedTensorType type, CombineFn combine) {
  auto zero = [&](OpBuilder &b, Location loc) {
    return createNumber(b, loc, type.getElementType(), 0);
  };
  return reduceWindows(builder, loc, pool, type, zero,
                       /*clampedIsHarmless=*/false, combine);
}

/// `element` of each element of `tensor`.
static Value mapElements(OpBuilder &builder, Location loc,
                         RankedTensorType type, Value tensor,
                         ElementFn element) {
  return createMapped(builder, loc, type, tensor,
                      builder.getMultiDimIdentityMap(type.getRank()), element);
}

/// How many taps of the window along spatial dimension i count, as an index.
static Value emitTapCount(OpBuilder &b, Location loc, AveragePoolOp op,
                          const PoolLoops &pool, int64_t i) {
  // Padding counts if asked for, what ceil_mode reads behind it never does.
  bool countPads = op.getCountIncludePad();
  int64_t begin = countPads ? -pool.pads[i] : 0;
  Dim end = addSizes(pool.inputSize(i),
                     Dim(countPads ? pool.pads[i + pool.rank] : 0));
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
      createSub(b, loc, createSize(b, loc, addSizes(end, Dim(dilation - 1))),
                start);
  Value reached = b.create<arith::MinSIOp>(
      loc, floorDivide(b.create<arith::MaxSIOp>(loc, room, zero)),
      createIndex(b, loc, pool.kernel[i]));
  return createSub(b, loc, reached, skipped);
}

FailureOr<SmallVector<Value>>
AveragePoolOp::lowerToLinalg(OpBuilder &builder, ValueRange operands) {
  if (failed(checkRanked(*this)))
    return failure();
  PoolLoops pool(*this, operands[0]);
  Location loc = getLoc();
  RankedTensorType type = getPhysicalResultType(*this);
  Type sumType = getSumType(type.getElementType());
  Value sum = sumWindows(builder, loc, pool, type.clone(sumType), createAdd);

  double windowSize = 1;
  for (int64_t size : getKernelShape())
    windowSize *= size;
  auto divide = [&](OpBuilder &b, Location loc, ValueRange args) -> Value {
    if (pool.staysInside) {
      Value count = createNumber(b, loc, sumType, windowSize);
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
                                   createIndexCast(b, loc, count, sumType));
  };
  Value mean = mapElements(builder, loc, type.clone(sumType), sum, divide);
  return SmallVector<Value>{createRounded(builder, loc, type, mean)};
}

/// |x|^p.
static Value emitPower(OpBuilder &b, Location loc, Value x, int64_t p) {
  if (p == 2)
    return createMul(b, loc, x, x);
  Value size = b.create<math::AbsFOp>(loc, x);
  if (p == 1)
    return size;
  Value exponent = createNumber(b, loc, x.getType(), p);
  return b.create<math::PowFOp>(loc, size, exponent);
}

/// x^(1/p).
static Value emitRoot(OpBuilder &b, Location loc, Value x, int64_t p) {
  if (p == 2)
    return b.create<math::SqrtOp>(loc, x);
  Value exponent = createNumber(b, loc, x.getType(), 1.0 / p);
  return b.create<math::PowFOp>(loc, x, exponent);
}

FailureOr<SmallVector<Value>> LpPoolOp::lowerToLinalg(OpBuilder &builder,
                                                      ValueRange operands) {
  if (failed(checkRanked(*this)))
    return failure();
  PoolLoops pool(*this, operands[0]);
  Location loc = getLoc();
  RankedTensorType type = getPhysicalResultType(*this);
  Type sumType = getSumType(type.getElementType());
  int64_t p = getP();
  auto combine = [&](OpBuilder &b, Location loc, Value acc, Value x) {
    return createAdd(b, loc, acc, emitPower(b, loc, x, p));
  };
  Value norm = sumWindows(builder, loc, pool, type.clone(sumType), combine);
  if (p != 1)
    norm = mapElements(builder, loc, type.clone(sumType), norm,
                       [&](OpBuilder &b, Location loc, ValueRange args) {
                         return emitRoot(b, loc, args[0], p);
                       });
  return SmallVector<Value>{createRounded(builder, loc, type, norm)};
}
