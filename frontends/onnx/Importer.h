//===- Importer.h - ONNX to the graph dialect -------------------*- C++ -*-===//
//
// Both functions give a verified module with a function @main, and one more for
// each hint, or null after errors were emitted through the context's diagnostic
// engine and `refusal`, where it is given, was set. They never throw and may be called from several threads on different
// contexts.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_FRONTENDS_ONNX_IMPORTER_H
#define ATROUS_FRONTENDS_ONNX_IMPORTER_H

#include "frontends/onnx/Limits.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <utility>
#include <vector>

namespace mlir {
class MLIRContext;
class ModuleOp;
} // namespace mlir

namespace atrous::onnx_frontend {

/// Graph input names and their dimensions, all of them.
using InputShapes = std::vector<std::pair<std::string, std::vector<int64_t>>>;

struct ImportOptions {
  /// What --shape says. Known dimensions must agree; a symbol fixed here is
  /// fixed everywhere.
  InputShapes shapes;
  /// Graph input name, and the smallest and the largest size of each of its
  /// dimensions: what --shape-range says. A size that may vary becomes a symbol,
  /// also where the model gives a number.
  std::vector<
      std::pair<std::string, std::vector<std::pair<int64_t, int64_t>>>>
      ranges;
  /// What each --shape-hint says: the model is imported once more, as
  /// @main_hint_1 ..., with these shapes fixed within what the others leave
  /// open.
  std::vector<InputShapes> hints;
  Limits limits;
};

/// Why a model is not imported.
enum class Refusal {
  model,      ///< it is not valid, or does not fit the options
  unsupported ///< it is, but asks for what Atrous does not do
};

/// Imports the file at `path`; external data is looked for in its folder only.
mlir::OwningOpRef<mlir::ModuleOp> importOnnxFile(llvm::StringRef path,
                                                 const ImportOptions &options,
                                                 mlir::MLIRContext &context,
                                                 Refusal *refusal = nullptr);

/// Imports a serialized ModelProto; external data is looked for in `baseDir`
/// only, and refused where that is empty.
mlir::OwningOpRef<mlir::ModuleOp> importOnnxBytes(llvm::StringRef bytes,
                                                  llvm::StringRef baseDir,
                                                  const ImportOptions &options,
                                                  mlir::MLIRContext &context,
                                                  Refusal *refusal = nullptr);

} // namespace atrous::onnx_frontend

#endif // ATROUS_FRONTENDS_ONNX_IMPORTER_H
