//===- Resize.h - Geometry of graph.resize ----------------------*- C++ -*-===//

#ifndef ATROUS_DIALECTS_GRAPH_OPS_RESIZE_H
#define ATROUS_DIALECTS_GRAPH_OPS_RESIZE_H

#include "dialects/graph/Dims.h"

namespace atrous::graph {

/// How one dimension of the input is resampled.
struct ResizedDim {
  /// Output size by input size as ONNX Runtime computes it; 1 for a dimension
  /// that is not in `axes`. Unknown where scales or sizes are not constant.
  std::optional<float> scale = 1.0f;
  Dim size;
  /// Part of the input that tf_crop_and_resize shows, as a share of it.
  float roiStart = 0, roiEnd = 1;
};

/// The dimensions of `input` resampled as `op` says, or an error.
mlir::FailureOr<llvm::SmallVector<ResizedDim>>
getResizedDims(OptLocation location, ResizeOpAdaptor op,
               mlir::RankedTensorType input);

} // namespace atrous::graph

#endif // ATROUS_DIALECTS_GRAPH_OPS_RESIZE_H
