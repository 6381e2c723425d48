//===- SliceCopy.h - Strided copies between buffers -------------*- C++ -*-===//

#ifndef ATROUS_PASSES_SUPPORT_SLICECOPY_H
#define ATROUS_PASSES_SUPPORT_SLICECOPY_H

#include "passes/support/TensorBuffer.h"

namespace atrous {

/// A strided box of a tensor; all four have the tensor's rank.
struct TensorSlice {
  llvm::SmallVector<int64_t> offsets, sizes, strides;

  bool isInside(llvm::ArrayRef<int64_t> shape) const;
};

/// The slice as a dense tensor. Failure: it leaves the tensor, or no memory.
llvm::FailureOr<TensorBuffer> extractSlice(const TensorBuffer &source,
                                           const TensorSlice &slice);

/// Writes `part`, which has as many elements as the slice, into `target`.
llvm::LogicalResult insertSlice(const TensorBuffer &part, TensorBuffer &target,
                                const TensorSlice &slice);

} // namespace atrous

#endif // ATROUS_PASSES_SUPPORT_SLICECOPY_H
