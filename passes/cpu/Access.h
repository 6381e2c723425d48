//===- Access.h - Loads and stores of a vectorised loop ---------*- C++ -*-===//

#ifndef ATROUS_PASSES_CPU_ACCESS_H
#define ATROUS_PASSES_CPU_ACCESS_H

#include "mlir/IR/AffineMap.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"

namespace atrous::cpu {

/// How the lanes of a vector along one iteration dimension lie in memory.
enum class Access {
  uniform,    ///< all lanes read one element
  contiguous, ///< lane i reads element i from the first lane's
  other
};

/// The access of `map` (iteration dimensions → indices of `type`) along `dim`.
/// Vectors of i1 are `other`: a bool is a byte in memory, a bit in a vector.
Access classifyAccess(mlir::AffineMap map, unsigned dim, mlir::MemRefType type);

/// The static strides and offset of `type`, also where it has no elements
/// (upstream gives up there). Fails if something is dynamic.
mlir::LogicalResult getStaticStrides(mlir::MemRefType type,
                                     llvm::SmallVectorImpl<int64_t> &strides,
                                     int64_t &offset);

/// Whether the innermost dimension of `type` has stride 1.
bool isInnermostContiguous(mlir::MemRefType type);

/// What one more step of dimension `dim` adds to `expr`; nullopt where that is
/// not constant.
std::optional<int64_t> getCoefficient(mlir::AffineExpr expr, unsigned dim);

/// The results of `map` at `ivs`, as index values.
llvm::SmallVector<mlir::Value> applyMap(mlir::OpBuilder &builder,
                                        mlir::Location loc, mlir::AffineMap map,
                                        llvm::ArrayRef<mlir::Value> ivs);

/// Loads `lanes` elements from `memref` at `indices`; those where `mask` (if
/// any) is off are zero.
mlir::Value loadVector(mlir::OpBuilder &builder, mlir::Location loc,
                       mlir::Value memref, llvm::ArrayRef<mlir::Value> indices,
                       int64_t lanes, mlir::Value mask);

/// The mask of the first `count` of `lanes` lanes; `count` is not negative.
mlir::Value createLaneMask(mlir::OpBuilder &builder, mlir::Location loc,
                           int64_t lanes, mlir::OpFoldResult count);

/// Stores a scalar, or a vector whose lanes are on in `mask` (null: all).
void storeValue(mlir::OpBuilder &builder, mlir::Location loc, mlir::Value value,
                mlir::Value memref, llvm::ArrayRef<mlir::Value> indices,
                mlir::Value mask);

/// `value` as vector<lanes x T>, broadcast if it is a scalar; unchanged for
/// lanes == 1.
mlir::Value toVector(mlir::OpBuilder &builder, mlir::Location loc,
                     mlir::Value value, int64_t lanes);

} // namespace atrous::cpu

#endif // ATROUS_PASSES_CPU_ACCESS_H
