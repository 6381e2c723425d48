//===- ConvTransposePhases.h - A transposed one, taken apart ----*- C++ -*-===//
//
// Along one dimension, with stride s, dilation d, kernel K, input I, output O:
//
//   y[o] = sum of x[i] * w[k] over s * i + k * d - pad = o
//
// Outputs of phase p are o = s * q + p. A tap k meets them if s divides
// p + pad - k * d: with g = gcd(s, d), none if g does not divide p + pad, else
// k = k0 + (s / g) * j for j = 0 .. T-1, and
//
//   i = q + a - (d / g) * j,    a = (p + pad - k0 * d) / s
//
// which is, counting the taps backwards, a convolution with T taps, stride 1,
// dilation d / g and (d / g) * (T - 1) - a elements of padding in front.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_PASSES_GRAPH_CONVTRANSPOSEPHASES_H
#define ATROUS_PASSES_GRAPH_CONVTRANSPOSEPHASES_H

#include "dialects/graph/Dims.h"

namespace atrous {

/// One dimension of a phase.
struct PhaseDim {
  /// Number of taps that meet it; the kernel indices are first + step * j.
  int64_t taps = 0, first = 0, step = 1;
  int64_t dilation = 1, padBegin = 0, padEnd = 0;
};

/// What the size of spatial dimension `dim` of the output is beyond stride
/// times the input's: the same for every input.
int64_t getExcess(graph::ConvTransposeOp op, int64_t dim);

/// Phase `phase` of spatial dimension `dim`, of which `extra` more output
/// elements are wanted than the input has.
PhaseDim getPhaseDim(graph::ConvTransposeOp op, int64_t dim, int64_t phase,
                     int64_t extra);

/// Sizes, which are named where they are dynamic, as a shape operand.
mlir::Value createSizes(mlir::OpBuilder &builder, mlir::Location loc,
                        llvm::ArrayRef<graph::Dim> dims);

/// The weights as graph.conv has them, [M, C / group, kernel...]: the first two
/// dimensions change places within each group.
mlir::Value createForwardWeights(graph::ConvTransposeOp op,
                                 mlir::OpBuilder &builder);

/// The convolution of phases that differ in `weights` and `bias` alone.
mlir::Value createPhaseConv(graph::ConvTransposeOp op, mlir::OpBuilder &builder,
                            llvm::ArrayRef<PhaseDim> dims, mlir::Value weights,
                            mlir::Value bias);

/// What phases without taps are: the bias of channel dimension 1 everywhere, or
/// zero.
mlir::Value createBiasOnly(graph::ConvTransposeOp op, mlir::OpBuilder &builder,
                           llvm::ArrayRef<graph::Dim> shape);

/// The transposed convolution with all phases of equal windows as output
/// channels of one convolution.
mlir::Value stackPhases(graph::ConvTransposeOp op, mlir::OpBuilder &builder);

} // namespace atrous

#endif // ATROUS_PASSES_GRAPH_CONVTRANSPOSEPHASES_H
