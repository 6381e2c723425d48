//===- SplitModule.h - One module per kernel --------------------*- C++ -*-===//
//
// Kernels are optimised and coded in parallel, each in a module and an LLVM
// context of its own.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_COMPILER_EMIT_SPLITMODULE_H
#define ATROUS_COMPILER_EMIT_SPLITMODULE_H

#include "mlir/IR/BuiltinOps.h"
#include <string>
#include <vector>

namespace atrous {

struct ModulePart {
  std::string name; ///< the kernel's symbol, or "atrous_main" for the rest
  mlir::OwningOpRef<mlir::ModuleOp> module;
};

/// Copies each kernel with its `__task` thunk, and everything else together,
/// into modules of the LLVM dialect. Symbols of internal linkage go along with
/// each user; other symbols are declared. In the module's order.
std::vector<ModulePart> splitModule(mlir::ModuleOp module);

/// Drops the module's attributes of our own dialects, which mean nothing to
/// LLVM.
void dropForeignAttributes(mlir::ModuleOp module);

} // namespace atrous

#endif // ATROUS_COMPILER_EMIT_SPLITMODULE_H
