//===- ResizePasses.cpp - graph.resize, one dimension after the other -----===//
//
// Shrinking by s < 1, an antialiased filter f becomes f(s * distance), and as
// many times wider; else s is 1. Weights are divided by their sum:
//
//   raw[o, t] = f(s * (first[o] + t - place[o]))    total[o] = sum of raw[o, t]
//   out[.., o, ..] += in[.., first[o] + t, ..] * raw[o, t] / total[o]
//
// Where sizes or s are not constant, each element computes its weights itself.
//
//===----------------------------------------------------------------------===//

#include "dialects/graph/Loops.h"
#include "dialects/graph/Scalar.h"
#include "dialects/graph/ops/Resize.h"

#include "mlir/IR/TypeUtilities.h"
#include <cmath>

using namespace mlir;
using namespace atrous::graph;

/// Combinations of taps of so many dimensions are written out.
constexpr int64_t kMaxUnrolledLinear = 4, kMaxUnrolledCubic = 3;

bool atrous::graph::needsPasses(ResizeOp op, ArrayRef<ResizedDim> dims) {
  if (op.getMode() == "nearest")
    return false;
  int64_t count = llvm::count_if(
      dims, [](const ResizedDim &dim) { return dim.isResampled(); });
  if (count >
      (op.getMode() == "linear" ? kMaxUnrolledLinear : kMaxUnrolledCubic))
    return true;
  // Enlarging, an antialiased filter is the plain one.
  return op.getAntialias() && llvm::any_of(dims, [](const ResizedDim &dim) {
           return !dim.scale || *dim.scale < 1;
         });
}

namespace {
/// One pass along dimension `axis`.
class ResizePass {
public:
  ResizePass(ResizeOp op, OpBuilder &builder, ValueRange operands,
             const ResizedDim &dim, int64_t axis)
      : op(op), builder(builder), loc(op.getLoc()), operands(operands),
        dim(dim), axis(axis), type(getPlaceType(op)) {}

  /// `input`, whose elements are of logical type `elementType`, resampled to a
  /// tensor of `outputType`.
  Value emit(Value input, Type elementType, RankedTensorType outputType);

private:
  double support() { return op.getMode() == "linear" ? 1 : 2; }
  bool isTabulated() const {
    return dim.scale && !dim.in.isDynamic() && !dim.out.isDynamic();
  }
  /// Of the distance.
  double factor() {
    return op.getAntialias() ? std::min(*dim.scale, 1.0) : 1.0;
  }
  /// Taps on either side of a place.
  int64_t reach() {
    return static_cast<int64_t>(std::ceil(support() / factor()));
  }

  Value emitFirst(ImplicitLocOpBuilder &b, Value place, Value reach);
  Value emitWeight(ImplicitLocOpBuilder &b, Value index, Value place,
                   Value factor);
  Value loadAt(ImplicitLocOpBuilder &b, Value input, Type elementType,
               SmallVector<Value> indices, Value index);
  Value createFirst();
  Value createRaw();
  Value createTotal(Value raw);
  Value emitTabulated(Value input, Type elementType,
                      RankedTensorType outputType);
  Value emitElement(ImplicitLocOpBuilder &b, Value input, Type elementType,
                    int64_t rank);
  Value extrapolate(Value value, RankedTensorType outputType);

  ResizeOp op;
  OpBuilder &builder;
  Location loc;
  ValueRange operands;
  const ResizedDim &dim;
  int64_t axis;
  /// Of weights and sums.
  FloatType type;
};
} // namespace

/// The index of the first tap for `place`; it may lie outside.
Value ResizePass::emitFirst(ImplicitLocOpBuilder &b, Value place, Value reach) {
  Sampler sampler(b, type);
  Value right = b.create<math::CeilOp>(place);
  // Far outside all places are alike.
  Value margin = sampler.add(sampler.toFloat(reach), sampler.number(1));
  Value size = sampler.toFloat(ResizeAxis(op, operands, dim, b).in());
  Value held = sampler.hold(right, sampler.sub(sampler.number(0), margin),
                            sampler.add(size, margin));
  return createSub(b, loc, sampler.toIndex(held), reach);
}

