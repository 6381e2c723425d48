//===- Constants.h - Making and reading graph.constant ----------*- C++ -*-===//
//
// Bytes of a constant are those of its physical type (see getPhysicalType):
// row-major, little endian, without padding, a boolean as one byte 0 or 1.
// Small values and splats lie in dense<> attributes, weights in
// dense_resource<> blobs, which the context owns until releaseConstant; equal
// contents share one.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_DIALECTS_GRAPH_CONSTANTS_H
#define ATROUS_DIALECTS_GRAPH_CONSTANTS_H

#include "dialects/graph/Graph.h"
#include "mlir/IR/AsmState.h"
#include <optional>

namespace atrous::graph {

/// Larger values than this many bytes become dense_resource<>, unless splat.
constexpr int64_t kMaxInlineBytes = 4096;

/// Bytes that an element takes in memory.
int64_t getElementBytes(mlir::Type elementType);

/// Bytes of all elements of a static physical type.
int64_t getTensorBytes(mlir::RankedTensorType physicalType);

/// The value of a constant of static `physicalType` with the given bytes, which
/// are copied; their number must be getTensorBytes(physicalType).
mlir::ElementsAttr getElements(mlir::RankedTensorType physicalType,
                               llvm::ArrayRef<char> bytes);

/// As above, taking over the blob. It should be aligned to 64 bytes.
mlir::ElementsAttr getElements(mlir::RankedTensorType physicalType,
                               mlir::AsmResourceBlob blob);

/// A graph.constant of static `type`, which may carry a layout.
mlir::Value createConstant(mlir::OpBuilder &builder, mlir::Location loc,
                           mlir::RankedTensorType type,
                           llvm::ArrayRef<char> bytes);
mlir::Value createConstant(mlir::OpBuilder &builder, mlir::Location loc,
                           mlir::RankedTensorType type,
                           mlir::AsmResourceBlob blob);

/// A graph.constant of `type` with all elements equal to `value`, rounded to
/// the element type.
mlir::Value createSplat(mlir::OpBuilder &builder, mlir::Location loc,
                        mlir::RankedTensorType type, double value);

/// A splat of rank 0.
mlir::Value createScalar(mlir::OpBuilder &builder, mlir::Location loc,
                         mlir::Type elementType, double value);

/// A rank-1 i64 constant, as shape operands are.
mlir::Value createI64Vector(mlir::OpBuilder &builder, mlir::Location loc,
                            llvm::ArrayRef<int64_t> values);

/// The value of a graph.constant or arith.constant; null for anything else.
mlir::ElementsAttr getConstantElements(mlir::Value value);

/// The bytes of `elements`; a splat is written out into `storage`, everything
/// else is referenced in place. Nothing where a blob is missing or released.
std::optional<llvm::ArrayRef<char>>
getConstantBytes(mlir::ElementsAttr elements,
                 llvm::SmallVectorImpl<char> &storage);

/// The elements of a constant of any integer or boolean type, of at most
/// `limit` elements. Unsigned 64-bit values wrap. Fails for anything else.
mlir::FailureOr<llvm::SmallVector<int64_t>>
getConstantInts(mlir::Value value, int64_t limit = int64_t(1) << 24);

/// The elements of a constant of any floating-point type.
mlir::FailureOr<llvm::SmallVector<double>>
getConstantFloats(mlir::Value value, int64_t limit = int64_t(1) << 24);

/// The one value that all elements of a constant have, as a double. Only
/// dense<> splats and one-element constants are looked at.
std::optional<double> getSplatValue(mlir::Value value);

/// The blob of a dense_resource, which other attributes may have, too; null for
/// other attributes.
const void *getConstantStorage(mlir::ElementsAttr elements);

/// Attribute of a module whose constants share blobs with those of other
/// modules: the values there (ArrayAttr), whose blobs are not to be released.
constexpr llvm::StringLiteral kHeldElsewhereAttr = "graph.held_elsewhere";

/// Frees the blob of a dense_resource whose last use is gone; does nothing for
/// other attributes. Keeps compile memory bounded for models of gigabytes.
void releaseConstant(mlir::ElementsAttr elements);

} // namespace atrous::graph

#endif // ATROUS_DIALECTS_GRAPH_CONSTANTS_H
