//===- RuntimeFiles.h - Where the runtime's objects lie ---------*- C++ -*-===//

#ifndef ATROUS_COMPILER_EMIT_RUNTIMEFILES_H
#define ATROUS_COMPILER_EMIT_RUNTIMEFILES_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <string>

namespace atrous {

constexpr llvm::StringLiteral kRuntimeArchive = "libatrous_model_runtime.a";
constexpr llvm::StringLiteral kMainObject = "atrous_main.o";

/// The path of one of the files above: in `directory` if given, else near the
/// program or library that holds this code, in a build or an install tree.
llvm::Expected<std::string> findRuntimeFile(llvm::StringRef name,
                                            llvm::StringRef directory);

/// The path of the program or shared library that `address` is part of; empty
/// if there is none.
std::string findFileOf(const void *address);

/// The system's libc.so.6 or libm.so.6; "" where there is none.
std::string findSystemLibrary(llvm::StringRef name);

} // namespace atrous

#endif // ATROUS_COMPILER_EMIT_RUNTIMEFILES_H
