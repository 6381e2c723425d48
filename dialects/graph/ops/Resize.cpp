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
  if (bool(op.getScales()) == bool(op.getSizes()))
    return emitOptionalError(location, "expects either scales or sizes, got ",
                             op.getScales() ? "both" : "neither");
  return success();
}

//===----------------------------------------------------------------------===//
// Geometry
//===----------------------------------------------------------------------===//

static LogicalResult applyScales(OptLocation location, ArrayRef<double> scales,
                                 ArrayRef<int64_t> axes,
                                 MutableArrayRef<ResizedDim> dims) {
  if (scales.size() != axes.size())
    return emitOptionalError(location, "expects ", axes.size(), " scales, got ",
                             scales.size());
  for (auto [axis, scale] : llvm::zip(axes, scales)) {
    if (!(scale > 0) || !std::isfinite(scale))
      return emitOptionalError(location, "scale ", scale, " of dimension ",
                               axis, " is not positive");
    ResizedDim &dim = dims[axis];
    dim.scale = static_cast<float>(scale);
    dim.exactScale = *dim.scale;
    if (*dim.scale == 1.0f)
      continue;
    if (dim.size.isDynamic()) {
      dim.size = Dim();
      continue;
    }
    // The product is rounded to f32 before it is floored, as others do.
    float size = std::floor(*dim.scale * static_cast<float>(dim.size.size));
    dim.width = *dim.scale * static_cast<double>(dim.size.size);
    if (size > kMaxSize)
      return emitOptionalError(location, "scale ", scale, " of dimension ",
                               axis, " makes it too large");
    dim.size = Dim(static_cast<int64_t>(size));
  }
  return success();
}

static LogicalResult applySizes(OptLocation location, ArrayRef<int64_t> sizes,
                                ArrayRef<int64_t> axes, StringRef policy,
                                MutableArrayRef<ResizedDim> dims) {
  if (sizes.size() != axes.size())
    return emitOptionalError(location, "expects ", axes.size(), " sizes, got ",
                             sizes.size());
  std::optional<float> common;
  double exactCommon = 1;
  bool known = true;
  for (auto [axis, size] : llvm::zip(axes, sizes)) {
    ResizedDim &dim = dims[axis];
    if (size < 1 || size > kMaxSize)
      return emitOptionalError(location, "size ", size, " of dimension ", axis,
                               " is out of range");
    if (dim.size.size == 0)
      return emitOptionalError(location, "dimension ", axis,
                               " of size 0 cannot be resized to ", size);
    known &= !dim.size.isDynamic();
    dim.scale = std::nullopt;
    if (!dim.size.isDynamic()) {
      dim.scale = static_cast<float>(size) / static_cast<float>(dim.size.size);
      dim.exactScale = double(size) / double(dim.size.size);
    }
    if (dim.scale &&
        (!common || (policy == "not_larger" ? *dim.scale < *common
                                            : *dim.scale > *common)))
      common = *dim.scale, exactCommon = dim.exactScale;
  }
  for (auto [axis, size] : llvm::zip(axes, sizes)) {
    ResizedDim &dim = dims[axis];
    if (policy == "stretch") {
      dim.size = Dim(size);
      dim.width = size;
      continue;
    }
    // One scale for all axes: the smallest or the largest.
    dim.scale = known ? common : std::nullopt;
    dim.exactScale = exactCommon;
    dim.width = exactCommon * static_cast<double>(dim.size.size);
    dim.size =
        dim.scale
            ? Dim(std::llround(*dim.scale * static_cast<float>(dim.size.size)))
            : Dim();
  }
  return success();
}

static LogicalResult applyRoi(OptLocation location, ArrayRef<double> roi,
                              ArrayRef<int64_t> axes,
                              MutableArrayRef<ResizedDim> dims) {
  if (roi.size() != 2 * axes.size())
    return emitOptionalError(location, "expects ", 2 * axes.size(),
                             " values of roi, got ", roi.size());
  for (auto [i, axis] : llvm::enumerate(axes)) {
    dims[axis].roiStart = static_cast<float>(roi[i]);
    dims[axis].roiEnd = static_cast<float>(roi[i + axes.size()]);
  }
  return success();
}

FailureOr<SmallVector<ResizedDim>>
atrous::graph::getResizedDims(OptLocation location, ResizeOpAdaptor op,
                              RankedTensorType input) {
  SmallVector<ResizedDim> dims;
  for (Dim dim : getDims(input)) {
    ResizedDim &resized = dims.emplace_back();
    resized.size = dim;
    resized.width = dim.size;
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

  LogicalResult applied = success();
  bool known = false;
  if (op.getScales()) {
    FailureOr<SmallVector<double>> scales = getConstantFloats(op.getScales());
    known = succeeded(scales);
    if (known)
      applied = applyScales(location, *scales, axes, dims);
  } else {
    auto sizes = getShapeOperand(location, op.getSizes(), "sizes");
    if (failed(sizes))
      return failure();
    known = sizes->has_value();
    if (known)
      applied = applySizes(location, **sizes, axes,
                           op.getKeepAspectRatioPolicy(), dims);
  }
  if (failed(applied))
    return failure();
  if (!known)
    for (int64_t axis : axes) {
      dims[axis].scale = std::nullopt;
      dims[axis].size = Dim();
    }
  if (op.getRoi() &&
      op.getCoordinateTransformationMode() == "tf_crop_and_resize")
    if (FailureOr<SmallVector<double>> roi = getConstantFloats(op.getRoi());
        succeeded(roi) && failed(applyRoi(location, *roi, axes, dims)))
      return failure();
  return dims;
}

//===----------------------------------------------------------------------===//
// Types and layout
//===----------------------------------------------------------------------===//

LogicalResult ResizeOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                         ValueRange operands,
                                         DictionaryAttr attributes,
                                         OpaqueProperties properties,
                                         RegionRange regions,
                                         SmallVectorImpl<Type> &results) {
  Adaptor op(operands, attributes, properties, regions);
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
    dims.push_back(dim.size);
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
  if (failed(dims) || (*dims)[1].scale != 1.0f || (*dims)[1].roiStart != 0 ||
      (*dims)[1].roiEnd != 1)
    return failure();
  SmallVector<TensorAttr> layouts((*this)->getNumOperands());
  layouts[0] = getChannelBlockedLayout(getContext(), tile);
  return layouts;
}
