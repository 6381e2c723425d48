//===- Pipeline.cpp - The stage `simplify` --------------------------------===//

#include "passes/graph/Pipeline.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassOptions.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Transforms/Passes.h"
#include "passes/graph/Passes.h"

using namespace mlir;

namespace atrous {

void buildSimplifyPipeline(OpPassManager &manager,
                           const SimplifyOptions &options) {
  auto addFolding = [&] {
    FoldConstantsOptions folding;
    folding.maxBytes = options.maxFoldedBytes;
    manager.addPass(createFoldConstants(folding));
  };

  // Shapes first: everything below asks for them.
  manager.addNestedPass<func::FuncOp>(createInferShapes());
  manager.addNestedPass<func::FuncOp>(createMaterializeBroadcasts());

  // Algebra sees constants as constants, and leaves weights to be computed.
  addFolding();
  manager.addPass(createCanonicalizerPass());
  manager.addPass(createCSEPass());
  addFolding();

  // A batch norm behind a transposed convolution has been folded into its
  // weights by now, so each phase inherits it.
  manager.addNestedPass<func::FuncOp>(createDecomposeConvTranspose());
  manager.addNestedPass<func::FuncOp>(createSinkElementwise());
  manager.addNestedPass<func::FuncOp>(createSkipPaddedTaps());
  manager.addNestedPass<func::FuncOp>(createMaterializePadding());
  addFolding();
  manager.addPass(createCanonicalizerPass());

  // Layouts last: the rules above are written for logical tensors.
  manager.addPass(createAssignLayout());
  addFolding();
  manager.addPass(createCanonicalizerPass());
  manager.addPass(createCSEPass());
}

void registerSimplifyPipeline() {
  PassPipelineRegistration<>(
      "atrous-simplify", "from stage import to stage simplify",
      [](OpPassManager &manager) { buildSimplifyPipeline(manager, {}); });
}

} // namespace atrous
