//===- ResizeLowering.cpp - graph.resize as loops -------------------------===//
//
// Each output element is a weighted sum of input elements. Along a dimension
// the taps and their weights follow from the output index alone, computed in
// f32 as ONNX Runtime does; a dimension that stays as it is has one tap.
//
//===----------------------------------------------------------------------===//

#include "dialects/graph/Loops.h"
#include "dialects/graph/Scalar.h"
#include "dialects/graph/ops/Resize.h"

#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace atrous::graph;

namespace {
/// An input index along one dimension, and its weight (null: 1).
struct Tap {
  Value index, weight;
};

/// Emits the body of a resize. Float values are f32.
class ResizeBody {
public:
  ResizeBody(ResizeOp op, ImplicitLocOpBuilder &b, Value input,
             ArrayRef<ResizedDim> dims)
      : op(op), b(b), input(input), dims(dims) {}

  Value emit();

private:
  Value number(double value) {
    return b.create<arith::ConstantOp>(b.getF32FloatAttr(value));
  }
  Value select(Value condition, Value yes, Value no) {
    return b.create<arith::SelectOp>(condition, yes, no);
  }
  Value compare(arith::CmpFPredicate predicate, Value x, Value y) {
    return b.create<arith::CmpFOp>(predicate, x, y);
  }
  Value clamp(Value x, double low, double high);
  Value toIndex(Value x);

  bool isResampled(int64_t dim) const;
  Value emitCoordinate(int64_t dim);
  Value emitNearest(Value coordinate, int64_t size);
  SmallVector<Tap> emitLinear(Value coordinate, int64_t size);
  SmallVector<Tap> emitCubic(Value coordinate, int64_t size);
  SmallVector<Tap> emitTaps(int64_t dim);
  Value emitWeightedSum(ArrayRef<SmallVector<Tap>> taps);

  ResizeOp op;
  ImplicitLocOpBuilder &b;
  Value input;
  ArrayRef<ResizedDim> dims;
  /// tf_crop_and_resize: some coordinate lies outside of the input.
  Value outside;
};
} // namespace

Value ResizeBody::clamp(Value x, double low, double high) {
  Value least = number(low), most = number(high);
  x = select(compare(arith::CmpFPredicate::OGT, x, least), x, least);
  return select(compare(arith::CmpFPredicate::OLT, x, most), x, most);
}

Value ResizeBody::toIndex(Value x) {
  Value integer = b.create<arith::FPToSIOp>(b.getI64Type(), x);
  return b.create<arith::IndexCastOp>(b.getIndexType(), integer);
}

bool ResizeBody::isResampled(int64_t dim) const {
  const ResizedDim &resized = dims[dim];
  return resized.scale != 1.0f || resized.roiStart != 0 || resized.roiEnd != 1;
}

/// Where the output index along `dim` lies in the input. The formulas are those
/// of the ONNX operator page, in the order of operations of ONNX Runtime.
Value ResizeBody::emitCoordinate(int64_t dim) {
  StringRef mode = op.getCoordinateTransformationMode();
  const ResizedDim &resized = dims[dim];
  float scale = *resized.scale;
  auto in =
      static_cast<float>(getRanked(op.getInput().getType()).getDimSize(dim));
  auto out = static_cast<float>(resized.size.size);
  Value x = createIndexCast(b, b.getLoc(), b.create<linalg::IndexOp>(dim),
                            b.getF32Type());
  auto add = [&](Value value, float c) -> Value {
    return c == 0 ? value : b.create<arith::AddFOp>(value, number(c));
  };
  auto divide = [&](Value value, float c) -> Value {
    return b.create<arith::DivFOp>(value, number(c));
  };
  auto multiply = [&](Value value, float c) -> Value {
    return b.create<arith::MulFOp>(value, number(c));
  };
  auto halfPixel = [&] { return divide(add(x, 0.5f), scale); };
  if (mode == "asymmetric")
    return divide(x, scale);
  if (mode == "tf_half_pixel_for_nn")
    return halfPixel();
  if (mode == "pytorch_half_pixel")
    return out > 1 ? add(halfPixel(), -0.5f) : number(0);
  if (mode == "align_corners")
    return out == 1 ? number(0) : divide(multiply(x, in - 1), out - 1);
  if (mode == "half_pixel_symmetric") {
    // Here ONNX Runtime computes in double.
    float offset = in / 2 * (1 - out / (scale * in));
    Value wide = b.create<arith::ExtFOp>(b.getF64Type(), x);
    auto wideNumber = [&](double value) -> Value {
      return b.create<arith::ConstantOp>(b.getF64FloatAttr(value));
    };
    wide = b.create<arith::AddFOp>(wide, wideNumber(0.5));
    wide = b.create<arith::DivFOp>(wide, wideNumber(scale));
    wide = b.create<arith::AddFOp>(wideNumber(offset), wide);
    wide = b.create<arith::SubFOp>(wide, wideNumber(0.5));
    return b.create<arith::TruncFOp>(b.getF32Type(), wide);
  }
  if (mode == "tf_crop_and_resize") {
    float start = resized.roiStart, end = resized.roiEnd;
    if (out == 1)
      return number(0.5f * (start + end) * (in - 1));
    return add(divide(multiply(multiply(x, end - start), in - 1), out - 1),
               start * (in - 1));
  }
  return add(halfPixel(), -0.5f);
}

