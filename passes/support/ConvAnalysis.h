//===- ConvAnalysis.h - What a kernel's root computes -----------*- C++ -*-===//
//
// Recognises convolutions, depthwise convolutions and matrix products in a
// linalg.generic by its maps, iterator types, operand shapes and body alone:
// the same on tensors and on memrefs, and independent of the loops' order.
//
//   conv       out[n, g, kb, o.., ko] += in[n, g, cb, o*s + k*d.., ci]
//                                        * w[g, kb, cb, k.., ci, ko]
//   depthwise  out[n, cb, o.., ci] += in[n, cb, o*s + k*d.., ci]
//                                     * w[cb, k.., ci]
//   matmul     out[b.., m, nb * lanes + nl] += lhs[b.., m, k]
//                                              * rhs[b.., nb, k, nl]
//
// A loop that an operation lacks (no group, a plain input without `ci`) is
// kNoLoop, and its size is 1. The sizes of batches, images and matrix rows may
// be dynamic; those of all other loops are known.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_PASSES_SUPPORT_CONVANALYSIS_H
#define ATROUS_PASSES_SUPPORT_CONVANALYSIS_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace atrous {

constexpr unsigned kNoLoop = ~0u;

/// What plans and costs take a size to be that is not known.
constexpr int64_t kAssumedSize = 128;

/// A loop of the generic: its number among the iterators, and its size or
/// kDynamic.
struct Loop {
  unsigned dim = kNoLoop;
  int64_t size = 1;
  explicit operator bool() const { return dim != kNoLoop; }
  bool isDynamic() const { return mlir::ShapedType::isDynamic(size); }
};

/// The sizes of the loops of `op`: each from the first of its operands that
/// knows it, else kDynamic.
llvm::SmallVector<int64_t> getKnownLoopSizes(mlir::linalg::GenericOp op);

/// A convolution with a channel-blocked output. Operand 0 is the input,
/// operand 1 the weights. The lists of output, kernel, strides and dilations
/// have one entry per spatial dimension, in the output's order.
struct ConvShape {
  Loop batch, group, outBlock, outLane;
  Loop inBlock, inLane;
  llvm::SmallVector<Loop, 3> out, kernel;
  llvm::SmallVector<int64_t, 3> strides, dilations;
  /// Input channels are blocked: `inLane` is the input's last dimension.
  /// Otherwise `inBlock` counts single channels of a plain [N, C, ...] input.
  bool blockedInput = false;
};

/// A convolution with one channel per group, blocked throughout.
struct DepthwiseShape {
  Loop batch, block, lane;
  llvm::SmallVector<Loop, 3> out, kernel;
  llvm::SmallVector<int64_t, 3> strides, dilations;
};

/// A matrix product. Operand 0 is lhs, operand 1 rhs; `lane` is absent where
/// the columns are one loop, which is `column` then.
struct MatMulShape {
  llvm::SmallVector<Loop, 2> batch;
  Loop row, column, lane, inner;
  /// The innermost dimension of rhs walks along the output's columns (else
  /// along `inner`, as in Gemm with transB).
  bool columnsInnermost = false;
};

/// Whether the body is `acc + lhs * rhs` on the generic's three operands
/// (in either order), in floating point or integers.
bool isMultiplyAccumulate(mlir::linalg::GenericOp op);

/// Each gives failure where `op` is something else.
llvm::FailureOr<ConvShape> analyzeConv(mlir::linalg::GenericOp op);
llvm::FailureOr<DepthwiseShape> analyzeDepthwise(mlir::linalg::GenericOp op);
llvm::FailureOr<MatMulShape> analyzeMatMul(mlir::linalg::GenericOp op);

} // namespace atrous

#endif // ATROUS_PASSES_SUPPORT_CONVANALYSIS_H
