//===- RegisterTile.h - A contraction tiled in registers --------*- C++ -*-===//
//
// The micro-kernel that direct convolution, matrix product and depthwise
// convolution share. A root
//
//   out[...] += a[...] * b[...]
//
// keeps a tile of `rows` x `columns` vectors of the output in registers over
// all of its reduction loops. Each step of the innermost reduction loop loads
// every operand once per tile position that it depends on and issues one fused
// multiply-add per accumulator:
//
//            column 0   column 1   ...        operand without the lane
//   row 0    acc[0,0]   acc[0,1]              dimension: one element,
//   row 1    acc[1,0]   acc[1,1]              broadcast; with it: a vector
//
// A row is an output-channel block (convolution, matrix product) or an image
// row (depthwise). Register use is rows * columns + rows + 1 vectors; the
// schedule keeps it within the register file, so that nothing spills.
//
// With `unroll` > 1 a step does as many taps of the innermost reduction loop:
// the columns share what their windows have in common, and the taps of the
// operand without columns stay in registers over the tile, unroll times as many.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_PASSES_CPU_REGISTERTILE_H
#define ATROUS_PASSES_CPU_REGISTERTILE_H

#include "passes/cpu/KernelEmitter.h"
#include "passes/support/ConvAnalysis.h"

namespace atrous::cpu {

/// What the iteration dimensions of a contraction are to a register tile.
struct TileRoles {
  /// Contiguous in the output: the vector dimension.
  unsigned lane;
  /// The tile's two dimensions. `row` is absent for a root without one.
  std::optional<unsigned> row;
  std::optional<unsigned> column;
  /// The other parallel dimensions, outermost first.
  llvm::SmallVector<unsigned> outer;
  llvm::SmallVector<unsigned> reductions;

  /// Append a loop, if it is there.
  void addOuter(Loop loop) {
    if (loop)
      outer.push_back(loop.dim);
  }
  void addReduction(Loop loop) {
    if (loop)
      reductions.push_back(loop.dim);
  }
};

/// Emits the loops: one task per tile row and outer index, columns within.
/// Fails with an error at the kernel where the lane dimension is not one
/// vector of the schedule.
mlir::LogicalResult emitRegisterTile(mlir::OpBuilder &builder,
                                     KernelContext &context,
                                     const TileRoles &roles);

} // namespace atrous::cpu

#endif // ATROUS_PASSES_CPU_REGISTERTILE_H
