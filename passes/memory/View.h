//===- View.h - Where a tensor lies in a buffer -----------------*- C++ -*-===//

#ifndef ATROUS_PASSES_MEMORY_VIEW_H
#define ATROUS_PASSES_MEMORY_VIEW_H

#include "mlir/IR/BuiltinTypes.h"
#include "llvm/ADT/SmallBitVector.h"
#include <optional>

namespace atrous {

/// A strided part of buffer number `buffer`; offset and strides in elements.
/// The stride of a dimension of size 1 is that of a dense tensor, so that equal
/// layouts look equal.
struct View {
  unsigned buffer = 0;
  int64_t offset = 0;
  llvm::SmallVector<int64_t> shape, strides;

  /// All of a buffer, row major.
  static View dense(unsigned buffer, llvm::ArrayRef<int64_t> shape);
  bool isDense() const;
  /// What a kernel can walk in vectors: the last dimension is contiguous.
  bool hasUnitInnermostStride() const;

  /// The same elements in row-major order under another shape; nothing where
  /// no strides describe that.
  std::optional<View> reshape(llvm::ArrayRef<int64_t> newShape) const;
  /// The part [offsets, sizes, steps], less the dropped dimensions of size 1.
  View slice(llvm::ArrayRef<int64_t> offsets, llvm::ArrayRef<int64_t> sizes,
             llvm::ArrayRef<int64_t> steps,
             const llvm::SmallBitVector &dropped) const;

  mlir::MemRefType getType(mlir::Type elementType) const;

private:
  void normalize();
};

} // namespace atrous

#endif // ATROUS_PASSES_MEMORY_VIEW_H
