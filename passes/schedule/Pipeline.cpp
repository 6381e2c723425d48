//===- Pipeline.cpp - Stage `schedule` ------------------------------------===//

#include "passes/schedule/Pipeline.h"

#include "mlir/Pass/PassManager.h"
#include "passes/schedule/Passes.h"

void atrous::buildSchedulePipeline(mlir::OpPassManager &manager,
                                   WinogradUse winograd, MemoryUse memory) {
  SelectScheduleOptions options;
  options.winograd = getName(winograd).str();
  manager.addPass(createSelectSchedule(options));
  PrepareAtLoadOptions atLoad;
  atLoad.memory = getName(memory).str();
  manager.addPass(createPrepareAtLoad(atLoad));
}
