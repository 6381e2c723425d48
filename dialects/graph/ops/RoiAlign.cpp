//===- RoiAlign.cpp - graph.roi_align -------------------------------------===//

#include "dialects/graph/Broadcast.h"
#include "dialects/graph/Runtime.h"
#include "dialects/graph/Windows.h"

using namespace mlir;
using namespace atrous::graph;

/// More samples per bin are a mistake in the model, and would take forever.
static constexpr int64_t kMaxSamplingRatio = 1 << 12;

LogicalResult RoiAlignOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                           Adaptor op,
                                           SmallVectorImpl<Type> &results) {
  Type elementType = getElementTypeOrSelf(op.getInput().getType());
  if (failed(checkElementKind(location, ElementKind::floating, elementType)) ||
      failed(checkSameElementType(location, op.getOperands().take_front(2))) ||
      failed(checkIndexType(location, op.getBatchIndices(), "batch_indices")) ||
      failed(checkRank(location, op.getInput(), 4, "input")) ||
      failed(checkRank(location, op.getRois(), 2, "rois")) ||
      failed(checkRank(location, op.getBatchIndices(), 1, "batch_indices")))
    return failure();
  int64_t height = op.getOutputHeight(), width = op.getOutputWidth();
  int64_t samplingRatio = op.getSamplingRatio();
  if (height < 1 || width < 1)
    return emitOptionalError(location, "output size ", height, "x", width,
                             " is not positive");
  if (samplingRatio < 0 || samplingRatio > kMaxSamplingRatio)
    return emitOptionalError(location, "sampling_ratio is ", samplingRatio,
                             ", out of range [0, ", kMaxSamplingRatio, "]");
  RankedTensorType input = getRanked(op.getInput().getType());
  RankedTensorType rois = getRanked(op.getRois().getType());
  RankedTensorType batches = getRanked(op.getBatchIndices().getType());
  Dim count;
  if (rois && differ(rois.getDimSize(1), 4))
    return emitOptionalError(location, "expects rois of shape [R, 4], got ",
                             toString(getDims(rois)));
  if (rois && batches && differ(rois.getDimSize(0), batches.getDimSize(0)))
    return emitOptionalError(location, "has ", rois.getDimSize(0), " rois and ",
                             batches.getDimSize(0), " batch_indices");
  if (rois)
    count = getDims(rois)[0];
  if (batches && count.isDynamic() && !batches.isDynamicDim(0))
    count = getDims(batches)[0];
  Dim channels = input ? getDims(input)[1] : Dim();
  return addResult(location, {count, channels, Dim(height), Dim(width)},
                   elementType, results);
}

StringRef RoiAlignOp::getRuntimeFunction() { return "atrous_roi_align"; }

FailureOr<SmallVector<TensorAttr>>
RoiAlignOp::getBlockedOperandLayouts(int64_t tile, ArrayRef<bool>) {
  return SmallVector<TensorAttr>{getChannelBlockedLayout(getContext(), tile),
                                 nullptr, nullptr};
}

// The pooled regions are few, and mostly become rows of a matrix.
TensorAttr RoiAlignOp::getBlockedResultLayout(int64_t) { return nullptr; }

SmallVector<int64_t> RoiAlignOp::getRuntimeArguments() {
  RankedTensorType input = getRanked(getInput().getType());
  int64_t channels = input && !input.isDynamicDim(1) ? input.getDimSize(1) : 0;
  return {getMax(),
          getHalfPixel(),
          int64_t(getOutputHeight()),
          int64_t(getOutputWidth()),
          int64_t(getSamplingRatio()),
          getBits(getSpatialScale()),
          channels};
}
