//===- ConstantsObject.h - The constants as an ELF object -------*- C++ -*-===//
//
// Weights do not pass through LLVM, which would copy them several times: the
// object file is written directly.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_COMPILER_EMIT_CONSTANTSOBJECT_H
#define ATROUS_COMPILER_EMIT_CONSTANTSOBJECT_H

#include "compiler/emit/ModelDescription.h"
#include "llvm/Support/Error.h"

namespace atrous {

/// Writes a relocatable object whose section .lrodata holds the constants, at
/// a multiple of ATROUS_ALIGNMENT, under the hidden symbol `symbol`. Bytes
/// between the values are zero.
llvm::Error writeConstantsObject(const ModelDescription &description,
                                 llvm::StringRef symbol, llvm::StringRef path);

} // namespace atrous

#endif // ATROUS_COMPILER_EMIT_CONSTANTSOBJECT_H
