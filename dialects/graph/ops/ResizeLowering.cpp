//===- ResizeLowering.cpp - graph.resize as loops -------------------------===//
//
// Each output element is a weighted sum of input elements. Along a dimension
// the taps and their weights follow from the output index alone; a dimension
// that stays as it is has one tap.
//
//===----------------------------------------------------------------------===//

#include "dialects/graph/Constants.h"
#include "dialects/graph/Loops.h"
#include "dialects/graph/Scalar.h"
#include "dialects/graph/ops/Resize.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace atrous::graph;

namespace {
/// Emits the body of a resize.
class ResizeBody {
public:
  /// `tables` has per dimension the places of the outputs, where these were
  /// computed before.
  ResizeBody(ResizeOp op, ImplicitLocOpBuilder &b, ValueRange operands,
             ArrayRef<ResizedDim> dims, ArrayRef<Value> tables)
      : op(op), b(b), places(b, getPlaceType(op)), operands(operands),
        dims(dims), tables(tables) {}

  Value emit();

private:
  Value emitNearest(Value place, Value size);
  Taps emitLinear(Value x, Value size);
  Taps emitCubic(Value place, Value size);
  Taps emitTaps(int64_t dim);

  ResizeOp op;
  ImplicitLocOpBuilder &b;
  Sampler places;
  ValueRange operands;
  ArrayRef<ResizedDim> dims;
  ArrayRef<Value> tables;
  /// tf_crop_and_resize: some place lies outside of the input.
  Value outside;
};
} // namespace

/// size - 1 as a float.
static Value emitLast(const Sampler &places, Value size) {
  return places.sub(places.toFloat(size), places.number(1));
}

/// A place moved to within the input.
static Value holdWithin(const Sampler &places, Value place, Value size) {
  return places.hold(place, places.number(0), emitLast(places, size));
}

/// The places, held within the input, of the outputs along a dimension: the
/// same for all rows and channels.
static Value createPlaces(OpBuilder &builder, ResizeOp op, ValueRange operands,
                          const ResizedDim &dim) {
  FloatType type = getPlaceType(op);
  return createMapped(
      builder, op.getLoc(), getSymbolicType({dim.out}, type), {}, {},
      [&](OpBuilder &builder, Location loc, ValueRange) {
        ImplicitLocOpBuilder b(loc, builder);
        Sampler places(b, type);
        ResizeAxis axis(op, operands, dim, b);
        Value index = b.create<linalg::IndexOp>(0);
        return holdWithin(places, axis.place(places, index).place, axis.in());
      });
}

Value ResizeBody::emitNearest(Value place, Value size) {
  StringRef mode = op.getNearestMode();
  Value nearest;
  if (mode == "ceil") {
    nearest = b.create<math::CeilOp>(place);
  } else {
    nearest = b.create<math::FloorOp>(place);
    if (mode != "floor") {
      Value rest = places.sub(place, nearest);
      Value up = b.create<arith::CmpFOp>(mode == "round_prefer_ceil"
                                             ? arith::CmpFPredicate::OGE
                                             : arith::CmpFPredicate::OGT,
                                         rest, places.number(0.5));
      Value next = places.add(nearest, places.number(1));
      nearest = places.select(up, next, nearest);
    }
  }
  return places.toIndex(
      places.hold(nearest, places.number(0), emitLast(places, size)));
}

/// The neighbours of `x`, which lies within the input.
Taps ResizeBody::emitLinear(Value x, Value size) {
  Value left = b.create<math::FloorOp>(x);
  Value index = places.toIndex(left);
  Value one = createIndex(b, b.getLoc(), 1);
  Value last = b.createOrFold<arith::SubIOp>(size, one);
  Value next = b.createOrFold<arith::MinSIOp>(
      b.createOrFold<arith::AddIOp>(index, one), last);
  Value rest = places.sub(x, left);
  return {Tap{index, places.sub(places.number(1), rest), {}},
          Tap{next, rest, {}}};
}

Taps ResizeBody::emitCubic(Value place, Value size) {
  Taps taps = places.cubic(place, size, op.getCubicCoeffA().convertToDouble());
  Value sum;
  for (Tap &tap : taps) {
    if (op.getExcludeOutside()) {
      tap.weight = places.select(tap.inside, tap.weight, places.number(0));
      sum = sum ? places.add(sum, tap.weight) : tap.weight;
    }
    tap.inside = Value();
  }
  if (op.getExcludeOutside())
    for (Tap &tap : taps)
      tap.weight = places.div(tap.weight, sum);
  return taps;
}

