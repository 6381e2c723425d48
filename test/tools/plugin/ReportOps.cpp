//===- ReportOps.cpp - A pass plugin, as small as one can be --------------===//
//
// Loaded by atrous-opt in atrous-opt-plugin.mlir. A plugin does not link
// libMLIR: it finds it in the program that loads it.
//
//===----------------------------------------------------------------------===//

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"
#include "mlir/Tools/Plugins/PassPlugin.h"

using namespace mlir;

namespace {
struct ReportOps : public PassWrapper<ReportOps, OperationPass<ModuleOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(ReportOps)

  StringRef getArgument() const override { return "report-ops"; }
  StringRef getDescription() const override { return "remark on graph ops"; }
  void runOnOperation() override {
    getOperation()->walk([](Operation *op) {
      if (op->getName().getDialectNamespace() == "graph")
        op->emitRemark("seen by the plugin");
    });
  }
};
} // namespace

extern "C" LLVM_ATTRIBUTE_VISIBILITY_DEFAULT PassPluginLibraryInfo
mlirGetPassPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "ReportOps", "1",
          [] { PassRegistration<ReportOps>(); }};
}
