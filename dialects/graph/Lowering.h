//===- Lowering.h - What lowerToLinalg is written with ----------*- C++ -*-===//
//
// Builders for the few forms of linalg and tensor ops that graph ops lower to.
// All work on physical tensors; tensors without elements are allowed everywhere.
// Types that are asked for carry the symbols of dynamic dimensions, values have
// types without.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_DIALECTS_GRAPH_LOWERING_H
#define ATROUS_DIALECTS_GRAPH_LOWERING_H

#include "dialects/graph/Dims.h"

namespace atrous::graph {

/// What lowerToLinalg returns.
using LoweredValues = mlir::FailureOr<llvm::SmallVector<mlir::Value>>;

/// Emits the element of a mapped tensor from those of the inputs.
using ElementFn = llvm::function_ref<mlir::Value(
    mlir::OpBuilder &, mlir::Location, mlir::ValueRange)>;

/// The types of the op's operands and results have static shapes, or an error
/// that says how to get there. Call this first.
mlir::LogicalResult checkStatic(mlir::Operation *op);

/// The types of the op's operands and results are ranked, and each dynamic size
/// of a result has a name, or an error. Call this, or checkStatic, first.
mlir::LogicalResult checkRanked(mlir::Operation *op);

/// The dimensions of the physical type of a ranked logical one, with symbols;
/// blocked dimensions are static.
Dims getPhysicalDims(mlir::Type logicalType);

/// `type` without encoding: that of a value.
mlir::RankedTensorType getValueType(mlir::RankedTensorType type);

/// The size as an index.
mlir::Value createSize(mlir::OpBuilder &builder, mlir::Location loc, Dim dim);

/// Ends the run with `message` where two sizes, which inference has not told
/// apart, differ.
void createSizeCheck(mlir::OpBuilder &builder, mlir::Location loc, Dim a, Dim b,
                     llvm::StringRef message);

/// A tensor without defined elements.
mlir::Value createEmpty(mlir::OpBuilder &builder, mlir::Location loc,
                        mlir::RankedTensorType type);

/// A physical tensor type with these dimensions; for the functions below.
mlir::RankedTensorType getSymbolicType(llvm::ArrayRef<Dim> dims,
                                       mlir::Type physicalElementType);

/// The physical type of result `index`, with symbols.
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
mlir::Value createReshaped(mlir::OpBuilder &builder, mlir::Location loc,
                           mlir::Value input, mlir::RankedTensorType type);

/// lowerToLinalg of an op whose only meaning is the result's shape.
LoweredValues lowerAsView(mlir::Operation *op, mlir::OpBuilder &builder,
                          mlir::ValueRange operands);

/// result dimension i is input dimension perm[i]. `dims` are those of a dynamic
/// input.
mlir::Value createTransposed(mlir::OpBuilder &builder, mlir::Location loc,
                             mlir::Value input, llvm::ArrayRef<int64_t> perm,
                             llvm::ArrayRef<Dim> dims = {});

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
