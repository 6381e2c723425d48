//===- ResizeAntialias.cpp - graph.resize with a widened filter -----------===//
//
// Shrinking by s < 1, the filter f becomes f(s * distance), and as many times
// wider; its weights are divided by their sum. One pass per dimension:
//
//   raw[o, t] = f(s * (first[o] + t - place[o]))    total[o] = sum of raw[o, t]
//   out[.., o, ..] += in[.., first[o] + t, ..] * raw[o, t] / total[o]
//
//===----------------------------------------------------------------------===//

#include "dialects/graph/Loops.h"
#include "dialects/graph/Scalar.h"
#include "dialects/graph/ops/Resize.h"

#include "mlir/IR/TypeUtilities.h"
#include <cmath>

using namespace mlir;
using namespace atrous::graph;

bool atrous::graph::needsAntialias(ResizeOp op, ArrayRef<ResizedDim> dims) {
  return op.getAntialias() && op.getMode() != "nearest" &&
         llvm::any_of(dims,
                      [](const ResizedDim &dim) { return *dim.scale < 1; });
}

namespace {
/// One pass along dimension `axis`.
class AntialiasPass {
public:
  AntialiasPass(ResizeOp op, OpBuilder &builder, const ResizedDim &dim,
                int64_t axis, int64_t in)
      : op(op), builder(builder), loc(op.getLoc()), dim(dim), axis(axis),
        in(in), out(dim.size.size), type(getPlaceType(op)),
        scale(std::min(dim.exactScale, 1.0)) {
    double support = op.getMode() == "linear" ? 1 : 2;
    reach = static_cast<int64_t>(std::ceil(support / scale));
  }

  /// `input`, whose elements are of logical type `elementType`, resampled.
  Value emit(Value input, Type elementType);

private:
  Value emitFirst(ImplicitLocOpBuilder &b, Value place);
  Value emitRaw(ImplicitLocOpBuilder &b);
  Value createFirst();
  Value createRaw();
  Value createTotal(Value raw);

  ResizeOp op;
  OpBuilder &builder;
  Location loc;
  const ResizedDim &dim;
  int64_t axis, in, out;
  /// Of weights and sums.
  FloatType type;
  double scale;
  /// Taps on either side of a place.
  int64_t reach;
};
} // namespace

/// The index of the first tap for `place`; it may lie outside.
Value AntialiasPass::emitFirst(ImplicitLocOpBuilder &b, Value place) {
  Sampler sampler(b, type);
  Value right = b.create<math::CeilOp>(place);
  // Far outside all places are alike.
  Value held = sampler.hold(right, sampler.number(-reach - 1),
                            sampler.number(in + reach + 1));
  return createSub(b, loc, sampler.toIndex(held), createIndex(b, loc, reach));
}

/// The weight of tap (o, t) before normalisation.
Value AntialiasPass::emitRaw(ImplicitLocOpBuilder &b) {
  Sampler sampler(b, type);
  Value place =
      emitResizePlace(op, b, dim, b.create<linalg::IndexOp>(0), in).place;
  Value index =
      createAdd(b, loc, emitFirst(b, place), b.create<linalg::IndexOp>(1));
  Value distance = b.create<math::AbsFOp>(sampler.mul(
      sampler.sub(sampler.toFloat(index), place), sampler.number(scale)));
  Value weight;
  if (op.getMode() == "linear")
    weight = sampler.hold(sampler.sub(sampler.number(1), distance),
                          sampler.number(0), sampler.number(1));
  else
    weight =
        sampler.cubicKernel(distance, op.getCubicCoeffA().convertToDouble());
  if (!op.getExcludeOutside())
    return weight;
  return sampler.select(createInBounds(b, loc, index, in), weight,
                        sampler.number(0));
}

Value AntialiasPass::createFirst() {
  auto firstType = RankedTensorType::get(out, builder.getI64Type());
  return createMapped(
      builder, loc, firstType, {}, {},
      [&](OpBuilder &b, Location loc, ValueRange) {
        ImplicitLocOpBuilder implicit(loc, b);
        ResizePlace place = emitResizePlace(
            op, implicit, dim, b.create<linalg::IndexOp>(loc, 0), in);
        return createIndexCast(b, loc, emitFirst(implicit, place.place),
                               b.getI64Type());
      });
}

