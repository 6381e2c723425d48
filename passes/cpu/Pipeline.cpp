//===- Pipeline.cpp - From plan-stage IR to the LLVM dialect --------------===//

#include "passes/cpu/Pipeline.h"

#include "passes/cpu/Passes.h"

#include "mlir/Conversion/AffineToStandard/AffineToStandard.h"
#include "mlir/Conversion/ReconcileUnrealizedCasts/ReconcileUnrealizedCasts.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

void atrous::buildKernelLoweringPipeline(OpPassManager &manager) {
  manager.addPass(createEmitKernels());
  OpPassManager &kernels = manager.nest<func::FuncOp>();
  kernels.addPass(createApproximateMath());
  kernels.addPass(createLowerAffinePass());
  kernels.addPass(createCanonicalizerPass());
  kernels.addPass(createCSEPass());
  kernels.addPass(createLoopInvariantCodeMotionPass());
  manager.addPass(createLowerKernels());
  manager.addPass(createReconcileUnrealizedCastsPass());
}

void atrous::buildCpuCodegenPipeline(OpPassManager &manager) {
  buildKernelLoweringPipeline(manager);
  manager.addPass(createLowerHost());
}