Value ResizeBody::emitNearest(Value coordinate, int64_t size) {
  StringRef mode = op.getNearestMode();
  Value nearest;
  if (mode == "ceil") {
    nearest = b.create<math::CeilOp>(coordinate);
  } else {
    nearest = b.create<math::FloorOp>(coordinate);
    if (mode != "floor") {
      Value rest = b.create<arith::SubFOp>(coordinate, nearest);
      Value up =
          compare(mode == "round_prefer_ceil" ? arith::CmpFPredicate::OGE
                                              : arith::CmpFPredicate::OGT,
                  rest, number(0.5));
      Value next = b.create<arith::AddFOp>(nearest, number(1));
      nearest = select(up, next, nearest);
    }
  }
  return toIndex(clamp(nearest, 0, size - 1));
}

SmallVector<Tap> ResizeBody::emitLinear(Value coordinate, int64_t size) {
  Value x = clamp(coordinate, 0, size - 1);
  Value left = b.create<math::FloorOp>(x);
  Value index = toIndex(left);
  Value next = b.create<arith::AddIOp>(index, createIndex(b, b.getLoc(), 1));
  next = createClamped(b, b.getLoc(), next, size);
  Value rest = b.create<arith::SubFOp>(x, left);
  Value share = b.create<arith::SubFOp>(number(1), rest);
  return {{index, share}, {next, rest}};
}

/// Keys' kernel with parameter a at the distances 1 + r, r, 1 - r, 2 - r.
SmallVector<Tap> ResizeBody::emitCubic(Value coordinate, int64_t size) {
  double a = op.getCubicCoeffA().convertToDouble();
  Value left = b.create<math::FloorOp>(coordinate);
  Value r = b.create<arith::SubFOp>(coordinate, left);
  auto horner = [&](Value x, ArrayRef<double> coefficients) {
    Value value = number(coefficients[0]);
    for (double coefficient : coefficients.drop_front()) {
      value = b.create<arith::MulFOp>(value, x);
      if (coefficient != 0)
        value = b.create<arith::AddFOp>(value, number(coefficient));
    }
    return value;
  };
  Value one = number(1);
  Value s = b.create<arith::SubFOp>(one, r);
  SmallVector<double> near{a + 2, -(a + 3), 0, 1};
  SmallVector<double> far{a, -5 * a, 8 * a, -4 * a};
  SmallVector<Value> weights{horner(b.create<arith::AddFOp>(r, one), far),
                             horner(r, near), horner(s, near),
                             horner(b.create<arith::AddFOp>(s, one), far)};

  // Far outside, all taps are the border whatever the exact place.
  Value first = toIndex(clamp(left, -4, size + 4));
  SmallVector<Tap> taps;
  Value sum;
  for (auto [i, weight] : llvm::enumerate(weights)) {
    Value index = b.create<arith::AddIOp>(
        first, createIndex(b, b.getLoc(), int64_t(i) - 1));
    if (op.getExcludeOutside()) {
      weight =
          select(createInBounds(b, b.getLoc(), index, size), weight, number(0));
      sum = sum ? b.create<arith::AddFOp>(sum, weight).getResult() : weight;
    }
    taps.push_back({createClamped(b, b.getLoc(), index, size), weight});
  }
  if (op.getExcludeOutside())
    for (Tap &tap : taps)
      tap.weight = b.create<arith::DivFOp>(tap.weight, sum);
  return taps;
}

