//===- PanelProduct.h - A product of packed matrices ------------*- C++ -*-===//
//
// The micro-kernel of algorithms that bring their operands into memory of their
// own first. A tile of the product,
//
//   products [row][column][lane]
//
// is the sum over channels of weights times inputs:
//
//   weights  [channel][row][lane]
//   inputs   [block of channels][column][channel of the block]
//
// with as many channels in a block as a vector has lanes. `rows` x `columns`
// vectors stay in registers: those of a row are `lanes` rows of a matrix, and
// elements of inputs are broadcast.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_PASSES_CPU_PANELPRODUCT_H
#define ATROUS_PASSES_CPU_PANELPRODUCT_H

#include "passes/cpu/FlatCode.h"

namespace atrous::cpu {

/// A register tile, and how its operands lie.
struct PanelShape {
  int64_t lanes, rows, columns;
  int64_t inputStep;   ///< elements from one block of channels to the next
  int64_t productStep; ///< elements from one row to the next
  /// Blocks of channels at most, where they are counted at run time.
  int64_t mostBlocks = mlir::ShapedType::kDynamic;
};

/// Whether products replace what is in memory, or are added to it.
enum class PanelStore { Replace, Add };

/// Emits the product over `blocks` blocks of channels, which may be 0.
/// `weights` and `inputs` stand at the first channel. The inputs of the block
/// behind the last one are fetched, but not used.
void emitPanelProduct(const Code &code, const PanelShape &shape, Place weights,
                      Place inputs, mlir::OpFoldResult blocks, Place products,
                      PanelStore store = PanelStore::Replace);

} // namespace atrous::cpu

#endif // ATROUS_PASSES_CPU_PANELPRODUCT_H
