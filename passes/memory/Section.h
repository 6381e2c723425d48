//===- Section.h - Bytes that the host function is given --------*- C++ -*-===//

#ifndef ATROUS_PASSES_MEMORY_SECTION_H
#define ATROUS_PASSES_MEMORY_SECTION_H

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace atrous {

/// Alignment in bytes of all that lies in the arena or among the constants.
constexpr int64_t kAlignment = 64;

inline int64_t alignUp(int64_t bytes) {
  return (bytes + kAlignment - 1) / kAlignment * kAlignment;
}

/// Adds an argument memref<size x i8> marked with the unit attribute `name`.
mlir::Value addSection(mlir::func::FuncOp func, int64_t size,
                       llvm::StringRef name);

/// Replaces an op whose result is a dense buffer by a view of `section`.
void replaceBySection(mlir::Operation *op, mlir::Value section, int64_t offset);

} // namespace atrous

#endif // ATROUS_PASSES_MEMORY_SECTION_H
