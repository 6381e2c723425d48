//===- TransposeAnalysis.h - Reading across what is written -----*- C++ -*-===//
//
// Recognises elementwise loops that read along another dimension than they
// write, by their maps alone: transpositions, and changes of layout.
//
//   out[c, p] = f(in[p, c], ...)
//   out[c, p] = f(in[c floordiv 16, p, c mod 16], ...)
//   out[cb, p, ci] = f(in[cb * 16 + ci, p], ...)
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_PASSES_SUPPORT_TRANSPOSEANALYSIS_H
#define ATROUS_PASSES_SUPPORT_TRANSPOSEANALYSIS_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace atrous {

/// Two of the generic's parallel loops.
struct TransposeShape {
  /// Walks the last dimension of the output, and of no input in `crossed`.
  unsigned lane;
  /// Walks the last dimension of those inputs, one element a step: from any
  /// multiple of the tile that was asked for, a tile's worth.
  unsigned cross;
  /// Inputs that are read across.
  llvm::SmallVector<unsigned> crossed;
};

/// Failure where `op` is something else, or its body has no form on vectors.
llvm::FailureOr<TransposeShape> analyzeTranspose(mlir::linalg::GenericOp op,
                                                 int64_t tile);

} // namespace atrous

#endif // ATROUS_PASSES_SUPPORT_TRANSPOSEANALYSIS_H
