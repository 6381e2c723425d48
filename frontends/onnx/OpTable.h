//===- OpTable.h - The operators that the importer reads --------*- C++ -*-===//

#ifndef ATROUS_FRONTENDS_ONNX_OPTABLE_H
#define ATROUS_FRONTENDS_ONNX_OPTABLE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace atrous::onnx_frontend {

class NodeImport;

/// How an op's story is told; see ARCHITECTURE, "Where an ONNX op's story
/// lives".
enum class OpClass { composite, structured, irregular };

struct OpRow {
  llvm::StringLiteral name, domain;
  /// The first opset it is read at.
  int since;
  /// The newest version of the operator that the import function knows.
  int last;
  OpClass opClass;
  /// Builds the op; refuses by throwing ImportFailure.
  void (*import)(NodeImport &);
};

/// All rows, sorted by name.
llvm::ArrayRef<OpRow> getOpTable();

/// The row of an operator, or null.
const OpRow *findOp(llvm::StringRef domain, llvm::StringRef name);

} // namespace atrous::onnx_frontend

#endif // ATROUS_FRONTENDS_ONNX_OPTABLE_H