/// The weight of the element at `index`, before normalisation.
Value ResizePass::emitWeight(ImplicitLocOpBuilder &b, Value index, Value place,
                             Value factor) {
  Sampler sampler(b, type);
  Value distance = b.create<math::AbsFOp>(
      sampler.mul(sampler.sub(sampler.toFloat(index), place), factor));
  Value weight;
  if (op.getMode() == "linear")
    weight = sampler.hold(sampler.sub(sampler.number(1), distance),
                          sampler.number(0), sampler.number(1));
  else
    weight =
        sampler.cubicKernel(distance, op.getCubicCoeffA().convertToDouble());
  if (!op.getExcludeOutside())
    return weight;
  return sampler.select(createInBounds(b, loc, index, dim.in), weight,
                        sampler.number(0));
}

/// The element of `input` at `indices`, but for `index` along the axis.
Value ResizePass::loadAt(ImplicitLocOpBuilder &b, Value input, Type elementType,
                         SmallVector<Value> indices, Value index) {
  indices[axis] = createClamped(b, loc, index, dim.in);
  Value element = b.create<tensor::ExtractOp>(input, indices);
  return castScalar(b, loc, element, elementType, type);
}

//===----------------------------------------------------------------------===//
// Tables
//===----------------------------------------------------------------------===//

Value ResizePass::createFirst() {
  auto firstType = RankedTensorType::get(dim.out.size, builder.getI64Type());
  return createMapped(
      builder, loc, firstType, {}, {},
      [&](OpBuilder &builder, Location loc, ValueRange) {
        ImplicitLocOpBuilder b(loc, builder);
        ResizePlace place =
            ResizeAxis(op, operands, dim, b)
                .place(Sampler(b, type), b.create<linalg::IndexOp>(0));
        Value first = emitFirst(b, place.place, createIndex(b, loc, reach()));
        return createIndexCast(b, loc, first, b.getI64Type());
      });
}

Value ResizePass::createRaw() {
  auto rawType = RankedTensorType::get({dim.out.size, 2 * reach()}, type);
  return createMapped(
      builder, loc, rawType, {}, {},
      [&](OpBuilder &builder, Location loc, ValueRange) {
        ImplicitLocOpBuilder b(loc, builder);
        Sampler sampler(b, type);
        Value place = ResizeAxis(op, operands, dim, b)
                          .place(sampler, b.create<linalg::IndexOp>(0))
                          .place;
        Value first = emitFirst(b, place, createIndex(b, loc, reach()));
        Value index = createAdd(b, loc, first, b.create<linalg::IndexOp>(1));
        return emitWeight(b, index, place, sampler.number(factor()));
      });
}

/// The sum of each row of `raw`.
Value ResizePass::createTotal(Value raw) {
  Loops loops(op.getContext());
  AffineExpr o = loops.parallel(), t = loops.reduction();
  Value zero = createNumber(builder, loc, type, 0);
  Value init = createFilled(builder, loc,
                            RankedTensorType::get(dim.out.size, type), zero);
  return createGeneric(
             builder, loc, loops, raw, init, {loops.map({o, t}), loops.map(o)},
             [](OpBuilder &b, Location loc, ValueRange args) {
               return SmallVector<Value>{createAdd(b, loc, args[1], args[0])};
             })
      .getResult(0);
}

Value ResizePass::emitTabulated(Value input, Type elementType,
                                RankedTensorType outputType) {
  Value init = createFilled(builder, loc, outputType,
                            createNumber(builder, loc, type, 0));
  Value first = createFirst(), raw = createRaw(), total = createTotal(raw);
  Loops loops(op.getContext());
  int64_t rank = outputType.getRank();
  SmallVector<AffineExpr> output = loops.parallel(rank);
  AffineExpr o = output[axis], t = loops.reduction();
  auto emitBody = [&](OpBuilder &builder, Location loc, ValueRange args) {
    ImplicitLocOpBuilder b(loc, builder);
    SmallVector<Value> indices;
    for (int64_t i = 0; i < rank; ++i)
      indices.push_back(b.create<linalg::IndexOp>(i));
    Value index = createIndexCast(b, loc, args[0], b.getIndexType());
    index = createAdd(b, loc, index, b.create<linalg::IndexOp>(rank));
    Value element = loadAt(b, input, elementType, indices, index);
    Value weight = Sampler(b, type).div(args[1], args[2]);
    return SmallVector<Value>{
        createMultiplyAdd(b, loc, args[3], element, weight)};
  };
  return createGeneric(
             builder, loc, loops, {first, raw, total}, init,
             {loops.map(o), loops.map({o, t}), loops.map(o), loops.map(output)},
             emitBody)
      .getResult(0);
}

