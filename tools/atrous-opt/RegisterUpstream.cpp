//===- RegisterUpstream.cpp - Upstream dialects and passes ----------------===//
//
// Alone in its file: these headers take twenty seconds to compile.
//
//===----------------------------------------------------------------------===//

#include "tools/atrous-opt/RegisterUpstream.h"

#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/InitAllPasses.h"
#include "mlir/Target/LLVMIR/Dialect/All.h"

void atrous::registerUpstream(mlir::DialectRegistry &registry) {
  mlir::registerAllDialects(registry);
  mlir::registerAllExtensions(registry);
  mlir::registerAllToLLVMIRTranslations(registry);
  mlir::registerAllPasses();
}
