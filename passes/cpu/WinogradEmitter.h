//===- WinogradEmitter.h - Steps of a minimal filtering ---------*- C++ -*-===//
//
// The loops that the orders of Winograd.cpp are made of. Memory is laid out as
// passes/support/Winograd.h says.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_PASSES_CPU_WINOGRADEMITTER_H
#define ATROUS_PASSES_CPU_WINOGRADEMITTER_H

#include "passes/cpu/FlatCode.h"
#include "passes/support/Winograd.h"

namespace atrous::cpu {

/// What is emitted.
struct WinogradConv {
  ConvShape shape;
  WinogradPlan plan;
};

/// The tiles of a map: row by row, and along a row or column those of each
/// residue by the dilation; or, where there are shorter ones, as WinogradPlan
/// numbers them. Made at the beginning of a function, for a plan that outlives
/// it.
class TileGrid {
public:
  TileGrid(mlir::OpBuilder &builder, const KernelContext &context,
           const WinogradConv &conv);

  mlir::OpFoldResult countTiles(mlir::OpBuilder &builder) const;
  /// The first output's row and column of a tile. Where the size is not known,
  /// they lie outside if a residue has fewer rows or columns than others.
  llvm::SmallVector<mlir::Value> getFirst(mlir::OpBuilder &builder,
                                          mlir::Value tile) const;
  /// How many of a tile's rows (dimension 0) or columns (1) there are.
  mlir::Value countOutputs(mlir::OpBuilder &builder, unsigned dimension,
                           mlir::Value first) const;
  /// The row or column that input number `i` of a tile's phase is read from.
  /// Behind the last one stands the last: no output that there is depends on
  /// it.
  mlir::Value getInput(mlir::OpBuilder &builder, unsigned dimension,
                       const FilterPhase &phase, mlir::Value first,
                       int64_t i) const;

private:
  mlir::Value getFirst(mlir::OpBuilder &builder, unsigned dimension,
                       mlir::Value tile) const;

  llvm::SmallVector<mlir::Value> getByOutputs(mlir::OpBuilder &builder,
                                              mlir::Value tile) const;

  mlir::Location loc;
  const WinogradFilters &filters;
  const std::array<TileRuns, 2> &runs;
  bool isByOutputs;                            ///< how tiles are numbered
  llvm::SmallVector<mlir::OpFoldResult> sizes; ///< of the map
  llvm::SmallVector<mlir::OpFoldResult> tiles; ///< of all residues
};

/// Consecutive tiles of one image and group.
struct TileBlock {
  mlir::Value image, group, first, count;
};

/// G w G^T of a row group's weights at each phase, for some blocks of input
/// channels.
void emitWeights(mlir::OpBuilder &builder, const KernelContext &context,
                 const WinogradConv &conv, mlir::Value group,
                 mlir::Value rowGroup, IndexRange inBlocks, Place weights);

/// B^T x B of a block of tiles at each phase, for some blocks of input
/// channels.
void emitInputs(mlir::OpBuilder &builder, const KernelContext &context,
                const WinogradConv &conv, const TileGrid &grid,
                const TileBlock &block, IndexRange inBlocks, Place inputs);

/// Sums over phases and input channels of weights times inputs, at each point.
/// Those of a slice of the input channels, whose weights are there alone, are
/// added to what `products` holds.
void emitProducts(mlir::OpBuilder &builder, mlir::Location loc,
                  const WinogradConv &conv, int64_t rowGroups, Place weights,
                  Place inputs, mlir::Value tiles, Place products,
                  std::optional<IndexRange> slice = std::nullopt);

/// A^T m A, the epilogue, and the stores. `outBlocks` are those in `products`.
void emitOutputs(mlir::OpBuilder &builder, KernelContext &context,
                 const WinogradConv &conv, const TileGrid &grid,
                 const TileBlock &block, IndexRange outBlocks, Place products);

} // namespace atrous::cpu

#endif // ATROUS_PASSES_CPU_WINOGRADEMITTER_H
