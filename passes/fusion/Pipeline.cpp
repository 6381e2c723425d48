//===- Pipeline.cpp - Stage `fuse` ----------------------------------------===//

#include "passes/fusion/Pipeline.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"
#include "passes/fusion/Passes.h"

using namespace mlir;

void atrous::buildFusePipeline(OpPassManager &manager) {
  manager.addPass(createLowerGraph());
  OpPassManager &onFunction = manager.nest<func::FuncOp>();
  onFunction.addPass(createCSEPass());
  onFunction.addPass(createFuseElementwise());
  onFunction.addPass(createCSEPass());
  manager.addPass(createFormKernels());
}
