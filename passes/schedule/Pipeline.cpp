//===- Pipeline.cpp - Stage `schedule` ------------------------------------===//

#include "passes/schedule/Pipeline.h"

#include "mlir/Pass/PassManager.h"
#include "passes/schedule/Passes.h"

void atrous::buildSchedulePipeline(mlir::OpPassManager &manager) {
  manager.addPass(createSelectSchedule());
}
