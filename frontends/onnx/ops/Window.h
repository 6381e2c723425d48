//===- Window.h - Attributes of sliding windows -----------------*- C++ -*-===//

#ifndef ATROUS_FRONTENDS_ONNX_OPS_WINDOW_H
#define ATROUS_FRONTENDS_ONNX_OPS_WINDOW_H

#include "frontends/onnx/NodeImport.h"

namespace atrous::onnx_frontend {

/// How padding is chosen.
enum class AutoPad { notSet, valid, sameUpper, sameLower };

/// The attributes of convolutions and pools, checked, one value per spatial
/// dimension; `pads` holds all begins, then all ends.
struct Window {
  llvm::SmallVector<int64_t> kernel, strides, dilations, pads;
  AutoPad autoPad;

  size_t rank() const { return strides.size(); }
  /// Input elements that the window spans in a dimension.
  int64_t span(size_t dim) const {
    return (kernel[dim] - 1) * dilations[dim] + 1;
  }
};

/// Reads the window of a pool, or of a convolution with `weights`, from whose
/// shape the kernel follows. Kernel sizes that are not known are kDynamic. Pads
/// are as given: zero for other values of auto_pad than NOTSET.
Window readWindow(NodeImport &node, mlir::Value input, mlir::Value weights);

/// Where the padding that auto_pad asks for follows from a size that is not
/// known, and a stride: the input with this padding around it, computed when the
/// network runs; `window` then pads no more. Else the input as it is.
mlir::Value padAtRunTime(NodeImport &node, mlir::Value input, Window &window,
                         double padding);

/// Sets the pads that auto_pad asks for, for the forward direction.
void resolveAutoPad(NodeImport &node, mlir::Value input, Window &window);

/// An attribute of `rank` integers in [least, INT32_MAX]; all equal to
/// `defaultValue` where it is absent.
llvm::SmallVector<int64_t> readSizes(NodeImport &node, llvm::StringRef name,
                                     size_t rank, int64_t least,
                                     int64_t defaultValue);

} // namespace atrous::onnx_frontend

#endif // ATROUS_FRONTENDS_ONNX_OPS_WINDOW_H
