//===- Loops.h - Iteration spaces of structured ops -------------*- C++ -*-===//
//
// What ops with reductions and windows are lowered with, beside Lowering.h.
// All shapes are physical and static.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_DIALECTS_GRAPH_LOOPS_H
#define ATROUS_DIALECTS_GRAPH_LOOPS_H

#include "dialects/graph/Lowering.h"

namespace atrous::graph {

/// The loops of a linalg.generic, declared outermost first: parallel ones in
/// the order of the output's dimensions, then the reductions.
class Loops {
public:
  explicit Loops(mlir::MLIRContext *context) : context(context) {}

  mlir::AffineExpr parallel() {
    return add(mlir::utils::IteratorType::parallel);
  }
  mlir::AffineExpr reduction() {
    return add(mlir::utils::IteratorType::reduction);
  }
  llvm::SmallVector<mlir::AffineExpr> parallel(int64_t count);
  llvm::SmallVector<mlir::AffineExpr> reduction(int64_t count);
  mlir::AffineExpr constant(int64_t value) const;

  /// A map from all loops; call it when every loop is declared.
  mlir::AffineMap map(llvm::ArrayRef<mlir::AffineExpr> results) const;
  llvm::ArrayRef<mlir::utils::IteratorType> iterators() const { return types; }

private:
  mlir::AffineExpr add(mlir::utils::IteratorType type);

  mlir::MLIRContext *context;
  llvm::SmallVector<mlir::utils::IteratorType> types;
};

/// Emits the elements of all outputs from those of the inputs and the outputs
/// so far.
using ElementsFn = llvm::function_ref<llvm::SmallVector<mlir::Value>(
    mlir::OpBuilder &, mlir::Location, mlir::ValueRange)>;

/// A linalg.generic; `maps` of the inputs, then of the initial values.
mlir::linalg::GenericOp
createGeneric(mlir::OpBuilder &builder, mlir::Location loc, const Loops &loops,
              mlir::ValueRange inputs, mlir::ValueRange inits,
              llvm::ArrayRef<mlir::AffineMap> maps, ElementsFn elements);

/// A tensor whose only use is to give loops their extents: linalg wants each
/// loop to be a dimension of some operand. Never read.
mlir::Value createExtents(mlir::OpBuilder &builder, mlir::Location loc,
                          llvm::ArrayRef<int64_t> extents,
                          mlir::Type elementType);

/// `value` [n, c, ...] plus `bias` [c], or both with their channels blocked.
/// The bias may be narrower.
mlir::Value createChannelBias(mlir::OpBuilder &builder, mlir::Location loc,
                              mlir::RankedTensorType type, mlir::Value value, mlir::Value bias,
                              bool blocked);

/// `source` with `low` and `high` zeros around each dimension.
/// `dims` are those of a dynamic source.
mlir::Value createZeroPadded(mlir::OpBuilder &builder, mlir::Location loc,
                             mlir::Value source, llvm::ArrayRef<int64_t> low,
                             llvm::ArrayRef<int64_t> high,
                             llvm::ArrayRef<Dim> dims = {});

/// `index` held within [0, size).
mlir::Value createClamped(mlir::OpBuilder &builder, mlir::Location loc,
                          mlir::Value index, Dim size);

/// Whether `index` is within [0, size), and `condition` (may be null) holds.
mlir::Value createInBounds(mlir::OpBuilder &builder, mlir::Location loc,
                           mlir::Value index, Dim size,
                           mlir::Value condition = {});

//===----------------------------------------------------------------------===//
// Arithmetic on floats, signless integers and indices
//===----------------------------------------------------------------------===//

/// Constants are folded, and so are integer x + 0 and x * 1.
mlir::Value createAdd(mlir::OpBuilder &builder, mlir::Location loc,
                      mlir::Value a, mlir::Value b);
mlir::Value createSub(mlir::OpBuilder &builder, mlir::Location loc,
                      mlir::Value a, mlir::Value b);
mlir::Value createMul(mlir::OpBuilder &builder, mlir::Location loc,
                      mlir::Value a, mlir::Value b);

/// a > b; false where one is NaN.
mlir::Value createGreater(mlir::OpBuilder &builder, mlir::Location loc,
                          mlir::Value a, mlir::Value b, bool isUnsigned);

/// An index as a float or integer, or an integer as an index.
mlir::Value createIndexCast(mlir::OpBuilder &builder, mlir::Location loc,
                            mlir::Value value, mlir::Type type);

/// The type that elements are multiplied and summed in: f32 for f16 and bf16.
mlir::Type getSumType(mlir::Type type);

/// A float as a float of a wider type; anything else as it is.
mlir::Value createWidened(mlir::OpBuilder &builder, mlir::Location loc,
                          mlir::Value value, mlir::Type type);

/// The tensor with its elements rounded to the narrower floats of `type`; itself
/// where they have that type.
mlir::Value createRounded(mlir::OpBuilder &builder, mlir::Location loc,
                          mlir::RankedTensorType type, mlir::Value tensor);

/// acc + a * b in the type of acc.
mlir::Value createMultiplyAdd(mlir::OpBuilder &builder, mlir::Location loc,
                              mlir::Value acc, mlir::Value a, mlir::Value b);

/// -infinity (or the lowest integer) of a float or signless type; `isUnsigned`
/// says how an integer's bits are read.
mlir::Value createLowest(mlir::OpBuilder &builder, mlir::Location loc,
                         mlir::Type type, bool isUnsigned);
/// Infinity, or the largest integer.
mlir::Value createLargest(mlir::OpBuilder &builder, mlir::Location loc,
                          mlir::Type type, bool isUnsigned);

} // namespace atrous::graph

#endif // ATROUS_DIALECTS_GRAPH_LOOPS_H
