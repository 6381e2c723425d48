//===- TileOperand.h - What a register tile reads ---------------*- C++ -*-===//

#ifndef ATROUS_PASSES_CPU_TILEOPERAND_H
#define ATROUS_PASSES_CPU_TILEOPERAND_H

#include "passes/cpu/RegisterTile.h"

namespace atrous::cpu {

/// A multiply-add of a step: the accumulator's place, and how many steps of the
/// innermost reduction loop it is from the step's first.
struct TileSpot {
  int64_t row, column, tap = 0;
};

/// The indices of an operand within a tile.
class TileMap {
public:
  TileMap(mlir::AffineMap map, const TileRoles &roles);

  /// Whether the indices differ from row to row, and from column to column.
  bool isPerRow() const { return perRow; }
  bool isPerColumn() const { return perColumn; }
  /// How far the indices at `spot` are from those at the tile's first.
  llvm::SmallVector<int64_t> offsetsAt(TileSpot spot) const;

private:
  bool perRow, perColumn;
  /// By index: how far a row, a column and a tap move it.
  llvm::SmallVector<TileSpot> steps;
};

/// An input of the root, as one dimension: elements of a tile are then a
/// constant apart, which is part of the instruction; one index per dimension
/// would keep a register per column. Made before the loops.
class TileOperand : public TileMap {
public:
  TileOperand(mlir::OpBuilder &builder, const KernelContext &context,
              mlir::OpOperand &operand, const TileRoles &roles);

  /// The element that the tile's first spot reads at `ivs`, the values of all
  /// iteration dimensions.
  mlir::Value getFirst(mlir::OpBuilder &builder, mlir::ValueRange ivs) const;
  /// The vector at `spot`: along the lane dimension, or an element for all.
  mlir::Value load(mlir::OpBuilder &builder, mlir::Value first,
                   TileSpot spot) const;

private:
  mlir::Value getElement(mlir::OpBuilder &builder, mlir::Value first,
                         TileSpot spot) const;

  mlir::Location loc;
  mlir::Value flat;
  llvm::SmallVector<mlir::OpFoldResult> strides;
  /// Of the iteration dimensions, and as symbols of the strides that are
  /// dynamic.
  mlir::AffineExpr element;
  llvm::SmallVector<mlir::Value> symbols;
  mlir::VectorType type;
  bool isVector;
};

} // namespace atrous::cpu

#endif // ATROUS_PASSES_CPU_TILEOPERAND_H
