//===- main.cpp - atrous-opt: run passes on IR files ----------------------===//
//
// mlir-opt with the dialects and passes of Atrous. Everything that mlir-opt
// takes works here, --load-dialect-plugin and --load-pass-plugin included.
//
//===----------------------------------------------------------------------===//

#include "dialects/graph/Graph.h"
#include "dialects/kernel/Kernel.h"
#ifdef ATROUS_HAVE_PASSES_GRAPH
#include "passes/graph/Passes.h"
#include "passes/graph/Pipeline.h"
#endif
#ifdef ATROUS_HAVE_PASSES_FUSION
#include "passes/fusion/Passes.h"
#endif
#ifdef ATROUS_HAVE_PASSES_SCHEDULE
#include "passes/schedule/Passes.h"
#endif
#ifdef ATROUS_HAVE_PASSES_MEMORY
#include "passes/memory/Passes.h"
#endif
#ifdef ATROUS_HAVE_PASSES_CPU
#include "passes/cpu/Passes.h"
#endif
#include "tools/atrous-opt/RegisterUpstream.h"

#include "mlir/Tools/mlir-opt/MlirOptMain.h"

int main(int argc, char **argv) {
#ifdef ATROUS_HAVE_PASSES_GRAPH
  atrous::registerAtrousGraphPasses();
  atrous::registerSimplifyPipeline();
#endif
#ifdef ATROUS_HAVE_PASSES_FUSION
  atrous::registerAtrousFusionPasses();
#endif
#ifdef ATROUS_HAVE_PASSES_SCHEDULE
  atrous::registerAtrousSchedulePasses();
#endif
#ifdef ATROUS_HAVE_PASSES_MEMORY
  atrous::registerAtrousMemoryPasses();
#endif
#ifdef ATROUS_HAVE_PASSES_CPU
  atrous::registerAtrousCpuPasses();
#endif

  mlir::DialectRegistry registry;
  atrous::registerUpstream(registry);
  registry.insert<atrous::graph::GraphDialect, atrous::kernel::KernelDialect>();
  return mlir::asMainReturnCode(
      mlir::MlirOptMain(argc, argv, "Atrous pass driver\n", registry));
}