SmallVector<Tap> ResizeBody::emitTaps(int64_t dim) {
  if (!isResampled(dim))
    return {{b.create<linalg::IndexOp>(dim), Value()}};
  int64_t size = getRanked(op.getInput().getType()).getDimSize(dim);
  Value coordinate = emitCoordinate(dim);
  if (op.getCoordinateTransformationMode() == "tf_crop_and_resize") {
    Value before = compare(arith::CmpFPredicate::OLT, coordinate, number(0));
    Value behind =
        compare(arith::CmpFPredicate::OGT, coordinate, number(size - 1));
    Value either = b.create<arith::OrIOp>(before, behind);
    outside =
        outside ? b.create<arith::OrIOp>(outside, either).getResult() : either;
  }
  if (op.getMode() == "nearest")
    return {{emitNearest(coordinate, size), Value()}};
  return op.getMode() == "linear" ? emitLinear(coordinate, size)
                                  : emitCubic(coordinate, size);
}

/// The sum over one tap per dimension, in all combinations, in f32 (f64 for
/// f64 elements); a lone tap is copied.
Value ResizeBody::emitWeightedSum(ArrayRef<SmallVector<Tap>> taps) {
  Location loc = b.getLoc();
  Type elementType = getElementTypeOrSelf(op.getInput());
  Type sumType = elementType.isF64() ? b.getF64Type() : b.getF32Type();
  Value sum;
  SmallVector<size_t> choice(taps.size(), 0);
  while (true) {
    SmallVector<Value> indices;
    Value weight;
    for (auto [dim, which] : llvm::enumerate(choice)) {
      const Tap &tap = taps[dim][which];
      indices.push_back(tap.index);
      if (tap.weight)
        weight = weight ? createMul(b, loc, weight, tap.weight) : tap.weight;
    }
    Value element = b.create<tensor::ExtractOp>(input, indices);
    if (!weight)
      return element;
    element = castScalar(b, loc, element, elementType, sumType);
    weight = castScalar(b, loc, weight, b.getF32Type(), sumType);
    Value term = createMul(b, loc, weight, element);
    sum = sum ? createAdd(b, loc, sum, term) : term;
    int64_t dim = int64_t(taps.size()) - 1;
    while (dim >= 0 && ++choice[dim] == taps[dim].size())
      choice[dim--] = 0;
    if (dim < 0)
      return castScalar(b, loc, sum, sumType, elementType);
  }
}

Value ResizeBody::emit() {
  SmallVector<SmallVector<Tap>> taps;
  for (int64_t dim = 0; dim < int64_t(dims.size()); ++dim)
    taps.push_back(emitTaps(dim));
  if (isChannelBlocked(op.getInput().getType()))
    taps.push_back({{b.create<linalg::IndexOp>(dims.size()), Value()}});
  Value result = emitWeightedSum(taps);
  if (!outside)
    return result;
  Value extrapolation =
      createNumber(b, b.getLoc(), result.getType(),
                   op.getExtrapolationValue().convertToDouble());
  return select(outside, extrapolation, result);
}

FailureOr<SmallVector<Value>> ResizeOp::lowerToLinalg(OpBuilder &builder,
                                                      ValueRange operands) {
  if (failed(checkStatic(*this)))
    return failure();
  auto dims = getResizedDims(getLoc(), *this, getRanked(getInput().getType()));
  if (failed(dims))
    return failure();
  for (const ResizedDim &dim : *dims)
    if (!dim.scale)
      return emitError("needs constant scales or sizes");
  auto emitElement = [&](OpBuilder &b, Location loc, ValueRange) -> Value {
    ImplicitLocOpBuilder implicit(loc, b);
    return ResizeBody(*this, implicit, operands[0], *dims).emit();
  };
  return SmallVector<Value>{createMapped(
      builder, getLoc(), getPhysicalResultType(*this), {}, {}, emitElement)};
}
