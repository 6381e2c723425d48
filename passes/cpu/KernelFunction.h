//===- KernelFunction.h - The function of a kernel --------------*- C++ -*-===//

#ifndef ATROUS_PASSES_CPU_KERNELFUNCTION_H
#define ATROUS_PASSES_CPU_KERNELFUNCTION_H

#include "passes/cpu/KernelEmitter.h"

namespace atrous::cpu {

/// Makes the function of context.def and what belongs to it: func, begin, end,
/// workspace, scratch, sizeArguments, and the mapping of the kernel's
/// arguments. Dynamic sizes that are the same get one value, or one number
/// where a type has it; the types of the kernel's arguments then say so, too.
/// `noalias`: no two buffers overlap. `builder` is left in the function.
void createKernelFunction(mlir::OpBuilder &builder, KernelContext &context,
                          bool noalias);

/// The context of a function of the same arguments as context.func, called
/// `@sym__name`, that a launch runs before it. It does `tasks` tasks of `work`
/// scalar operations in all. It has values for the kernel's arguments of static
/// shape and what is computed from these. `builder` is left in it. `atLoad`: it
/// runs when the model is loaded, reads the argument that kernel::kAtLoadAttr
/// says and writes context.prepared.
KernelContext createPhase(mlir::OpBuilder &builder,
                          const KernelContext &context, llvm::StringRef name,
                          int64_t tasks, int64_t work, bool atLoad = false);

} // namespace atrous::cpu

#endif // ATROUS_PASSES_CPU_KERNELFUNCTION_H
