//===- Loops.cpp - Iteration spaces of structured ops ---------------------===//

#include "dialects/graph/Loops.h"

using namespace mlir;
using namespace atrous::graph;

AffineExpr Loops::add(utils::IteratorType type) {
  types.push_back(type);
  return getAffineDimExpr(types.size() - 1, context);
}

SmallVector<AffineExpr> Loops::parallel(int64_t count) {
  SmallVector<AffineExpr> dims;
  for (int64_t i = 0; i < count; ++i)
    dims.push_back(parallel());
  return dims;
}

SmallVector<AffineExpr> Loops::reduction(int64_t count) {
  SmallVector<AffineExpr> dims;
  for (int64_t i = 0; i < count; ++i)
    dims.push_back(reduction());
  return dims;
}

AffineExpr Loops::constant(int64_t value) const {
  return getAffineConstantExpr(value, context);
}

AffineMap Loops::map(ArrayRef<AffineExpr> results) const {
  return AffineMap::get(types.size(), /*symbolCount=*/0, results, context);
}

//===----------------------------------------------------------------------===//
// Structured ops
//===----------------------------------------------------------------------===//

linalg::GenericOp atrous::graph::createGeneric(
    OpBuilder &builder, Location loc, const Loops &loops, ValueRange inputs,
    ValueRange inits, ArrayRef<AffineMap> maps, ElementsFn elements) {
  auto emitBody = [&](OpBuilder &b, Location bodyLoc, ValueRange arguments) {
    SmallVector<Value> results = elements(b, bodyLoc, arguments);
    b.create<linalg::YieldOp>(bodyLoc, results);
  };
  return builder.create<linalg::GenericOp>(loc, TypeRange(inits), inputs, inits,
                                           maps, loops.iterators(), emitBody);
}

Value atrous::graph::createExtents(OpBuilder &builder, Location loc,
                                   ArrayRef<int64_t> extents,
                                   Type elementType) {
  return builder.create<tensor::EmptyOp>(loc, extents, elementType);
}

Value atrous::graph::createChannelBias(OpBuilder &builder, Location loc,
                                       RankedTensorType type, Value value,
                                       Value bias, bool blocked) {
  int64_t rank = type.getRank();
  SmallVector<AffineExpr> channel{builder.getAffineDimExpr(1)};
  if (blocked)
    channel.push_back(builder.getAffineDimExpr(rank - 1));
  auto biasMap =
      AffineMap::get(rank, /*symbolCount=*/0, channel, builder.getContext());
  return createMapped(builder, loc, type, {value, bias},
                      {builder.getMultiDimIdentityMap(rank), biasMap},
                      [&](OpBuilder &b, Location loc, ValueRange elements) {
                        Value wide = createWidened(b, loc, elements[1],
                                                   type.getElementType());
                        return createAdd(b, loc, elements[0], wide);
                      });
}

Value atrous::graph::createZeroPadded(OpBuilder &builder, Location loc,
                                      Value source, ArrayRef<int64_t> low,
                                      ArrayRef<int64_t> high,
                                      ArrayRef<Dim> sourceDims) {
  auto type = cast<RankedTensorType>(source.getType());
  Dims known = sourceDims.empty() ? getDims(type) : Dims(sourceDims);
  Dims padded;
  for (auto [size, before, after] : llvm::zip(known, low, high))
    padded.push_back(addSizes(size, Dim(before + after)));
  auto emitElement = [&](OpBuilder &b, Location loc, ValueRange) -> Value {
    SmallVector<Value> indices;
    Value inBounds;
    for (auto [dim, size] : llvm::enumerate(known)) {
      Value index = b.create<linalg::IndexOp>(loc, dim);
      if (low[dim] != 0 || high[dim] != 0) {
        index = createSub(b, loc, index, createIndex(b, loc, low[dim]));
        inBounds = createInBounds(b, loc, index, size, inBounds);
        index = createClamped(b, loc, index, size);
      }
      indices.push_back(index);
    }
    Value element = b.create<tensor::ExtractOp>(loc, source, indices);
    if (!inBounds)
      return element;
    Value zero = createNumber(b, loc, type.getElementType(), 0);
    return b.create<arith::SelectOp>(loc, inBounds, element, zero);
  };
  return createMapped(builder, loc,
                      getSymbolicType(padded, type.getElementType()), {}, {},
                      emitElement);
}

Value atrous::graph::createClamped(OpBuilder &builder, Location loc,
                                   Value index, Dim size) {
  Value zero = createIndex(builder, loc, 0);
  Value last = createSize(builder, loc, subSizes(size, Dim(1)));
  Value atMost = builder.createOrFold<arith::MinSIOp>(loc, index, last);
  return builder.createOrFold<arith::MaxSIOp>(loc, atMost, zero);
}

