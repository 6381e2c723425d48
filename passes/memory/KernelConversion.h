//===- KernelConversion.h - The body of a kernel on buffers -----*- C++ -*-===//

#ifndef ATROUS_PASSES_MEMORY_KERNELCONVERSION_H
#define ATROUS_PASSES_MEMORY_KERNELCONVERSION_H

#include "dialects/kernel/Kernel.h"

namespace atrous {

/// Fills the empty body of `to`, whose arguments are buffers for the inputs and
/// then the results of `from`: initial values are written to the outputs, the
/// root writes them, and the epilogue works in place. Emits an error at an op
/// without a form on buffers.
mlir::LogicalResult convertBody(kernel::DefOp from, kernel::DefOp to);

} // namespace atrous

#endif // ATROUS_PASSES_MEMORY_KERNELCONVERSION_H
