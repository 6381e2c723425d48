//===- GridSample.cpp - graph.grid_sample ---------------------------------===//
//
// Places are computed in f32 (f64 for a grid of f64), as ONNX's reference does.
//
//===----------------------------------------------------------------------===//

#include "dialects/graph/Loops.h"
#include "dialects/graph/Sampling.h"
#include "dialects/graph/Windows.h"

#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace atrous::graph;

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

LogicalResult GridSampleOp::inferReturnTypes(MLIRContext *,
                                             OptLocation location, Adaptor op,
                                             SmallVectorImpl<Type> &results) {
  Type elementType = getElementTypeOrSelf(op.getInput());
  RankedTensorType input = getRanked(op.getInput().getType());
  RankedTensorType grid = getRanked(op.getGrid().getType());
  if (!input || !grid)
    return addUnranked(elementType, results);
  int64_t rank = input.getRank() - 2;
  if (rank < 1 || grid.getRank() != rank + 2 ||
      differ(grid.getDimSize(rank + 1), rank))
    return emitOptionalError(location, "input ", toString(getDims(input)),
                             " does not go with the grid ",
                             toString(getDims(grid)));
  if (differ(input.getDimSize(0), grid.getDimSize(0)))
    return emitOptionalError(location, "input and grid have batches of ",
                             input.getDimSize(0), " and ", grid.getDimSize(0));
  for (int64_t size : input.getShape().drop_front(2))
    if (size == 0)
      return emitOptionalError(location, "input ", toString(getDims(input)),
                               " has no elements to sample");
  Dims dims{getDims(input)[0], getDims(input)[1]}, places = getDims(grid);
  dims.append(places.begin() + 1, places.end() - 1);
  return addResult(location, dims, elementType, results);
}

LogicalResult GridSampleOp::verify() {
  if (!llvm::is_contained({"nearest", "linear", "cubic"}, getMode()))
    return emitError("mode '") << getMode() << "' is unknown";
  if (!llvm::is_contained({"zeros", "border", "reflection"}, getPaddingMode()))
    return emitError("padding_mode '") << getPaddingMode() << "' is unknown";
  if (!isa<FloatType>(getElementTypeOrSelf(getGrid())))
    return emitError("grid has element type ")
           << getElementTypeOrSelf(getGrid()) << ", not a float";
  if (getElementTypeOrSelf(getInput()).isInteger(1) && getMode() != "nearest")
    return emitError("booleans cannot be interpolated");
  return success();
}

//===----------------------------------------------------------------------===//
// Lowering
//===----------------------------------------------------------------------===//

namespace {
/// Emits one element of the output.
class GridBody {
public:
  GridBody(GridSampleOp op, ImplicitLocOpBuilder &b, FloatType type,
           Value input, Value grid)
      : op(op), b(b), sampler(b, type), type(type), input(input), grid(grid),
        inputDims(getPhysicalDims(op.getInput().getType())),
        gridDims(getPhysicalDims(op.getGrid().getType())),
        rank(inputDims.size() - 2) {}

  Value emit();

private:
  /// Places beyond which padding begins, along one spatial dimension.
  struct Border {
    Value low, high;
  };
  Border border(Value size);
  Value place(int64_t dim, Value size);
  Value reflect(Value x, Border border);
  Value pad(Value x, Value size);
  Tap padTap(Tap tap, Value index, Value size);
  Taps taps(Value x, Value size);

  GridSampleOp op;
  ImplicitLocOpBuilder &b;
  Sampler sampler;
  FloatType type;
  Value input, grid;
  Dims inputDims, gridDims;
  int64_t rank;
};
} // namespace

GridBody::Border GridBody::border(Value size) {
  Value count = sampler.toFloat(size);
  if (op.getAlignCorners())
    return {sampler.number(0), sampler.sub(count, sampler.number(1))};
  return {sampler.number(-0.5), sampler.sub(count, sampler.number(0.5))};
}

/// Where in the input the grid points to along spatial dimension `dim`.
Value GridBody::place(int64_t dim, Value size) {
  Value batch = b.create<linalg::IndexOp>(0);
  // Nothing but the model says that there are as many pictures as grids.
  if (!gridDims[0].isSameAs(inputDims[0]))
    batch = createClamped(b, b.getLoc(), batch, gridDims[0]);
  SmallVector<Value> indices{batch};
  for (int64_t i = 0; i < rank; ++i)
    indices.push_back(b.create<linalg::IndexOp>(2 + i));
  Value coordinate = createIndex(b, b.getLoc(), rank - 1 - dim);
  if (gridDims.back().isDynamic())
    coordinate = createClamped(b, b.getLoc(), coordinate, gridDims.back());
  indices.push_back(coordinate);
  Value x = createWidened(b, b.getLoc(),
                          b.create<tensor::ExtractOp>(grid, indices), type);
  x = sampler.add(x, sampler.number(1));
  Value half = sampler.number(2), one = sampler.number(1);
  Value count = sampler.toFloat(size);
  if (op.getAlignCorners())
    return sampler.mul(sampler.div(x, half), sampler.sub(count, one));
  return sampler.div(sampler.sub(sampler.mul(x, count), one), half);
}

