//===- ElementAccess.h - Which element a loop nest touches ------*- C++ -*-===//

#ifndef ATROUS_PASSES_SUPPORT_ELEMENTACCESS_H
#define ATROUS_PASSES_SUPPORT_ELEMENTACCESS_H

#include "mlir/IR/AffineMap.h"
#include "llvm/ADT/SmallVector.h"

namespace atrous {

/// An indexing map over loops of known sizes, as an element offset.
struct ElementAccess {
  /// Failure if a linear index leaves `shape` (others are checked on use).
  static llvm::FailureOr<ElementAccess>
  create(mlir::AffineMap map, llvm::ArrayRef<int64_t> loopSizes,
         llvm::ArrayRef<int64_t> shape);

  bool isLinear() const { return !nonlinear; }
  bool usesLoop(unsigned loop) const;

  /// Offsets at `lanes` points, given as one array of coordinates per loop.
  /// False where one lies outside the tensor.
  bool getOffsets(llvm::ArrayRef<const int64_t *> coordinates, int64_t lanes,
                  int64_t *offsets) const;

  /// For a linear access: offset = base + sum of coefficients[d] * point[d].
  int64_t base = 0;
  llvm::SmallVector<int64_t> coefficients;

  /// Otherwise the map itself, with the sizes that its results stay below.
  mlir::AffineMap nonlinear;
  llvm::SmallVector<int64_t> shape;
};

} // namespace atrous

#endif // ATROUS_PASSES_SUPPORT_ELEMENTACCESS_H
