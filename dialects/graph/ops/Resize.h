//===- Resize.h - Geometry of graph.resize ----------------------*- C++ -*-===//

#ifndef ATROUS_DIALECTS_GRAPH_OPS_RESIZE_H
#define ATROUS_DIALECTS_GRAPH_OPS_RESIZE_H

#include "dialects/graph/Dims.h"
#include "dialects/graph/Sampling.h"

namespace atrous::graph {

/// How one dimension of the input is resampled.
struct ResizedDim {
  /// Output size by input size as ONNX Runtime computes it; 1 for a dimension
  /// that is not in `axes`. Unknown where scales or sizes are not constant.
  std::optional<float> scale = 1.0f;
  /// The same, not rounded to f32 where it follows from sizes.
  double exactScale = 1;
  Dim size;
  /// The output size before it was rounded to `size`.
  double width = 0;
  /// Part of the input that tf_crop_and_resize shows, as a share of it.
  float roiStart = 0, roiEnd = 1;

  bool isResampled() const {
    return scale != 1.0f || roiStart != 0 || roiEnd != 1;
  }
};

/// The dimensions of `input` resampled as `op` says, or an error.
mlir::FailureOr<llvm::SmallVector<ResizedDim>>
getResizedDims(OptLocation location, ResizeOpAdaptor op,
               mlir::RankedTensorType input);

/// Whether an antialiased filter is wider than the plain one along some
/// dimension: enlarging, they are the same.
bool needsAntialias(ResizeOp op, llvm::ArrayRef<ResizedDim> dims);

/// What places and weights are computed in: f32 as in ONNX Runtime, but f64 for
/// f64 and for integers, whose sums are rounded.
mlir::FloatType getPlaceType(ResizeOp op);

/// A place along one dimension of the input, and whether tf_crop_and_resize
/// finds it outside (null for other modes).
struct ResizePlace {
  mlir::Value place, outside;
};

/// Where `index` along an output dimension lies in the input of size `in`.
ResizePlace emitResizePlace(ResizeOp op, mlir::ImplicitLocOpBuilder &b,
                            const ResizedDim &dim, mlir::Value index,
                            int64_t in);

/// An antialiased resize as one pass per resampled dimension. `input` and the
/// result have the op's physical types.
mlir::Value lowerAntialiased(ResizeOp op, mlir::OpBuilder &builder,
                             mlir::Value input,
                             llvm::ArrayRef<ResizedDim> dims);

} // namespace atrous::graph

#endif // ATROUS_DIALECTS_GRAPH_OPS_RESIZE_H
