//===- KernelFunction.h - The function of a kernel --------------*- C++ -*-===//

#ifndef ATROUS_PASSES_CPU_KERNELFUNCTION_H
#define ATROUS_PASSES_CPU_KERNELFUNCTION_H

#include "passes/cpu/KernelEmitter.h"

namespace atrous::cpu {

/// Makes the function of context.def and what belongs to it: func, begin, end,
/// sizeArguments, and the mapping of the kernel's arguments. Dynamic sizes that
/// are the same get one value, or one number where a type has it; the types of
/// the kernel's arguments then say so, too. `noalias`: no two buffers overlap.
/// `builder` is left in the function.
void createKernelFunction(mlir::OpBuilder &builder, KernelContext &context,
                          bool noalias);

} // namespace atrous::cpu

#endif // ATROUS_PASSES_CPU_KERNELFUNCTION_H
