//===- Resize.cpp - graph.resize: types and geometry ----------------------===//

#include "dialects/graph/ops/Resize.h"
#include "dialects/graph/Constants.h"

#include "mlir/IR/TypeUtilities.h"
#include <cmath>

using namespace mlir;
using namespace atrous::graph;

/// Sizes beyond this have no exact neighbours in the arithmetic on f32.
static constexpr double kMaxSize = 1 << 30;

//===----------------------------------------------------------------------===//
// Attributes
//===----------------------------------------------------------------------===//

static LogicalResult verifyOneOf(OptLocation location, StringRef name,
                                 StringRef value, ArrayRef<StringRef> allowed) {
  if (llvm::is_contained(allowed, value))
    return success();
  return emitOptionalError(location, name, " '", value, "' is unknown");
}

static LogicalResult verifyAttributes(OptLocation location,
                                      ResizeOpAdaptor op) {
  if (failed(verifyOneOf(location, "mode", op.getMode(),
                         {"nearest", "linear", "cubic"})) ||
      failed(
          verifyOneOf(location, "coordinate_transformation_mode",
                      op.getCoordinateTransformationMode(),
                      {"half_pixel", "half_pixel_symmetric",
                       "pytorch_half_pixel", "tf_half_pixel_for_nn",
                       "align_corners", "asymmetric", "tf_crop_and_resize"})) ||
      failed(verifyOneOf(
          location, "nearest_mode", op.getNearestMode(),
          {"round_prefer_floor", "round_prefer_ceil", "floor", "ceil"})) ||
      failed(verifyOneOf(location, "keep_aspect_ratio_policy",
                         op.getKeepAspectRatioPolicy(),
                         {"stretch", "not_larger", "not_smaller"})))
    return failure();
  if (!op.getScales() && !op.getSizes())
    return emitOptionalError(location, "expects scales or sizes, got neither");
  return success();
}

//===----------------------------------------------------------------------===//
// Geometry
//===----------------------------------------------------------------------===//

static LogicalResult applyScales(OptLocation location, ArrayRef<double> scales,
                                 ArrayRef<int64_t> axes,
                                 MutableArrayRef<ResizedDim> dims) {
  for (auto [axis, scale] : llvm::zip(axes, scales)) {
    if (!(scale > 0) || !std::isfinite(scale))
      return emitOptionalError(location, "scale ", scale, " of dimension ",
                               axis, " is not positive");
    ResizedDim &dim = dims[axis];
    dim.scale = static_cast<float>(scale);
    if (*dim.scale == 1)
      continue;
    // The product is rounded to f32 before it is floored, as others do.
    auto factor = static_cast<float>(scale);
    dim.width = std::nullopt;
    dim.out = scaleSize(dim.in, factor);
    if (dim.in.isDynamic())
      continue;
    float size = std::floor(factor * static_cast<float>(dim.in.size));
    if (size > kMaxSize)
      return emitOptionalError(location, "scale ", scale, " of dimension ",
                               axis, " makes it too large");
    dim.out = Dim(static_cast<int64_t>(size));
    dim.width = *dim.scale * static_cast<double>(dim.in.size);
  }
  return success();
}

/// One scale for all axes: the smallest or the largest.
static void applyPolicy(StringRef policy, ArrayRef<int64_t> axes,
                        MutableArrayRef<ResizedDim> dims) {
  std::optional<double> common = dims[axes.front()].scale;
  for (int64_t axis : axes) {
    std::optional<double> scale = dims[axis].scale;
    if (!scale || !common)
      common = std::nullopt;
    else
      common = policy == "not_larger" ? std::min(*scale, *common)
                                      : std::max(*scale, *common);
  }
  for (int64_t axis : axes) {
    ResizedDim &dim = dims[axis];
    dim.scale = common;
    dim.out = Dim();
    dim.width = std::nullopt;
    if (!common)
      continue;
    dim.width = *common * static_cast<double>(dim.in.size);
    dim.out = Dim(static_cast<int64_t>(std::floor(*dim.width + 0.5)));
  }
}

static LogicalResult applySizes(OptLocation location, ArrayRef<Dim> sizes,
                                ArrayRef<int64_t> axes, StringRef policy,
                                MutableArrayRef<ResizedDim> dims) {
  for (auto [axis, size] : llvm::zip(axes, sizes)) {
    ResizedDim &dim = dims[axis];
    if (!size.isDynamic() && (size.size < 1 || size.size > kMaxSize))
      return emitOptionalError(location, "size ", size.size, " of dimension ",
                               axis, " is out of range");
    if (dim.in.size == 0)
      return emitOptionalError(location, "dimension ", axis,
                               " of size 0 cannot be resized to ", size.size);
    dim.out = size;
    dim.scale = dim.width = std::nullopt;
    if (!size.isDynamic())
      dim.width = static_cast<double>(size.size);
    if (size.isSameAs(dim.in))
      dim.scale = 1.0;
    else if (!size.isDynamic() && !dim.in.isDynamic())
      dim.scale = double(size.size) / double(dim.in.size);
  }
  if (policy != "stretch" && !axes.empty())
    applyPolicy(policy, axes, dims);
  return success();
}

