//===- ResizeAxis.cpp - Where graph.resize looks --------------------------===//
//
// The formulas are those of the ONNX operator page, in the order of operations
// of ONNX Runtime, but for the size of the output: like ONNX's reference, they
// use the one before rounding.
//
//===----------------------------------------------------------------------===//

#include "dialects/graph/Loops.h"
#include "dialects/graph/Scalar.h"
#include "dialects/graph/ops/Resize.h"

#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace atrous::graph;

FloatType atrous::graph::getPlaceType(ResizeOp op) {
  Type elementType = getElementTypeOrSelf(op.getInput());
  bool isExact = elementType.isF64() || !isa<FloatType>(elementType);
  Builder builder(op.getContext());
  return isExact && op.getMode() != "nearest" ? builder.getF64Type()
                                              : builder.getF32Type();
}

//===----------------------------------------------------------------------===//
// Parameters
//===----------------------------------------------------------------------===//

Value ResizeAxis::in() const { return createSize(b, b.getLoc(), dim.in); }
Value ResizeAxis::out() const { return createSize(b, b.getLoc(), dim.out); }

/// The element of an operand of floats.
Value ResizeAxis::load(const Sampler &sampler, Value vector,
                       int64_t entry) const {
  Value index = createIndex(b, b.getLoc(), entry);
  Value element = b.create<tensor::ExtractOp>(vector, index);
  return castScalar(b, b.getLoc(), element, element.getType(),
                    sampler.getType());
}

Value ResizeAxis::scale(const Sampler &sampler) const {
  if (dim.scale)
    return sampler.number(*dim.scale);
  if (scales)
    return load(sampler, scales, *dim.entry);
  return sampler.div(sampler.toFloat(out()), sampler.toFloat(in()));
}

Value ResizeAxis::width(const Sampler &sampler) const {
  if (dim.width)
    return sampler.number(*dim.width);
  if (!dim.scale && !scales)
    return sampler.toFloat(out());
  return sampler.mul(scale(sampler), sampler.toFloat(in()));
}

/// Begin or end of what tf_crop_and_resize shows.
Value ResizeAxis::corner(const Sampler &sampler, bool end) const {
  if (std::optional<float> constant = end ? dim.roiEnd : dim.roiStart)
    return sampler.number(*constant);
  return load(sampler, roi, *dim.entry + (end ? dim.entries : 0));
}

/// The last index of the input.
Value ResizeAxis::last(const Sampler &sampler) const {
  return sampler.sub(sampler.toFloat(in()), sampler.number(1));
}

//===----------------------------------------------------------------------===//
// Places
//===----------------------------------------------------------------------===//

/// in / 2 * (1 - out / width) + (x + 0.5) / scale - 0.5, in f64 as in ONNX
/// Runtime.
Value ResizeAxis::symmetric(const Sampler &sampler, Value index) const {
  Sampler wide(b, b.getF64Type());
  Value half = wide.number(0.5), center = wide.mul(wide.toFloat(in()), half);
  Value adjustment = wide.div(wide.toFloat(out()), width(wide));
  Value offset = wide.mul(center, wide.sub(wide.number(1), adjustment));
  Value place = wide.div(wide.add(wide.toFloat(index), half), scale(wide));
  place = wide.sub(wide.add(offset, place), half);
  return castScalar(b, b.getLoc(), place, wide.getType(), sampler.getType());
}

Value ResizeAxis::cropped(const Sampler &sampler, Value x) const {
  Value start = corner(sampler, false), end = corner(sampler, true);
  Value steps = last(sampler), half = sampler.number(0.5);
  Value middle = sampler.mul(sampler.mul(half, sampler.add(start, end)), steps);
  if (dim.out.size == 1)
    return middle;
  Value part = sampler.mul(sampler.mul(x, sampler.sub(end, start)), steps);
  part = sampler.div(part, sampler.sub(width(sampler), sampler.number(1)));
  Value place = sampler.add(part, sampler.mul(start, steps));
  return dim.out.isDynamic()
             ? sampler.select(sampler.isOne(out()), middle, place)
             : place;
}

Value ResizeAxis::find(const Sampler &sampler, Value index) {
  StringRef mode = op.getCoordinateTransformationMode();
  Value x = sampler.toFloat(index), half = sampler.number(0.5);
  Value zero = sampler.number(0);
  auto unlessOne = [&](auto place) -> Value {
    if (dim.out.size == 1)
      return zero;
    return dim.out.isDynamic()
               ? sampler.select(sampler.isOne(out()), zero, place())
               : place();
  };
  auto halfPixel = [&] {
    return sampler.div(sampler.add(x, half), scale(sampler));
  };
  if (mode == "asymmetric")
    return sampler.div(x, scale(sampler));
  if (mode == "tf_half_pixel_for_nn")
    return halfPixel();
  if (mode == "pytorch_half_pixel")
    return unlessOne([&] { return sampler.sub(halfPixel(), half); });
  if (mode == "align_corners")
    return unlessOne([&] {
      return sampler.div(sampler.mul(x, last(sampler)),
                         sampler.sub(width(sampler), sampler.number(1)));
    });
  if (mode == "half_pixel_symmetric")
    return symmetric(sampler, index);
  if (mode == "tf_crop_and_resize")
    return cropped(sampler, x);
  return sampler.sub(halfPixel(), half);
}

ResizePlace ResizeAxis::place(const Sampler &sampler, Value index) {
  Value place = find(sampler, index);
  if (op.getCoordinateTransformationMode() != "tf_crop_and_resize")
    return {place, Value()};
  Value before = sampler.less(place, sampler.number(0));
  Value behind = sampler.less(last(sampler), place);
  return {place, b.create<arith::OrIOp>(before, behind)};
}
