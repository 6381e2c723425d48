//===- Pipeline.h - Stage `plan` --------------------------------*- C++ -*-===//

#ifndef ATROUS_PASSES_MEMORY_PIPELINE_H
#define ATROUS_PASSES_MEMORY_PIPELINE_H

namespace mlir {
class OpPassManager;
} // namespace mlir

namespace atrous {

/// Adds the passes from kernels on tensors to buffers in an arena and a
/// constants section.
void buildPlanPipeline(mlir::OpPassManager &manager);

} // namespace atrous

#endif // ATROUS_PASSES_MEMORY_PIPELINE_H