/// Both corners of each axis; nothing where they are not constant.
static LogicalResult applyRoi(OptLocation location, Value roi,
                              ArrayRef<int64_t> axes,
                              MutableArrayRef<ResizedDim> dims) {
  int64_t expected = 2 * axes.size();
  std::optional<int64_t> length = getVectorLength(roi);
  if (length && *length != expected)
    return emitOptionalError(location, "expects ", expected,
                             " values of roi, got ", *length);
  FailureOr<SmallVector<double>> values = getConstantFloats(roi);
  for (auto [i, axis] : llvm::enumerate(axes)) {
    ResizedDim &dim = dims[axis];
    dim.roiStart = dim.roiEnd = std::nullopt;
    if (failed(values))
      continue;
    dim.roiStart = static_cast<float>((*values)[i]);
    dim.roiEnd = static_cast<float>((*values)[i + axes.size()]);
  }
  return success();
}

static LogicalResult checkLength(OptLocation location, Value operand,
                                 ArrayRef<int64_t> axes, StringRef what) {
  std::optional<int64_t> length =
      operand ? getVectorLength(operand) : std::nullopt;
  if (length && *length != int64_t(axes.size()))
    return emitOptionalError(location, "expects ", axes.size(), " ", what,
                             ", got ", *length);
  return success();
}

/// What scales and sizes say, which have one entry per axis. Sizes count where
/// scales are absent or not constant.
static LogicalResult applyFactors(OptLocation location, ResizeOpAdaptor op,
                                  ArrayRef<int64_t> axes,
                                  MutableArrayRef<ResizedDim> dims) {
  if (failed(checkLength(location, op.getScales(), axes, "scales")) ||
      failed(checkLength(location, op.getSizes(), axes, "sizes")))
    return failure();
  if (op.getScales())
    if (FailureOr<SmallVector<double>> scales =
            getConstantFloats(op.getScales());
        succeeded(scales))
      return applyScales(location, *scales, axes, dims);
  Dims sizes(axes.size());
  if (op.getSizes()) {
    if (failed(getShapeOperand(location, op.getSizes(), "sizes")))
      return failure();
    if (std::optional<Dims> elements = getSizeElements(op.getSizes());
        elements && elements->size() == axes.size())
      sizes = *elements;
  }
  if (!op.getScales())
    return applySizes(location, sizes, axes, op.getKeepAspectRatioPolicy(),
                      dims);
  for (auto [axis, size] : llvm::zip(axes, sizes)) {
    dims[axis].out = size;
    dims[axis].scale = dims[axis].width = std::nullopt;
  }
  return success();
}

FailureOr<SmallVector<ResizedDim>>
atrous::graph::getResizedDims(OptLocation location, ResizeOpAdaptor op,
                              RankedTensorType input) {
  SmallVector<ResizedDim> dims;
  for (Dim dim : getDims(input)) {
    ResizedDim &resized = dims.emplace_back();
    resized.in = resized.out = dim;
    if (!dim.isDynamic())
      resized.width = static_cast<double>(dim.size);
  }
  SmallVector<int64_t> axes =
      llvm::to_vector(llvm::seq<int64_t>(0, input.getRank()));
  if (op.getAxes()) {
    FailureOr<SmallVector<int64_t>> listed =
        normalizeAxes(location, *op.getAxes(), input.getRank());
    if (failed(listed))
      return failure();
    axes = *listed;
  }
  for (auto [i, axis] : llvm::enumerate(axes)) {
    dims[axis].entry = i;
    dims[axis].entries = axes.size();
  }
  if (failed(applyFactors(location, op, axes, dims)))
    return failure();
  if (op.getRoi() &&
      op.getCoordinateTransformationMode() == "tf_crop_and_resize" &&
      failed(applyRoi(location, op.getRoi(), axes, dims)))
    return failure();
  return dims;
}

//===----------------------------------------------------------------------===//
// Types and layout
//===----------------------------------------------------------------------===//

LogicalResult ResizeOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                         Adaptor op,
                                         SmallVectorImpl<Type> &results) {
  if (failed(verifyAttributes(location, op)))
    return failure();
  Type elementType = getElementTypeOrSelf(op.getInput());
  RankedTensorType input = getRanked(op.getInput().getType());
  if (!input)
    return addUnranked(elementType, results);
  auto resized = getResizedDims(location, op, input);
  if (failed(resized))
    return failure();
  Dims dims;
  for (const ResizedDim &dim : *resized)
    dims.push_back(dim.out);
  return addResult(location, dims, elementType, results);
}

LogicalResult ResizeOp::verify() {
  if (getElementTypeOrSelf(getInput()).isInteger(1) && getMode() != "nearest")
    return emitError("booleans cannot be interpolated");
  if (getCoordinateTransformationMode() == "tf_crop_and_resize" && !getRoi())
    return emitError("tf_crop_and_resize needs a roi");
  return success();
}

FailureOr<SmallVector<TensorAttr>>
ResizeOp::getBlockedOperandLayouts(int64_t tile, ArrayRef<bool>) {
  RankedTensorType input = getRanked(getInput().getType());
  if (!input || input.getRank() < 3)
    return failure();
  auto dims = getResizedDims(/*location=*/std::nullopt, *this, input);
  // Channels stay as they are.
  if (failed(dims) || (*dims)[1].isResampled())
    return failure();
  SmallVector<TensorAttr> layouts((*this)->getNumOperands());
  layouts[0] = getChannelBlockedLayout(getContext(), tile);
  return layouts;
}
