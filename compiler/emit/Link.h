//===- Link.h - lld in process ----------------------------------*- C++ -*-===//

#ifndef ATROUS_COMPILER_EMIT_LINK_H
#define ATROUS_COMPILER_EMIT_LINK_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"
#include <string>

namespace atrous {

/// Runs lld on arguments as of `ld.lld`. One link at a time; others wait.
llvm::Error runLinker(llvm::ArrayRef<std::string> arguments);

/// The arguments of a shared object that exports the names of a version
/// script, of one relocatable object, and of a standalone executable.
std::vector<std::string> sharedArguments(llvm::ArrayRef<std::string> files,
                                         llvm::StringRef versionScript,
                                         llvm::StringRef output);
std::vector<std::string> relocatableArguments(llvm::ArrayRef<std::string> files,
                                              llvm::StringRef output);
llvm::Expected<std::vector<std::string>>
executableArguments(llvm::ArrayRef<std::string> files, llvm::StringRef output);

/// Makes all symbols of the object at `path` local but those defined elsewhere
/// and `keep`, so that objects of several models link into one program.
llvm::Error localizeSymbols(llvm::StringRef path,
                            llvm::ArrayRef<std::string> keep);

/// Adds the trailer of runtime/abi/atrous_artefact.h to a linked file.
llvm::Error appendTrailer(llvm::StringRef path);

} // namespace atrous

#endif // ATROUS_COMPILER_EMIT_LINK_H
