//===- Stage.cpp - The stages of a compilation ----------------------------===//

#include "compiler/pipeline/Stage.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace atrous;

static constexpr Stage kStages[] = {
    Stage::Import, Stage::Simplify, Stage::Fuse, Stage::Schedule,
    Stage::Plan,   Stage::Codegen,  Stage::Emit};

static constexpr llvm::StringLiteral kNames[] = {
    "import", "simplify", "fuse", "schedule", "plan", "codegen", "emit"};

llvm::ArrayRef<Stage> atrous::getStages() { return kStages; }

llvm::StringRef atrous::getStageName(Stage stage) {
  return kNames[static_cast<size_t>(stage)];
}

std::optional<Stage> atrous::parseStage(llvm::StringRef name) {
  for (Stage stage : kStages)
    if (getStageName(stage) == name)
      return stage;
  return std::nullopt;
}

std::string atrous::getStageFileName(Stage stage) {
  return llvm::formatv("{0:d2}-{1}.mlir", static_cast<int>(stage) + 1,
                       getStageName(stage));
}
