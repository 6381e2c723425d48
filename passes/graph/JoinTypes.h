//===- JoinTypes.h - What two values have in common -------------*- C++ -*-===//

#ifndef ATROUS_PASSES_GRAPH_JOINTYPES_H
#define ATROUS_PASSES_GRAPH_JOINTYPES_H

#include "mlir/IR/Operation.h"

namespace atrous {

/// The type of what is of type `a` or of type `b`; null (after an error at
/// `op`) where they have no common one.
mlir::Type joinTypes(mlir::Operation *op, mlir::Type a, mlir::Type b);

/// Whether the value stands for a tensor that there is not yet.
bool isEmpty(mlir::Value value);

/// The type of what stands for a tensor of this type that there is not yet.
mlir::Type getEmptyType(mlir::Type type);

/// The type of what is `a` or `b`.
mlir::Type joinValues(mlir::Operation *op, mlir::Value a, mlir::Value b);

} // namespace atrous

#endif // ATROUS_PASSES_GRAPH_JOINTYPES_H
