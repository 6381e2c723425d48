//===- Pipeline.h - From plan-stage IR to the LLVM dialect ------*- C++ -*-===//

#ifndef ATROUS_PASSES_CPU_PIPELINE_H
#define ATROUS_PASSES_CPU_PIPELINE_H

#include "mlir/Pass/PassManager.h"

namespace atrous {

/// Adds the passes of stage `codegen` for the CPU to a manager of modules.
/// Afterwards the module holds `llvm.func @atrous_main` (`run` of struct
/// atrous_model), per kernel a function `@sym` and its task function
/// `@sym__task` (atrous_task_fn), declarations of libm and runtime functions,
/// and kernel.constants as it was. Kernels do not call one another.
void buildCpuCodegenPipeline(mlir::OpPassManager &manager);

/// The middle of the pipeline: emitted kernels to the LLVM dialect, without the
/// host function. For tests of single kernels.
void buildKernelLoweringPipeline(mlir::OpPassManager &manager);

} // namespace atrous

#endif // ATROUS_PASSES_CPU_PIPELINE_H
