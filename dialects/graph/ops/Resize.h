//===- Resize.h - Geometry of graph.resize ----------------------*- C++ -*-===//

#ifndef ATROUS_DIALECTS_GRAPH_OPS_RESIZE_H
#define ATROUS_DIALECTS_GRAPH_OPS_RESIZE_H

#include "dialects/graph/Dims.h"
#include "dialects/graph/Sampling.h"

namespace atrous::graph {

/// How one dimension of the input is resampled.
struct ResizedDim {
  Dim in, out;
  /// Number of its entry in scales, sizes and roi, and of their entries. None
  /// for a dimension that is not in `axes`.
  std::optional<int64_t> entry;
  int64_t entries = 0;
  /// Output size by input size, and the output size before it was rounded.
  /// Nothing where they are not constant.
  std::optional<double> scale = 1.0, width;
  /// Part of the input that tf_crop_and_resize shows, as a share of it. Nothing
  /// where it is not constant.
  std::optional<float> roiStart = 0.0f, roiEnd = 1.0f;

  bool isResampled() const {
    return scale != 1.0 || roiStart != 0.0f || roiEnd != 1.0f;
  }
};

/// The dimensions of `input` resampled as `op` says, or an error.
mlir::FailureOr<llvm::SmallVector<ResizedDim>>
getResizedDims(OptLocation location, ResizeOpAdaptor op,
               mlir::RankedTensorType input);

/// What places and weights are computed in: f32 as in ONNX Runtime, but f64 for
/// f64 and for integers, whose sums are rounded.
mlir::FloatType getPlaceType(ResizeOp op);

/// A place along one dimension of the input, and whether tf_crop_and_resize
/// finds it outside (null for other modes).
struct ResizePlace {
  mlir::Value place, outside;
};

/// Emits the geometry of one dimension. `operands` are the op's, on their
/// physical types, absent ones null.
class ResizeAxis {
public:
  ResizeAxis(ResizeOp op, mlir::ValueRange operands, const ResizedDim &dim,
             mlir::ImplicitLocOpBuilder &b)
      : op(op), roi(operands[1]), scales(operands[2]), dim(dim), b(b) {}

  /// Sizes as indices.
  mlir::Value in() const;
  mlir::Value out() const;
  mlir::Value scale(const Sampler &sampler) const;
  /// Where `index` along the output lies in the input.
  ResizePlace place(const Sampler &sampler, mlir::Value index);

private:
  mlir::Value width(const Sampler &sampler) const;
  mlir::Value corner(const Sampler &sampler, bool end) const;
  mlir::Value load(const Sampler &sampler, mlir::Value vector,
                   int64_t entry) const;
  mlir::Value last(const Sampler &sampler) const;
  mlir::Value symmetric(const Sampler &sampler, mlir::Value index) const;
  mlir::Value cropped(const Sampler &sampler, mlir::Value x) const;
  mlir::Value find(const Sampler &sampler, mlir::Value index);

  ResizeOp op;
  mlir::Value roi, scales;
  const ResizedDim &dim;
  mlir::ImplicitLocOpBuilder &b;
};

/// Whether a resize is done one dimension after the other: where a filter is
/// wider than its plain form, or all combinations of taps would be too many.
bool needsPasses(ResizeOp op, llvm::ArrayRef<ResizedDim> dims);

/// A resize as one pass per resampled dimension. The result has the op's
/// physical type.
mlir::Value lowerToPasses(ResizeOp op, mlir::OpBuilder &builder,
                          mlir::ValueRange operands,
                          llvm::ArrayRef<ResizedDim> dims);

} // namespace atrous::graph

#endif // ATROUS_DIALECTS_GRAPH_OPS_RESIZE_H
