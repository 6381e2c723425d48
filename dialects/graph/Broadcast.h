//===- Broadcast.h - Elementwise ops with NumPy broadcasting ----*- C++ -*-===//
//
// What all ops with ElementwiseOpInterface share: inference, lowering, layout.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_DIALECTS_GRAPH_BROADCAST_H
#define ATROUS_DIALECTS_GRAPH_BROADCAST_H

#include "dialects/graph/Dims.h"
#include "dialects/graph/Lowering.h"

namespace atrous::graph {

/// The element types that an op takes.
enum class ElementKind {
  floating,
  number, ///< floating or integer, not boolean
  bits,   ///< integer or boolean
  boolean,
  any
};

/// The element type of `type` is of the kind, or an error.
mlir::LogicalResult checkElementKind(OptLocation location, ElementKind kind,
                                     mlir::Type type);

/// Appends the type of an elementwise result: the operands' shapes broadcast,
/// with elements of `elementType`; unranked where an operand is.
mlir::LogicalResult
inferElementwise(OptLocation location, mlir::ValueRange operands,
                 mlir::Type elementType,
                 llvm::SmallVectorImpl<mlir::Type> &results);

/// All operands have one element type, or an error.
mlir::LogicalResult checkSameElementType(OptLocation location,
                                         mlir::ValueRange operands);

/// inferReturnTypes of an elementwise op whose operands and result have the
/// same element type, which is of the kind.
mlir::LogicalResult inferSameType(OptLocation location,
                                  mlir::ValueRange operands, ElementKind kind,
                                  llvm::SmallVectorImpl<mlir::Type> &results);

/// inferReturnTypes of ops with rules of their own; beside their emitScalar.
mlir::LogicalResult inferPow(OptLocation location, mlir::ValueRange operands,
                             llvm::SmallVectorImpl<mlir::Type> &results);
mlir::LogicalResult inferCompare(OptLocation location,
                                 mlir::ValueRange operands,
                                 llvm::SmallVectorImpl<mlir::Type> &results);
mlir::LogicalResult inferWhere(OptLocation location, mlir::ValueRange operands,
                               llvm::SmallVectorImpl<mlir::Type> &results);
mlir::LogicalResult inferCast(OptLocation location, mlir::Value input,
                              mlir::Type to,
                              llvm::SmallVectorImpl<mlir::Type> &results);

/// A constant with one finite value, not 0, in all elements.
bool isNonZeroSplat(mlir::Value value);

/// Where the iteration over the physical dimensions of `result` reads an
/// operand that broadcasts to it; the types are logical ones with their
/// layouts. A plain [1, C, H, W] added to a result blocked by 16 in C is
/// readable only if C is 1 or a multiple of 16; nothing otherwise.
std::optional<mlir::AffineMap> getBroadcastMap(mlir::RankedTensorType operand,
                                               mlir::RankedTensorType result);

/// lowerToLinalg of every op with ElementwiseOpInterface and one result.
LoweredValues lowerElementwise(mlir::Operation *op, mlir::OpBuilder &builder,
                               mlir::ValueRange operands);

/// getBlockedOperandLayouts of elementwise ops. Operands that hold every
/// channel come blocked in their channel dimension, others plain. Fails where
/// `makesNonFinite` (the op may turn a finite number into none) and the
/// channels do not fill their blocks: padding lanes must stay finite. Masks
/// stay plain, so that no vector of booleans is ever packed.
mlir::FailureOr<llvm::SmallVector<TensorAttr>>
getElementwiseOperandLayouts(mlir::Operation *op, int64_t tile,
                             llvm::ArrayRef<bool> operandIsBlocked,
                             bool makesNonFinite);

} // namespace atrous::graph

#endif // ATROUS_DIALECTS_GRAPH_BROADCAST_H
