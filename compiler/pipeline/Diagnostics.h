//===- Diagnostics.h - From MLIR diagnostics to messages --------*- C++ -*-===//
//
// Messages in the IR hold facts only; this handler says where:
//
//   error: Resize node 'Resize_42' (opset 11): expects 4 scales, got 3
//   02-simplify.mlir:7:10: error: unknown op
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_COMPILER_PIPELINE_DIAGNOSTICS_H
#define ATROUS_COMPILER_PIPELINE_DIAGNOSTICS_H

#include "mlir/IR/Diagnostics.h"

#include <string>

namespace atrous {

/// "Resize node 'Resize_42' (opset 11)" for an op that came from ONNX, that is
/// NameLoc("Resize_42", NameLoc("Resize:11")), also inside fused and call-site
/// locations; empty where no node is known.
std::string describeNode(mlir::Location location);

/// `name` fit for a terminal: control characters are escaped, and a very long
/// name is cut.
std::string printableName(llvm::StringRef name);

/// Collects the diagnostics of a context as text while it lives.
class DiagnosticCollector : public mlir::ScopedDiagnosticHandler {
public:
  /// Remarks are dropped unless `verbose`.
  DiagnosticCollector(mlir::MLIRContext *context, bool verbose);

  /// One line per diagnostic and per note.
  const std::string &getText() const { return text; }
  bool hasErrors() const { return numErrors != 0; }

  /// Adds a line of the driver's own.
  void addError(const llvm::Twine &message);
  void addWarning(const llvm::Twine &message);
  void addNote(const llvm::Twine &message);

private:
  void append(mlir::Diagnostic &diagnostic);

  std::string text;
  unsigned numErrors = 0;
};

} // namespace atrous

#endif // ATROUS_COMPILER_PIPELINE_DIAGNOSTICS_H
