//===- Dims.h - Dimensions during type inference ----------------*- C++ -*-===//
//
// What inferReturnTypes of every op is written with: sizes that may be unknown
// or named, and arithmetic that cannot overflow. Errors are emitted at the
// given location, if there is one, and hold facts only: the diagnostic handler
// puts the node's name before them.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_DIALECTS_GRAPH_DIMS_H
#define ATROUS_DIALECTS_GRAPH_DIMS_H

#include "dialects/graph/Graph.h"
#include <optional>

namespace atrous::graph {

using OptLocation = std::optional<mlir::Location>;

/// A size, or ShapedType::kDynamic with a name (null: nameless).
struct Dim {
  int64_t size = mlir::ShapedType::kDynamic;
  mlir::StringAttr symbol = {};

  Dim() = default;
  Dim(int64_t size, mlir::StringAttr symbol = {})
      : size(size), symbol(symbol) {}
  bool isDynamic() const { return mlir::ShapedType::isDynamic(size); }
  /// Equal sizes or equal names; two nameless unknown sizes are not known to
  /// be the same.
  bool isSameAs(Dim other) const {
    return size == other.size &&
           (!isDynamic() || (symbol && symbol == other.symbol));
  }
};

using Dims = llvm::SmallVector<Dim, 6>;

//===----------------------------------------------------------------------===//
// Arithmetic (Sizes.cpp). A result that cannot be named, or overflows, is
// nameless.
//===----------------------------------------------------------------------===//

Dim addSizes(Dim a, Dim b);
Dim subSizes(Dim a, Dim b);
Dim mulSizes(Dim a, Dim b);
/// a / b, rounded down; nameless where b may be 0.
Dim divSizes(Dim a, Dim b);
Dim maxSizes(Dim a, Dim b);
Dim minSizes(Dim a, Dim b);
/// The size that both broadcast to, whatever they are.
Dim broadcastSizes(Dim a, Dim b);
/// a * factor in float32, rounded down.
Dim scaleSize(Dim a, float factor);
Dim getProduct(llvm::ArrayRef<Dim> dims);

/// The elements of an integer tensor of rank 0 or 1 that is computed from
/// shapes and constants, as sizes; elements that are not known are nameless.
/// Nothing where not even their number is known. Negative numbers are numbers
/// (-1 of a reshape).
std::optional<Dims> getSizeElements(mlir::Value value);

/// The type as a ranked tensor; null if it is unranked.
mlir::RankedTensorType getRanked(mlir::Type type);

/// The dimensions of a ranked type, with their symbols.
Dims getDims(mlir::RankedTensorType type);

/// A plain tensor type with these dimensions. Fails where the number of bytes
/// does not fit an int64_t.
mlir::FailureOr<mlir::RankedTensorType> getTensorType(OptLocation location,
                                                      llvm::ArrayRef<Dim> dims,
                                                      mlir::Type elementType);

/// Appends getTensorType(dims, elementType) to `results`.
mlir::LogicalResult addResult(OptLocation location, llvm::ArrayRef<Dim> dims,
                              mlir::Type elementType,
                              llvm::SmallVectorImpl<mlir::Type> &results);

/// Appends an unranked tensor: nothing is known yet. Always succeeds.
mlir::LogicalResult addUnranked(mlir::Type elementType,
                                llvm::SmallVectorImpl<mlir::Type> &results);

/// `axis` counted from the front; it may count from the end (-rank <= axis <
/// rank). `what` names it in the error: "axis 4 is out of range for rank 4".
mlir::FailureOr<int64_t> normalizeAxis(OptLocation location, int64_t axis,
                                       int64_t rank,
                                       llvm::StringRef what = "axis");

/// As above for a list, which must not repeat an axis.
mlir::FailureOr<llvm::SmallVector<int64_t>>
normalizeAxes(OptLocation location, llvm::ArrayRef<int64_t> axes, int64_t rank,
              llvm::StringRef what = "axis");

/// The values of a shape operand, which must have rank 1 (or be a scalar) and
/// integer elements. Nothing where it is not constant; failure (with an error)
/// where its type is wrong.
mlir::FailureOr<std::optional<llvm::SmallVector<int64_t>>>
getShapeOperand(OptLocation location, mlir::Value operand,
                llvm::StringRef what);

/// The number of values in a rank-1 operand; nothing where unknown.
std::optional<int64_t> getVectorLength(mlir::Value operand);

/// Nothing on overflow.
std::optional<int64_t> checkedProduct(llvm::ArrayRef<int64_t> factors);

/// Both operands have one shape after NumPy broadcasting, or an error.
mlir::FailureOr<Dims> broadcastDims(OptLocation location,
                                    llvm::ArrayRef<Dim> lhs,
                                    llvm::ArrayRef<Dim> rhs);

/// "1x3x?xN" for error messages.
std::string toString(llvm::ArrayRef<Dim> dims);

/// "[2, N, -1]" for error messages.
std::string toListString(llvm::ArrayRef<Dim> dims);

/// "[2, -1]" for error messages.
std::string toString(llvm::ArrayRef<int64_t> values);

} // namespace atrous::graph

#endif // ATROUS_DIALECTS_GRAPH_DIMS_H
