//===- CompileFlags.h - Flags of every verb that compiles -------*- C++ -*-===//

#ifndef ATROUS_TOOLS_ATROUS_COMPILEFLAGS_H
#define ATROUS_TOOLS_ATROUS_COMPILEFLAGS_H

#include "compiler/pipeline/Pipeline.h"

namespace atrous {

/// --mcpu, --threads, --shape, --jobs and --verbose with their aliases, as
/// options. A wrong word is an error that says which words there are.
llvm::Expected<CompileOptions> getCompileOptions();

/// The --threads flag: 0 where not given.
unsigned getThreads();

/// Compiles with a progress line on a terminal, prints the messages.
atrous_status compileAndReport(CompileOptions options);

} // namespace atrous

#endif // ATROUS_TOOLS_ATROUS_COMPILEFLAGS_H
