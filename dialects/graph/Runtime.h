//===- Runtime.h - What ops done by the runtime share -----------*- C++ -*-===//

#ifndef ATROUS_DIALECTS_GRAPH_RUNTIME_H
#define ATROUS_DIALECTS_GRAPH_RUNTIME_H

#include "dialects/graph/Dims.h"

namespace atrous::graph {

/// needsRuntime of ops that are lowered to linalg where they can be: a type is
/// not static, or one of `parameters` (absent ones are null) not constant.
bool hasRunTimeParameters(mlir::Operation *op, mlir::ValueRange parameters);

/// Whether all sizes of the results follow from the operands' types and from
/// constants, as numbers or as expressions of names.
bool infersAllSizes(mlir::Operation *op);

/// Bit i is set where operand i is there.
int64_t getPresenceMask(llvm::ArrayRef<mlir::Value> operands);

/// The bits of an f64.
int64_t getBits(const llvm::APFloat &value);

/// The operand, if ranked, has this rank; or an error that calls it `what`.
mlir::LogicalResult checkRank(OptLocation location, mlir::Value operand,
                              int64_t rank, llvm::StringRef what);

/// The operand has elements of type i32 or i64, or an error.
mlir::LogicalResult checkIndexType(OptLocation location, mlir::Value operand,
                                   llvm::StringRef what);

/// The operand, if its size is known, has one element, or an error.
mlir::LogicalResult checkSingle(OptLocation location, mlir::Value operand,
                                llvm::StringRef what);

} // namespace atrous::graph

#endif // ATROUS_DIALECTS_GRAPH_RUNTIME_H
