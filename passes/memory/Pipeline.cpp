//===- Pipeline.cpp - Stage `plan` ----------------------------------------===//

#include "passes/memory/Pipeline.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Pass/PassManager.h"
#include "passes/memory/Passes.h"

using namespace mlir;

void atrous::buildPlanPipeline(OpPassManager &manager) {
  manager.addPass(createBufferize());
  manager.addNestedPass<func::FuncOp>(createReuseInputs());
  manager.addNestedPass<func::FuncOp>(createReleaseBuffers());
  manager.addNestedPass<func::FuncOp>(createPlanArena());
  manager.addPass(createPackConstants());
}
