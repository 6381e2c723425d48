//===- Stage.h - The stages of a compilation --------------------*- C++ -*-===//
//
// One enum value per arrow of ARCHITECTURE.md. Each stage is one pipeline
// function (Pipeline.cpp), one exit promise (StageVerifier.cpp) and one file
// that can be saved, edited and re-entered.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_COMPILER_PIPELINE_STAGE_H
#define ATROUS_COMPILER_PIPELINE_STAGE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>

namespace atrous {

enum class Stage { Import, Simplify, Fuse, Schedule, Plan, Codegen, Emit };

/// All stages, in order.
llvm::ArrayRef<Stage> getStages();

/// "import", "simplify", ...: the word used on the command line.
llvm::StringRef getStageName(Stage stage);

/// The stage called `name`.
std::optional<Stage> parseStage(llvm::StringRef name);

/// The name of the file that --save-stages writes: "02-simplify.mlir".
std::string getStageFileName(Stage stage);

} // namespace atrous

#endif // ATROUS_COMPILER_PIPELINE_STAGE_H
