//===- testing.h - Small models in ONNX's text form -------------*- C++ -*-===//

#ifndef ATROUS_TEST_FRONTENDS_ONNX_TESTING_H
#define ATROUS_TEST_FRONTENDS_ONNX_TESTING_H

#include "frontends/onnx/Importer.h"
#include <gtest/gtest.h>
#include <string>

namespace onnx {
class ModelProto;
} // namespace onnx

namespace atrous::testing {

struct Imported {
  /// The module as text, large constants elided; empty after a failure.
  std::string module;
  /// Diagnostics, one a line: "Conv:17 'name': message".
  std::string errors;
  /// Whether a failure is one of Atrous, not of the model.
  bool isUnsupported = false;

  bool has(llvm::StringRef text) const {
    return llvm::StringRef(module).contains(text);
  }
  /// How often `text` occurs in the module.
  size_t count(llvm::StringRef text) const {
    return llvm::StringRef(module).count(text);
  }
};

/// Parses ONNX's text form; fails the test on a syntax error.
onnx::ModelProto parseText(llvm::StringRef text);

Imported importBytes(llvm::StringRef bytes,
                     const onnx_frontend::ImportOptions &options = {},
                     llvm::StringRef baseDir = "");
Imported importModel(const onnx::ModelProto &model,
                     const onnx_frontend::ImportOptions &options = {},
                     llvm::StringRef baseDir = "");
Imported importFile(llvm::StringRef path);

/// Imports `(signature) { nodes }` under an opset of the default domain, as in
/// importGraph(17, "(float[1,3,8,8] x) => (float[1,3,8,8] y)", "y = Relu(x)").
Imported importGraph(int opset, llvm::StringRef signature,
                     llvm::StringRef nodes,
                     const onnx_frontend::ImportOptions &options = {});

/// Imports `y = op(x)` with x of 1x4x6x6 floats.
Imported importUnary(int opset, llvm::StringRef op);

} // namespace atrous::testing

/// Expects that an import succeeded and gave a module that has `text` in it.
#define EXPECT_IMPORTS(IMPORTED, TEXT)                                         \
  do {                                                                         \
    const auto &imported_ = (IMPORTED);                                        \
    EXPECT_EQ(imported_.errors, "");                                           \
    EXPECT_TRUE(imported_.has(TEXT)) << imported_.module;                      \
  } while (false)

/// Expects that an import failed with a message that has `text` in it.
#define EXPECT_REFUSED(IMPORTED, TEXT)                                         \
  do {                                                                         \
    const auto &imported_ = (IMPORTED);                                        \
    EXPECT_EQ(imported_.module, "");                                           \
    EXPECT_TRUE(llvm::StringRef(imported_.errors).contains(TEXT))              \
        << "errors: " << imported_.errors;                                     \
  } while (false)

#endif // ATROUS_TEST_FRONTENDS_ONNX_TESTING_H
