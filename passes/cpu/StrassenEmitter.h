//===- StrassenEmitter.h - Steps of Strassen's product ----------*- C++ -*-===//
//
// The loops that the phases and tasks of Strassen.cpp are made of. Memory is
// laid out as passes/support/Strassen.h says.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_PASSES_CPU_STRASSENEMITTER_H
#define ATROUS_PASSES_CPU_STRASSENEMITTER_H

#include "passes/cpu/FlatCode.h"
#include "passes/cpu/FlatOperand.h"
#include "passes/cpu/PanelProduct.h"
#include "passes/support/Strassen.h"

namespace atrous::cpu {

/// What is emitted.
struct StrassenProduct {
  ProductShape shape;
  StrassenPlan plan;
  StrassenMatrices matrices;

  /// The points whose products take the input channels that are left over, and
  /// those which output channels that are left over need, as bits.
  uint64_t pointsOfInRest() const;
  uint64_t pointsOfRestRows() const;
};

/// `matrix` at each level. Numbers of rows and columns have a digit for each
/// level, the outer one's first.
void applyLevels(mlir::OpBuilder &builder, mlir::Location loc,
                 const Matrix &matrix, int64_t levels,
                 llvm::function_ref<mlir::Value(int64_t)> load,
                 llvm::function_ref<void(int64_t, mlir::Value)> store);

/// The parts of two dimensions that a block of a matrix is of.
struct BlockParts {
  int64_t row = 0, column = 0;
};
/// Those of number `block`, a digit for each level, of blocks in two rows and
/// columns at each.
BlockParts getParts(int64_t block, int64_t levels);

/// Elements from the first step of all `loops` to their `number`-th.
mlir::Value getOffset(Code code, const FlatOperand &operand,
                      llvm::ArrayRef<Loop> loops, mlir::Value number);
/// Sets the values of `loops` to those at their `number`-th step.
void setLoops(Code code, llvm::SmallVectorImpl<mlir::Value> &ivs,
              llvm::ArrayRef<Loop> loops, mlir::Value number);

/// Numbers of an image and of a group, each over all their loops.
struct ProductPlace {
  mlir::Value image, group;
};

/// Pixels of a task: those of part q are first + q * count and following.
struct PixelBlock {
  mlir::Value first, count;
};

/// Blocks [first, first + count) of each part.
struct ChannelSlice {
  mlir::Value first, count;
};

/// The sums of weights for all rows of a row group: of the `position`-th block
/// of each part of the input channels, or of those left over.
void emitStrassenWeights(mlir::OpBuilder &builder, const KernelContext &context,
                         const StrassenProduct &product, const StrassenRows &of,
                         bool isInRest, mlir::Value group, mlir::Value rowGroup,
                         mlir::Value position, Place weights);

/// The sums of a slice of the inputs, and what is left over of them.
void emitStrassenInputs(mlir::OpBuilder &builder, const KernelContext &context,
                        const StrassenProduct &product, ProductPlace at,
                        const PixelBlock &pixels, const ChannelSlice &slice,
                        Place inputs);
void emitStrassenInRest(mlir::OpBuilder &builder, const KernelContext &context,
                        const StrassenProduct &product, ProductPlace at,
                        const PixelBlock &pixels, Place inputs);

/// Rows of a slice of their blocks.
struct RowSlice {
  StrassenRows of;
  ChannelSlice slice;
};

/// Where the weights of the group's first row group, and the thread's sums and
/// products begin.
struct StrassenOperands {
  Place weights, inputs, products;
};

/// The products over a slice of the input channels. The first slice, which
/// replaces what is in memory, has those left over, too.
void emitStrassenProducts(Code code, const StrassenProduct &product,
                          const RowSlice &rows, const ChannelSlice &slice,
                          const PixelBlock &pixels, StrassenOperands at,
                          PanelStore store);

/// The outputs of some blocks of each part, which `products` are of: their
/// sums, the epilogue, and the stores.
void emitStrassenOutputs(mlir::OpBuilder &builder, KernelContext &context,
                         const StrassenProduct &product, const StrassenRows &of,
                         ProductPlace at, const PixelBlock &pixels,
                         const ChannelSlice &slice, Place products);

} // namespace atrous::cpu

#endif // ATROUS_PASSES_CPU_STRASSENEMITTER_H