Value atrous::graph::createInBounds(OpBuilder &builder, Location loc,
                                    Value index, Dim size, Value condition) {
  Value inBounds = builder.create<arith::CmpIOp>(
      loc, arith::CmpIPredicate::ult, index, createSize(builder, loc, size));
  if (!condition)
    return inBounds;
  return builder.create<arith::AndIOp>(loc, condition, inBounds);
}

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

template <typename FloatOp, typename IntOp>
static Value createBinary(OpBuilder &builder, Location loc, Value a, Value b) {
  if (isa<FloatType>(a.getType()))
    return builder.create<FloatOp>(loc, a, b);
  return builder.createOrFold<IntOp>(loc, a, b);
}

Value atrous::graph::createAdd(OpBuilder &builder, Location loc, Value a,
                               Value b) {
  return createBinary<arith::AddFOp, arith::AddIOp>(builder, loc, a, b);
}

Value atrous::graph::createSub(OpBuilder &builder, Location loc, Value a,
                               Value b) {
  return createBinary<arith::SubFOp, arith::SubIOp>(builder, loc, a, b);
}

Value atrous::graph::createMul(OpBuilder &builder, Location loc, Value a,
                               Value b) {
  return createBinary<arith::MulFOp, arith::MulIOp>(builder, loc, a, b);
}

Value atrous::graph::createGreater(OpBuilder &builder, Location loc, Value a,
                                   Value b, bool isUnsigned) {
  if (isa<FloatType>(a.getType()))
    return builder.create<arith::CmpFOp>(loc, arith::CmpFPredicate::OGT, a, b);
  auto predicate =
      isUnsigned ? arith::CmpIPredicate::ugt : arith::CmpIPredicate::sgt;
  return builder.create<arith::CmpIOp>(loc, predicate, a, b);
}

Value atrous::graph::createIndexCast(OpBuilder &builder, Location loc,
                                     Value value, Type type) {
  if (!isa<FloatType>(type))
    return builder.create<arith::IndexCastOp>(loc, type, value);
  Value integer =
      builder.create<arith::IndexCastOp>(loc, builder.getI64Type(), value);
  return builder.create<arith::SIToFPOp>(loc, type, integer);
}

Type atrous::graph::getSumType(Type type) {
  return type.isF16() || type.isBF16() ? Float32Type::get(type.getContext())
                                       : type;
}

Value atrous::graph::createWidened(OpBuilder &builder, Location loc,
                                   Value value, Type type) {
  if (value.getType() == type || !isa<FloatType>(type))
    return value;
  return builder.create<arith::ExtFOp>(loc, type, value);
}

Value atrous::graph::createRounded(OpBuilder &builder, Location loc,
                                   RankedTensorType type, Value tensor) {
  Type elementType = type.getElementType();
  if (getElementTypeOrSelf(tensor) == elementType)
    return tensor;
  return createMapped(
      builder, loc, type, tensor,
      builder.getMultiDimIdentityMap(type.getRank()),
      [&](OpBuilder &b, Location loc, ValueRange elements) -> Value {
        return b.create<arith::TruncFOp>(loc, elementType, elements[0]);
      });
}

Value atrous::graph::createMultiplyAdd(OpBuilder &builder, Location loc,
                                       Value acc, Value a, Value b) {
  Value product =
      createMul(builder, loc, createWidened(builder, loc, a, acc.getType()),
                createWidened(builder, loc, b, acc.getType()));
  return createAdd(builder, loc, acc, product);
}

static Value createExtreme(OpBuilder &builder, Location loc, Type type,
                           bool isUnsigned, bool lowest) {
  if (auto floatType = dyn_cast<FloatType>(type)) {
    auto infinity = APFloat::getInf(floatType.getFloatSemantics(), lowest);
    return builder.create<arith::ConstantOp>(
        loc, FloatAttr::get(floatType, infinity));
  }
  unsigned width = type.getIntOrFloatBitWidth();
  APInt value = isUnsigned ? (lowest ? APInt::getMinValue(width)
                                     : APInt::getMaxValue(width))
                           : (lowest ? APInt::getSignedMinValue(width)
                                     : APInt::getSignedMaxValue(width));
  return builder.create<arith::ConstantOp>(loc, IntegerAttr::get(type, value));
}

Value atrous::graph::createLowest(OpBuilder &builder, Location loc, Type type,
                                  bool isUnsigned) {
  return createExtreme(builder, loc, type, isUnsigned, /*lowest=*/true);
}

Value atrous::graph::createLargest(OpBuilder &builder, Location loc, Type type,
                                   bool isUnsigned) {
  return createExtreme(builder, loc, type, isUnsigned, /*lowest=*/false);
}
