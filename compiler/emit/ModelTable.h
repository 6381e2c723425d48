//===- ModelTable.h - The table and C functions of a model ------*- C++ -*-===//

#ifndef ATROUS_COMPILER_EMIT_MODELTABLE_H
#define ATROUS_COMPILER_EMIT_MODELTABLE_H

#include "compiler/emit/EmitObject.h"

namespace atrous {

/// `<prefix>_constants`: what ConstantsObject defines.
std::string getConstantsSymbol(llvm::StringRef prefix);

/// What is added to the names of a variant's functions: "__x86_64_v3", or
/// nothing where there is one only.
std::string getVariantSuffix(llvm::ArrayRef<ModelCode> variants, size_t number);

/// An LLVM module with `atrous_model_v3` (runtime/abi/atrous_abi.h) and, unless
/// an executable is made, the C functions that Header declares.
ContextAndModule createModelTable(llvm::ArrayRef<ModelCode> variants,
                                  const EmitOptions &options,
                                  llvm::StringRef prefix);

} // namespace atrous

#endif // ATROUS_COMPILER_EMIT_MODELTABLE_H
