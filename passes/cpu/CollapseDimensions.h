//===- CollapseDimensions.h - Fewer and longer loops ------------*- C++ -*-===//

#ifndef ATROUS_PASSES_CPU_COLLAPSEDIMENSIONS_H
#define ATROUS_PASSES_CPU_COLLAPSEDIMENSIONS_H

#include "passes/cpu/KernelEmitter.h"

namespace atrous::cpu {

/// Rewrites root and epilogue over fewer dimensions: those of size 1 go, and
/// neighbours that every operand holds contiguously, or not at all, become one.
///
///   (d0, d1, d2, d3) over 1x64x56x56, x[d0, d1, d2, d3] + bias[d1]
///   → (d0, d1) over 64x3136, x[d0, d1] + bias[d0]
void collapseDimensions(mlir::OpBuilder &builder, KernelContext &context);

} // namespace atrous::cpu

#endif // ATROUS_PASSES_CPU_COLLAPSEDIMENSIONS_H
