//===- Pipeline.h - Stage `schedule` ----------------------------*- C++ -*-===//

#ifndef ATROUS_PASSES_SCHEDULE_PIPELINE_H
#define ATROUS_PASSES_SCHEDULE_PIPELINE_H

#include "passes/schedule/Memory.h"
#include "passes/schedule/Winograd.h"

namespace mlir {
class OpPassManager;
} // namespace mlir

namespace atrous {

/// Adds the passes that give each kernel its schedule.
void buildSchedulePipeline(mlir::OpPassManager &manager,
                           WinogradUse winograd = WinogradUse::Accurate,
                           MemoryUse memory = MemoryUse::Low);

} // namespace atrous

#endif // ATROUS_PASSES_SCHEDULE_PIPELINE_H
