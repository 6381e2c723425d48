//===- SpatialPad.h - Zeros around images -----------------------*- C++ -*-===//

#ifndef ATROUS_PASSES_GRAPH_SPATIALPAD_H
#define ATROUS_PASSES_GRAPH_SPATIALPAD_H

#include "mlir/IR/Builders.h"

namespace atrous {

/// `value` [N, C, spatial...] with zeros before and behind each spatial
/// dimension; cropped where an amount is negative. `value` itself where all
/// are 0.
mlir::Value createSpatialPad(mlir::OpBuilder &builder, mlir::Location loc,
                             mlir::Value value, llvm::ArrayRef<int64_t> begins,
                             llvm::ArrayRef<int64_t> ends);

} // namespace atrous

#endif // ATROUS_PASSES_GRAPH_SPATIALPAD_H
