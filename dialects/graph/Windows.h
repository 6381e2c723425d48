//===- Windows.h - Sliding windows of convolutions and pools ----*- C++ -*-===//
//
// Checked arithmetic of strides, dilations and pads, as inferReturnTypes and
// lowerToLinalg need it. It runs on what a model file says: errors, no asserts.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_DIALECTS_GRAPH_WINDOWS_H
#define ATROUS_DIALECTS_GRAPH_WINDOWS_H

#include "dialects/graph/Dims.h"

namespace atrous::graph {

/// The sliding window of one spatial dimension.
struct Window {
  Dim kernel;
  int64_t stride = 1, dilation = 1, padBegin = 0, padEnd = 0;
};

/// Checks strides, dilations and pads: one per spatial dimension (two for
/// pads), in range.
mlir::LogicalResult verifyWindowAttributes(OptLocation location,
                                           llvm::ArrayRef<int64_t> strides,
                                           llvm::ArrayRef<int64_t> dilations,
                                           llvm::ArrayRef<int64_t> pads);

/// Number of window positions along dimension `dim` of size `size`; nameless if
/// the kernel is dynamic or the size nameless. With `ceil`, the last window may run past the end
/// padding but starts inside the input or its begin padding.
mlir::FailureOr<Dim> getWindowedDim(OptLocation location, int64_t dim,
                                    Dim size, const Window &window,
                                    bool ceil = false);

/// Checks the channels of a convolution's input and of its weights
/// [M, C / group, kernel...].
mlir::LogicalResult checkConvChannels(OptLocation location, int64_t channels,
                                      mlir::RankedTensorType weights,
                                      int64_t group);

/// True when both sizes are known and differ.
inline bool differ(int64_t a, int64_t b) {
  return !mlir::ShapedType::isDynamic(a) && !mlir::ShapedType::isDynamic(b) &&
         a != b;
}

/// Checks that all operands have the element type of the first result.
mlir::LogicalResult verifySameElementType(mlir::Operation *op);

} // namespace atrous::graph

#endif // ATROUS_DIALECTS_GRAPH_WINDOWS_H
