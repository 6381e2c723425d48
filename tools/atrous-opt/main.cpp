//===- main.cpp - atrous-opt: run passes on IR files ----------------------===//
//
// mlir-opt with the dialects and passes of Atrous. Everything that mlir-opt
// takes works here, --load-dialect-plugin and --load-pass-plugin included.
//
//===----------------------------------------------------------------------===//

#include "dialects/graph/Graph.h"
#include "dialects/kernel/Kernel.h"
#include "passes/cpu/Passes.h"
#include "passes/fusion/Passes.h"
#include "passes/graph/Passes.h"
#include "passes/graph/Pipeline.h"
#include "passes/memory/Passes.h"
#include "passes/schedule/Passes.h"
#include "tools/atrous-opt/RegisterUpstream.h"

#include "mlir/Tools/mlir-opt/MlirOptMain.h"

int main(int argc, char **argv) {
  atrous::registerAtrousGraphPasses();
  atrous::registerSimplifyPipeline();
  atrous::registerAtrousFusionPasses();
  atrous::registerAtrousSchedulePasses();
  atrous::registerAtrousMemoryPasses();
  atrous::registerAtrousCpuPasses();

  mlir::DialectRegistry registry;
  atrous::registerUpstream(registry);
  registry.insert<atrous::graph::GraphDialect, atrous::kernel::KernelDialect>();
  return mlir::asMainReturnCode(
      mlir::MlirOptMain(argc, argv, "Atrous pass driver\n", registry));
}
