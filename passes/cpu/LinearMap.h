//===- LinearMap.h - A constant matrix times vectors ------------*- C++ -*-===//

#ifndef ATROUS_PASSES_CPU_LINEARMAP_H
#define ATROUS_PASSES_CPU_LINEARMAP_H

#include "mlir/IR/Builders.h"
#include "passes/support/MinimalFilter.h"

namespace atrous::cpu {

/// `matrix` times the column of `values`, vectors of floats, in straight-line
/// code. Sums and differences that two rows, or two columns, share are computed
/// once: a row (c0, c1, c2, c3) and a row (c0, -c1, c2, -c3) are e + o and
/// e - o.
llvm::SmallVector<mlir::Value> applyMatrix(mlir::OpBuilder &builder,
                                           mlir::Location loc,
                                           const Matrix &matrix,
                                           llvm::ArrayRef<mlir::Value> values);

/// rows * tile * columns^T of a tile. All of `load(row, column)` comes before
/// the first `store(row, column, value)`.
void applyToTile(mlir::OpBuilder &builder, mlir::Location loc,
                 const Matrix &rows, const Matrix &columns,
                 llvm::function_ref<mlir::Value(size_t, size_t)> load,
                 llvm::function_ref<void(size_t, size_t, mlir::Value)> store);

} // namespace atrous::cpu

#endif // ATROUS_PASSES_CPU_LINEARMAP_H