Value AntialiasPass::createRaw() {
  auto rawType = RankedTensorType::get({out, 2 * reach}, type);
  return createMapped(builder, loc, rawType, {}, {},
                      [&](OpBuilder &b, Location loc, ValueRange) {
                        ImplicitLocOpBuilder implicit(loc, b);
                        return emitRaw(implicit);
                      });
}

/// The sum of each row of `raw`.
Value AntialiasPass::createTotal(Value raw) {
  Loops loops(op.getContext());
  AffineExpr o = loops.parallel(), t = loops.reduction();
  Value zero = createNumber(builder, loc, type, 0);
  Value init =
      createFilled(builder, loc, RankedTensorType::get(out, type), zero);
  return createGeneric(
             builder, loc, loops, raw, init, {loops.map({o, t}), loops.map(o)},
             [](OpBuilder &b, Location loc, ValueRange args) {
               return SmallVector<Value>{createAdd(b, loc, args[1], args[0])};
             })
      .getResult(0);
}

Value AntialiasPass::emit(Value input, Type elementType) {
  SmallVector<int64_t> shape(getShape(input));
  shape[axis] = out;
  auto outputType = RankedTensorType::get(shape, type);
  Value init = createFilled(builder, loc, outputType,
                            createNumber(builder, loc, type, 0));
  if (outputType.getNumElements() == 0)
    return init;
  Value first = createFirst(), raw = createRaw(), total = createTotal(raw);

  Loops loops(op.getContext());
  SmallVector<AffineExpr> output = loops.parallel(shape.size());
  AffineExpr o = output[axis], t = loops.reduction();
  auto emitBody = [&](OpBuilder &builder, Location loc, ValueRange args) {
    ImplicitLocOpBuilder b(loc, builder);
    Sampler sampler(b, type);
    SmallVector<Value> indices;
    for (size_t i = 0; i < shape.size(); ++i)
      indices.push_back(b.create<linalg::IndexOp>(i));
    Value index = createIndexCast(b, loc, args[0], b.getIndexType());
    index = createAdd(b, loc, index, b.create<linalg::IndexOp>(shape.size()));
    indices[axis] = createClamped(b, loc, index, in);
    Value element = b.create<tensor::ExtractOp>(input, indices);
    element = castScalar(b, loc, element, elementType, type);
    Value weight = sampler.div(args[1], args[2]);
    return SmallVector<Value>{
        createMultiplyAdd(b, loc, args[3], element, weight)};
  };
  Value sum = createGeneric(builder, loc, loops, {first, raw, total}, init,
                            {loops.map(o), loops.map({o, t}), loops.map(o),
                             loops.map(output)},
                            emitBody)
                  .getResult(0);
  if (op.getCoordinateTransformationMode() != "tf_crop_and_resize")
    return sum;
  return createMapped(
      builder, loc, outputType, sum,
      builder.getMultiDimIdentityMap(shape.size()),
      [&](OpBuilder &builder, Location loc, ValueRange args) -> Value {
        ImplicitLocOpBuilder b(loc, builder);
        Value index = b.create<linalg::IndexOp>(axis);
        Value outside = emitResizePlace(op, b, dim, index, in).outside;
        Value extrapolation = createNumber(
            b, loc, type, op.getExtrapolationValue().convertToDouble());
        return b.create<arith::SelectOp>(outside, extrapolation, args[0]);
      });
}

Value atrous::graph::lowerAntialiased(ResizeOp op, OpBuilder &builder,
                                      Value input, ArrayRef<ResizedDim> dims) {
  RankedTensorType type = getPhysicalResultType(op);
  Type elementType = getElementTypeOrSelf(op.getInput());
  FloatType sumType = getPlaceType(op);
  Value value = input;
  Type current = elementType;
  for (auto [axis, dim] : llvm::enumerate(dims)) {
    if (!dim.isResampled())
      continue;
    value = AntialiasPass(op, builder, dim, axis, getShape(value)[axis])
                .emit(value, current);
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
