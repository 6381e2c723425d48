//===- ResizePlace.cpp - Where graph.resize looks -------------------------===//
//
// The formulas are those of the ONNX operator page, in the order of operations
// of ONNX Runtime, but for the size of the output: like ONNX's reference, they
// use the one before rounding.
//
//===----------------------------------------------------------------------===//

#include "dialects/graph/Loops.h"
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

/// offset + (x + 0.5) / scale - 0.5 in f64, as ONNX Runtime does here.
static Value emitSymmetric(ImplicitLocOpBuilder &b, const ResizedDim &dim,
                           Value index, double in, FloatType type) {
  Sampler wide(b, b.getF64Type());
  double offset = in / 2 * (1 - double(dim.size.size) / dim.width);
  Value place = wide.add(wide.toFloat(index), wide.number(0.5));
  place = wide.div(place, wide.number(dim.exactScale));
  place = wide.sub(wide.add(wide.number(offset), place), wide.number(0.5));
  return type.isF64() ? place
                      : b.create<arith::TruncFOp>(type, place).getResult();
}

static Value emitPlace(ResizeOp op, ImplicitLocOpBuilder &b,
                       const ResizedDim &dim, Value index, double in) {
  FloatType type = getPlaceType(op);
  Sampler sampler(b, type);
  StringRef mode = op.getCoordinateTransformationMode();
  auto number = [&](double value) { return sampler.number(value); };
  int64_t out = dim.size.size;
  Value x = sampler.toFloat(index);
  Value scale = number(type.isF64() ? dim.exactScale : *dim.scale);
  auto halfPixel = [&] {
    return sampler.div(sampler.add(x, number(0.5)), scale);
  };
  if (mode == "asymmetric")
    return sampler.div(x, scale);
  if (mode == "tf_half_pixel_for_nn")
    return halfPixel();
  if (mode == "pytorch_half_pixel")
    return out > 1 ? sampler.sub(halfPixel(), number(0.5)) : number(0);
  if (mode == "align_corners")
    return out == 1 ? number(0)
                    : sampler.div(sampler.mul(x, number(in - 1)),
                                  number(dim.width - 1));
  if (mode == "half_pixel_symmetric")
    return emitSymmetric(b, dim, index, in, type);
  if (mode == "tf_crop_and_resize") {
    Value start = number(dim.roiStart), end = number(dim.roiEnd);
    Value steps = number(in - 1);
    if (out == 1)
      return sampler.mul(sampler.mul(number(0.5), sampler.add(start, end)),
                         steps);
    Value part = sampler.mul(sampler.mul(x, sampler.sub(end, start)), steps);
    part = sampler.div(part, number(dim.width - 1));
    return sampler.add(part, sampler.mul(start, steps));
  }
  return sampler.sub(halfPixel(), number(0.5));
}

ResizePlace atrous::graph::emitResizePlace(ResizeOp op, ImplicitLocOpBuilder &b,
                                           const ResizedDim &dim, Value index,
                                           int64_t in) {
  Value place = emitPlace(op, b, dim, index, static_cast<double>(in));
  if (op.getCoordinateTransformationMode() != "tf_crop_and_resize")
    return {place, Value()};
  Sampler sampler(b, getPlaceType(op));
  Value before = sampler.less(place, sampler.number(0));
  Value behind = sampler.less(sampler.number(in - 1), place);
  return {place, b.create<arith::OrIOp>(before, behind)};
}
