//===- Sequence.h - Types of a sequence's two tensors -----------*- C++ -*-===//

#ifndef ATROUS_DIALECTS_GRAPH_OPS_SEQUENCE_H
#define ATROUS_DIALECTS_GRAPH_OPS_SEQUENCE_H

#include "dialects/graph/Runtime.h"

namespace atrous::graph {

/// How wide the index of a sequence is: a size where all tensors have one rank.
Dim getIndexWidth(mlir::Value index);
/// As wide as the index of a sequence of such tensors.
Dim getIndexWidth(mlir::RankedTensorType element);

/// As many tensors as there are rows in the index.
Dim getTensorCount(mlir::Value index);

/// The rank of a sequence's tensors, where its index tells.
std::optional<int64_t> getElementRank(mlir::Value index);

/// The number of elements of a tensor, which may be null.
Dim getElementTotal(mlir::RankedTensorType type);

/// Appends the types of a sequence.
mlir::LogicalResult addSequence(OptLocation location, mlir::Type elementType,
                                Dim total, Dim count, Dim width,
                                llvm::SmallVectorImpl<mlir::Type> &results);

/// Both tensors have the ranks of a sequence's, or an error.
mlir::LogicalResult checkSequence(OptLocation location, mlir::Value data,
                                  mlir::Value index);

/// The operand, which may be absent, is one integer, or an error.
mlir::LogicalResult checkPosition(OptLocation location, mlir::Value position);

} // namespace atrous::graph

#endif // ATROUS_DIALECTS_GRAPH_OPS_SEQUENCE_H
