//===- Pipeline.h - From a model to a compiled one --------------*- C++ -*-===//
//
// The one way through: the command line, the C API and Python all compile with
// compileModel.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_COMPILER_PIPELINE_PIPELINE_H
#define ATROUS_COMPILER_PIPELINE_PIPELINE_H

#include "compiler/pipeline/CompileOptions.h"
#include "runtime/abi/atrous_abi.h"

#include <string>
#include <vector>

namespace atrous {

struct StageTime {
  Stage stage;
  double seconds;
};

struct CompileResult {
  atrous_status status = ATROUS_OK;
  /// All messages, one per line, "error: ..." where the status is not OK.
  std::string diagnostics;
  /// The stages that ran.
  std::vector<StageTime> times;

  bool ok() const { return status == ATROUS_OK; }
};

/// Compiles the model of `options`. Never asserts on what a user gives, and
/// leaves no half-written file. Any number of threads may compile at once.
CompileResult compileModel(const CompileOptions &options);

} // namespace atrous

#endif // ATROUS_COMPILER_PIPELINE_PIPELINE_H
