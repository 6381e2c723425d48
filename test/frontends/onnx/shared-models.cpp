//===- shared-models.cpp - Real and hostile models, where present ---------===//
//
// Imports what lies in ../shared/models/real and ../shared/badmodels. Each
// hostile model must give a module or an error, and those that an importer can
// judge must be refused.
//
//===----------------------------------------------------------------------===//

#include "testing.h"
#include <filesystem>

using namespace atrous::testing;
namespace fs = std::filesystem;

static std::vector<fs::path> listModels(const char *folder) {
  std::vector<fs::path> paths;
  fs::path root = fs::path(SHARED_FOLDER) / folder;
  if (fs::exists(root))
    for (const auto &entry : fs::directory_iterator(root))
      if (entry.path().extension() == ".onnx")
        paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  return paths;
}

TEST(SharedModels, RealOnesImport) {
  std::vector<fs::path> paths = listModels("models/real");
  if (paths.empty())
    GTEST_SKIP() << "../shared/models/real is not there";
  for (const fs::path &path : paths)
    EXPECT_EQ(importFile(path.string()).errors, "") << path;
}

TEST(SharedModels, BadOnesAreRefused) {
  std::vector<fs::path> paths = listModels("badmodels");
  if (paths.empty())
    GTEST_SKIP() << "../shared/badmodels is not there";
  for (const fs::path &path : paths) {
    Imported imported = importFile(path.string());
    llvm::StringRef name(path.filename().native());
    bool isDamaged =
        (name.starts_with("pb_") && !name.contains("flip")) ||
        (name.starts_with("ext_") && !name.contains("unaligned")) ||
        (name.starts_with("init_") && !name.contains("scalar") &&
         !name.contains("zero_size") && !name.contains("ok")) ||
        name.starts_with("hdr_opset") || name.starts_with("fn_");
    if (isDamaged)
      EXPECT_EQ(imported.module, "") << path;
  }
}
