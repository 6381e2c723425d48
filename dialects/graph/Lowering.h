//===- Lowering.h - What lowerToLinalg is written with ----------*- C++ -*-===//
//
// Builders for the few forms of linalg and tensor ops that graph ops lower to.
// All work on physical tensors of static shape; tensors without elements are
// allowed everywhere.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_DIALECTS_GRAPH_LOWERING_H
#define ATROUS_DIALECTS_GRAPH_LOWERING_H

#include "dialects/graph/Graph.h"

namespace atrous::graph {

/// What lowerToLinalg returns.
using LoweredValues = mlir::FailureOr<llvm::SmallVector<mlir::Value>>;

/// Emits the element of a mapped tensor from those of the inputs.
using ElementFn = llvm::function_ref<mlir::Value(
    mlir::OpBuilder &, mlir::Location, mlir::ValueRange)>;

/// The types of the op's operands and results have static shapes, or an error
/// that says how to get there. Call this first.
mlir::LogicalResult checkStatic(mlir::Operation *op);

/// The physical type of result `index` of an op that passed checkStatic.
mlir::RankedTensorType getPhysicalResultType(mlir::Operation *op,
                                             unsigned index = 0);

/// The shape of a ranked tensor value.
llvm::ArrayRef<int64_t> getShape(mlir::Value tensor);

/// A linalg.generic over the elements of `type`, all loops parallel, the output
/// map the identity. `maps` says where in each input an iteration reads.
mlir::Value createMapped(mlir::OpBuilder &builder, mlir::Location loc,
                         mlir::RankedTensorType type, mlir::ValueRange inputs,
                         llvm::ArrayRef<mlir::AffineMap> maps,
                         ElementFn element);

/// result[d] = input[map(d)].
mlir::Value createMappedCopy(mlir::OpBuilder &builder, mlir::Location loc,
                             mlir::RankedTensorType type, mlir::Value input,
                             mlir::AffineMap map);

/// A tensor full of `scalar`.
mlir::Value createFilled(mlir::OpBuilder &builder, mlir::Location loc,
                         mlir::RankedTensorType type, mlir::Value scalar);

/// The same elements in row-major order under another shape.
mlir::Value createReshaped(mlir::OpBuilder &builder, mlir::Location loc,
                           mlir::Value input, llvm::ArrayRef<int64_t> shape);

/// lowerToLinalg of an op whose only meaning is the result's shape.
LoweredValues lowerAsView(mlir::Operation *op, mlir::OpBuilder &builder,
                          mlir::ValueRange operands);

/// result dimension i is input dimension perm[i].
mlir::Value createTransposed(mlir::OpBuilder &builder, mlir::Location loc,
                             mlir::Value input, llvm::ArrayRef<int64_t> perm);

/// A part of `input` with unit strides.
mlir::Value createSlice(mlir::OpBuilder &builder, mlir::Location loc,
                        mlir::Value input, llvm::ArrayRef<int64_t> offsets,
                        llvm::ArrayRef<int64_t> sizes,
                        llvm::ArrayRef<int64_t> strides = {});

/// The form in which arithmetic sees an element of logical type `type`: i1 for
/// booleans, everything else as it lies. And back.
mlir::Value loadScalar(mlir::OpBuilder &builder, mlir::Location loc,
                       mlir::Value physical, mlir::Type type);
mlir::Value storeScalar(mlir::OpBuilder &builder, mlir::Location loc,
                        mlir::Value scalar, mlir::Type type);

/// `value` as an arith.constant of a float or signless integer type.
mlir::Value createNumber(mlir::OpBuilder &builder, mlir::Location loc,
                         mlir::Type type, double value);
mlir::Value createIndex(mlir::OpBuilder &builder, mlir::Location loc,
                        int64_t value);

} // namespace atrous::graph

#endif // ATROUS_DIALECTS_GRAPH_LOWERING_H