//===----------------------------------------------------------------------===//
// Element by element
//===----------------------------------------------------------------------===//

Value ResizePass::emitElement(ImplicitLocOpBuilder &b, Value input,
                              Type elementType, int64_t rank) {
  Sampler sampler(b, type);
  ResizeAxis geometry(op, operands, dim, b);
  SmallVector<Value> indices;
  for (int64_t i = 0; i < rank; ++i)
    indices.push_back(b.create<linalg::IndexOp>(i));
  Value place = geometry.place(sampler, indices[axis]).place;
  Value factor = sampler.number(1);
  if (op.getAntialias())
    factor = sampler.hold(geometry.scale(sampler),
                          sampler.number(std::ldexp(1.0, -30)), factor);
  Value reach = sampler.toIndex(
      b.create<math::CeilOp>(sampler.div(sampler.number(support()), factor)));
  Value first = emitFirst(b, place, reach);
  Value zero = sampler.number(0), one = createIndex(b, loc, 1);
  auto loop = b.create<scf::ForOp>(
      createIndex(b, loc, 0), createAdd(b, loc, reach, reach), one,
      ValueRange{zero, zero},
      [&](OpBuilder &builder, Location loc, Value tap, ValueRange sums) {
        ImplicitLocOpBuilder b(loc, builder);
        Value index = createAdd(b, loc, first, tap);
        Value weight = emitWeight(b, index, place, factor);
        Value element = loadAt(b, input, elementType, indices, index);
        b.create<scf::YieldOp>(
            ValueRange{createMultiplyAdd(b, loc, sums[0], element, weight),
                       createAdd(b, loc, sums[1], weight)});
      });
  return sampler.div(loop.getResult(0), loop.getResult(1));
}

Value ResizePass::extrapolate(Value value, RankedTensorType outputType) {
  return createMapped(
      builder, loc, outputType, value,
      builder.getMultiDimIdentityMap(outputType.getRank()),
      [&](OpBuilder &builder, Location loc, ValueRange args) -> Value {
        ImplicitLocOpBuilder b(loc, builder);
        Value index = b.create<linalg::IndexOp>(axis);
        Value outside = ResizeAxis(op, operands, dim, b)
                            .place(Sampler(b, type), index)
                            .outside;
        Value extrapolation = createNumber(
            b, loc, type, op.getExtrapolationValue().convertToDouble());
        return b.create<arith::SelectOp>(outside, extrapolation, args[0]);
      });
}

Value ResizePass::emit(Value input, Type elementType,
                       RankedTensorType outputType) {
  if (llvm::is_contained(outputType.getShape(), 0))
    return createEmpty(builder, loc, outputType);
  Value value;
  if (isTabulated())
    value = emitTabulated(input, elementType, outputType);
  else
    value = createMapped(builder, loc, outputType, {}, {},
                         [&](OpBuilder &builder, Location loc, ValueRange) {
                           ImplicitLocOpBuilder b(loc, builder);
                           return emitElement(b, input, elementType,
                                              outputType.getRank());
                         });
  if (op.getCoordinateTransformationMode() != "tf_crop_and_resize")
    return value;
  return extrapolate(value, outputType);
}

Value atrous::graph::lowerToPasses(ResizeOp op, OpBuilder &builder,
                                   ValueRange operands,
                                   ArrayRef<ResizedDim> dims) {
  RankedTensorType type = getPhysicalResultType(op);
  Type elementType = getElementTypeOrSelf(op.getInput());
  FloatType sumType = getPlaceType(op);
  Dims shape = getPhysicalDims(op.getInput().getType());
  Value value = operands[0];
  Type current = elementType;
  for (auto [axis, dim] : llvm::enumerate(dims)) {
    if (!dim.isResampled())
      continue;
    shape[axis] = dim.out;
    value = ResizePass(op, builder, operands, dim, axis)
                .emit(value, current, getSymbolicType(shape, sumType));
    current = sumType;
  }
  if (sumType == elementType)
    return value;
  return createMapped(
      builder, op.getLoc(), type, value,
      builder.getMultiDimIdentityMap(type.getRank()),
      [&](OpBuilder &builder, Location loc, ValueRange args) {
        ImplicitLocOpBuilder b(loc, builder);
        return Sampler(b, sumType).toElement(args[0], elementType);
      });
}
