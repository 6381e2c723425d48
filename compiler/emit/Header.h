//===- Header.h - The C header of a compiled model --------------*- C++ -*-===//

#ifndef ATROUS_COMPILER_EMIT_HEADER_H
#define ATROUS_COMPILER_EMIT_HEADER_H

#include "compiler/emit/ModelDescription.h"
#include "llvm/ADT/StringRef.h"

namespace atrous {

/// C11 (and C++) declarations of the functions that ModelTable defines: shape
/// macros, <prefix>_create, _run, _destroy, _error and _model.
std::string createHeader(const ModelDescription &description,
                         llvm::StringRef prefix);

} // namespace atrous

#endif // ATROUS_COMPILER_EMIT_HEADER_H
