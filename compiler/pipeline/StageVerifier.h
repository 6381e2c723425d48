//===- StageVerifier.h - What each stage promises ---------------*- C++ -*-===//
//
// The table in ARCHITECTURE.md as code. A promise is checked when its stage
// ends, and on a stage file that a user re-enters.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_COMPILER_PIPELINE_STAGEVERIFIER_H
#define ATROUS_COMPILER_PIPELINE_STAGEVERIFIER_H

#include "compiler/pipeline/Stage.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/Support/Error.h"

namespace atrous {

/// Checks the promise of `stage` on the module. Failure has emitted located
/// errors.
mlir::LogicalResult verifyStage(mlir::ModuleOp module, Stage stage);

/// The promise of `emit`: the shared object exports the model's table and its C
/// API (compiler/emit/Names.h) only.
llvm::Error verifyExportedSymbols(llvm::StringRef sharedObject);

} // namespace atrous

#endif // ATROUS_COMPILER_PIPELINE_STAGEVERIFIER_H
