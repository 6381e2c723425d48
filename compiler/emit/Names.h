//===- Names.h - Identifiers from hostile names -----------------*- C++ -*-===//
//
// Names of models and tensors are any bytes; what becomes of them in C and in
// symbols is decided here.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_COMPILER_EMIT_NAMES_H
#define ATROUS_COMPILER_EMIT_NAMES_H

#include "compiler/emit/ModelDescription.h"
#include "llvm/ADT/StringRef.h"

namespace atrous {

/// The prefix of a model's C functions: an identifier whose `_create` and so
/// on are no names of libc or of the runtime. `name` empty: the path's stem.
std::string getPrefix(llvm::StringRef name, llvm::StringRef output);

/// One parameter name per tensor, each other than all the rest: "in_images". The
/// name of a dynamic one, followed by "_shape", is free, too.
std::vector<std::string>
getParameterNames(const std::vector<TensorDescription> &tensors,
                  llvm::StringRef kind);

/// Text that can stand in a C comment and on a terminal.
std::string toComment(llvm::StringRef text);

/// The functions that a model exports, without the prefix.
constexpr llvm::StringLiteral kApiFunctions[] = {"create", "run", "destroy",
                                                 "error", "model"};

} // namespace atrous

#endif // ATROUS_COMPILER_EMIT_NAMES_H
