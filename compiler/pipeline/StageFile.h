//===- StageFile.h - The IR between two stages, as a file -------*- C++ -*-===//

#ifndef ATROUS_COMPILER_PIPELINE_STAGEFILE_H
#define ATROUS_COMPILER_PIPELINE_STAGEFILE_H

#include "compiler/emit/ModelDescription.h"

#include "mlir/IR/OwningOpRef.h"
#include "llvm/Support/Error.h"

#include <optional>

namespace atrous {

/// Reads a file that writeStageFile wrote, perhaps edited since; `bytes`, where
/// given, stand for what is in the file. Null after errors, which name line and
/// column.
mlir::OwningOpRef<mlir::ModuleOp>
readStageFile(llvm::StringRef path, std::optional<llvm::StringRef> bytes,
              mlir::MLIRContext *context);

/// Writes the module with its locations, so that messages still name ONNX nodes
/// when the file is re-entered. The file appears whole or not at all; "-" is
/// standard output.
llvm::Error writeStageFile(mlir::ModuleOp module, llvm::StringRef path);

/// Keeps the signatures of host functions, which code generation drops, in a
/// module attribute, so that `emit` can start from a file. For the end of stage
/// `plan`.
void keepDescription(mlir::ModuleOp module);

/// What keepDescription kept, and the constants section.
mlir::FailureOr<ModelDescription> readDescription(mlir::ModuleOp module);

} // namespace atrous

#endif // ATROUS_COMPILER_PIPELINE_STAGEFILE_H
