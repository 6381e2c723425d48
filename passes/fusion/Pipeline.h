//===- Pipeline.h - Stage `fuse` --------------------------------*- C++ -*-===//

#ifndef ATROUS_PASSES_FUSION_PIPELINE_H
#define ATROUS_PASSES_FUSION_PIPELINE_H

namespace mlir {
class OpPassManager;
} // namespace mlir

namespace atrous {

/// Adds the passes from graph ops to kernels on tensors.
void buildFusePipeline(mlir::OpPassManager &manager);

} // namespace atrous

#endif // ATROUS_PASSES_FUSION_PIPELINE_H