Taps ResizeBody::emitTaps(int64_t dim) {
  Value index = b.create<linalg::IndexOp>(dim);
  if (!dims[dim].isResampled())
    return {Tap{index, {}, {}}};
  ResizeAxis axis(op, operands, dims[dim], b);
  Value size = axis.in();
  if (tables[dim])
    return emitLinear(b.create<tensor::ExtractOp>(tables[dim], index), size);
  ResizePlace place = axis.place(places, index);
  if (place.outside)
    outside = outside
                  ? b.create<arith::OrIOp>(outside, place.outside).getResult()
                  : place.outside;
  if (op.getMode() == "nearest")
    return {Tap{emitNearest(place.place, size), {}, {}}};
  if (op.getMode() == "linear")
    return emitLinear(holdWithin(places, place.place, size), size);
  return emitCubic(place.place, size);
}

Value ResizeBody::emit() {
  SmallVector<Taps> taps;
  for (int64_t dim = 0; dim < int64_t(dims.size()); ++dim)
    taps.push_back(emitTaps(dim));
  if (isChannelBlocked(op.getInput().getType()))
    taps.push_back({Tap{b.create<linalg::IndexOp>(dims.size()), {}, {}}});

  Type elementType = getElementTypeOrSelf(op.getInput());
  bool isWeighted = llvm::any_of(taps, [](const Taps &dimTaps) {
    return static_cast<bool>(dimTaps.front().weight);
  });
  // A lone tap is copied, whatever the type.
  Value result =
      isWeighted
          ? places.toElement(places.nestedSum(operands[0], elementType, taps),
                             elementType)
          : places.sum(operands[0], elementType, taps);
  if (!outside)
    return result;
  Value extrapolation =
      createNumber(b, b.getLoc(), result.getType(),
                   op.getExtrapolationValue().convertToDouble());
  return b.create<arith::SelectOp>(outside, extrapolation, result);
}

/// Scales that data supplies must be positive; a NaN is not.
static void checkScales(ResizeOp op, OpBuilder &builder, Value scales,
                        ArrayRef<ResizedDim> dims) {
  Location loc = op.getLoc();
  for (const ResizedDim &dim : dims) {
    if (!dim.entry)
      continue;
    Value scale = builder.create<tensor::ExtractOp>(
        loc, scales, createIndex(builder, loc, *dim.entry));
    Value isPositive = builder.create<arith::CmpFOp>(
        loc, arith::CmpFPredicate::OGT, scale,
        createNumber(builder, loc, scale.getType(), 0));
    builder.create<cf::AssertOp>(loc, isPositive, "a scale is not positive");
  }
}

FailureOr<SmallVector<Value>> ResizeOp::lowerToLinalg(OpBuilder &builder,
                                                      ValueRange operands) {
  if (failed(checkRanked(*this)))
    return failure();
  auto dims = getResizedDims(getLoc(), *this, getRanked(getInput().getType()));
  if (failed(dims))
    return failure();
  bool hasScale = getScales() || getKeepAspectRatioPolicy() == "stretch";
  for (const ResizedDim &dim : *dims)
    if (!dim.scale && (!hasScale || !getSizes()))
      return emitError("needs constant scales or sizes");
  if (getScales() && !getConstantElements(getScales()))
    checkScales(*this, builder, operands[2], *dims);
  if (needsPasses(*this, *dims))
    return SmallVector<Value>{lowerToPasses(*this, builder, operands, *dims)};
  // Cropping asks whether a place is outside, which a table has forgotten.
  bool isTabulated = getMode() == "linear" &&
                     getCoordinateTransformationMode() != "tf_crop_and_resize";
  SmallVector<Value> tables(dims->size());
  for (auto [table, dim] : llvm::zip_equal(tables, *dims))
    if (isTabulated && dim.isResampled())
      table = createPlaces(builder, *this, operands, dim);
  auto emitElement = [&](OpBuilder &b, Location loc, ValueRange) -> Value {
    ImplicitLocOpBuilder implicit(loc, b);
    return ResizeBody(*this, implicit, operands, *dims, tables).emit();
  };
  return SmallVector<Value>{createMapped(
      builder, getLoc(), getPhysicalResultType(*this), {}, {}, emitElement)};
}
