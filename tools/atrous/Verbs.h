//===- Verbs.h - The subcommands of atrous ----------------------*- C++ -*-===//
//
// One file per verb. A verb owns its llvm::cl::SubCommand, whose options live
// in the same file, and runs after the command line was parsed. It returns the
// exit code: an atrous_status.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_TOOLS_ATROUS_VERBS_H
#define ATROUS_TOOLS_ATROUS_VERBS_H

#include "runtime/abi/atrous_abi.h"

#include "llvm/Support/CommandLine.h"

namespace atrous {

/// Commands are function-local statics, for options in several files name
/// them while they are constructed.
llvm::cl::SubCommand &getCompileCommand();
llvm::cl::SubCommand &getRunCommand();
llvm::cl::SubCommand &getInspectCommand();
llvm::cl::SubCommand &getOpsCommand();
llvm::cl::SubCommand &getVerifyCommand();

atrous_status runCompile();
atrous_status runRun();
atrous_status runInspect();
atrous_status runOps();
atrous_status runVerify();

/// Prints "error: <message>" and gives `status` back.
atrous_status reportError(atrous_status status, const llvm::Twine &message);

/// The category of our options; all others are hidden from --help.
llvm::cl::OptionCategory &getCategory();

} // namespace atrous

#endif // ATROUS_TOOLS_ATROUS_VERBS_H