/// x thrown back at the border as often as it takes.
Value GridBody::reflect(Value x, Border border) {
  Value range = sampler.sub(border.high, border.low), zero = sampler.number(0);
  Value before = sampler.sub(border.low, x),
        behind = sampler.sub(x, border.high);
  Value isBefore = sampler.less(zero, before);
  Value distance = sampler.select(isBefore, before, behind);
  Value turns = b.create<math::FloorOp>(sampler.div(distance, range));
  Value rest = sampler.sub(distance, sampler.mul(turns, range));
  Value halfTurns = sampler.mul(turns, sampler.number(0.5));
  Value isEven = b.create<arith::CmpFOp>(
      arith::CmpFPredicate::OEQ, b.create<math::FloorOp>(halfTurns), halfTurns);
  // An even number of turns comes from the near border.
  Value fromLow =
      b.create<arith::CmpIOp>(arith::CmpIPredicate::eq, isBefore, isEven);
  Value thrown = sampler.select(fromLow, sampler.add(border.low, rest),
                                sampler.sub(border.high, rest));
  // A single element reflects nothing: range is 0, and `thrown` NaN.
  Value isOutside = sampler.less(zero, distance);
  return sampler.select(isOutside,
                        sampler.hold(thrown, border.low, border.high), x);
}

/// The place that stands for x according to the padding.
Value GridBody::pad(Value x, Value size) {
  if (op.getPaddingMode() == "zeros")
    return x;
  Border limits = border(size);
  if (op.getPaddingMode() == "reflection")
    return reflect(x, limits);
  Value isOutside = b.create<arith::OrIOp>(sampler.less(x, limits.low),
                                           sampler.less(limits.high, x));
  Value last = sampler.sub(sampler.toFloat(size), sampler.number(1));
  return sampler.select(isOutside, sampler.hold(x, sampler.number(0), last), x);
}

/// The tap at `index` as padding makes it.
Tap GridBody::padTap(Tap tap, Value index, Value size) {
  if (op.getPaddingMode() == "zeros")
    return tap;
  tap.inside = Value();
  if (op.getPaddingMode() == "border")
    return tap;
  Value thrown = reflect(sampler.toFloat(index), border(size));
  Tap reflected =
      sampler.tapAt(sampler.indexNear(thrown, size), tap.weight, size);
  reflected.inside = Value();
  return reflected;
}

Taps GridBody::taps(Value x, Value size) {
  if (op.getMode() == "nearest")
    x = b.create<math::RoundEvenOp>(x);
  x = pad(x, size);
  Value whole = b.create<math::FloorOp>(x);
  if (op.getMode() == "nearest") {
    Value index = sampler.indexNear(whole, size);
    return {padTap(sampler.tapAt(index, Value(), size), index, size)};
  }
  bool isLinear = op.getMode() == "linear";
  Taps taps =
      isLinear ? sampler.linear(x, size) : sampler.cubic(x, size, -0.75);
  if (op.getPaddingMode() == "zeros")
    return taps;
  Value first = sampler.indexNear(whole, size);
  for (auto [i, tap] : llvm::enumerate(taps)) {
    Value step = createIndex(b, b.getLoc(), int64_t(i) - (isLinear ? 0 : 1));
    tap = padTap(tap, createAdd(b, b.getLoc(), first, step), size);
  }
  return taps;
}

Value GridBody::emit() {
  SmallVector<Taps> allTaps;
  for (int64_t dim = 0; dim < 2; ++dim)
    allTaps.push_back({Tap{b.create<linalg::IndexOp>(dim), {}, {}}});
  for (int64_t dim = 0; dim < rank; ++dim) {
    Value size = createSize(b, b.getLoc(), inputDims[dim + 2]);
    allTaps.push_back(taps(place(dim, size), size));
  }
  Type elementType = getElementTypeOrSelf(op.getInput());
  Value sum = sampler.sum(input, elementType, allTaps);
  return op.getMode() == "nearest" ? sum : sampler.toElement(sum, elementType);
}

LoweredValues GridSampleOp::lowerToLinalg(OpBuilder &builder,
                                          ValueRange operands) {
  if (failed(checkRanked(*this)))
    return failure();
  bool isWide = getElementTypeOrSelf(getInput()).isF64() ||
                getElementTypeOrSelf(getGrid()).isF64();
  FloatType type = isWide ? builder.getF64Type() : builder.getF32Type();
  auto emitElement = [&](OpBuilder &b, Location loc, ValueRange) -> Value {
    ImplicitLocOpBuilder implicit(loc, b);
    return GridBody(*this, implicit, type, operands[0], operands[1]).emit();
  };
  return SmallVector<Value>{createMapped(
      builder, getLoc(), getPhysicalResultType(*this), {}, {}, emitElement)};
}
