//===- CodeModule.h - Optimise and code one LLVM module ---------*- C++ -*-===//

#ifndef ATROUS_COMPILER_EMIT_CODEMODULE_H
#define ATROUS_COMPILER_EMIT_CODEMODULE_H

#include "compiler/emit/Emit.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include <memory>

namespace atrous {

/// An LLVM module and its context, which it must not outlive.
struct ContextAndModule {
  std::unique_ptr<llvm::LLVMContext> context;
  std::unique_ptr<llvm::Module> module;
};

/// The bytes of one relocatable object, or of a text.
using ObjectBytes = llvm::SmallVector<char, 0>;

/// An empty module for the target, in a context of its own.
ContextAndModule createModule(llvm::StringRef name);

/// Says in each function what it is compiled for. Nothing but the model's
/// interface is visible outside of the linked file.
void setAttributes(llvm::Module &module, const CpuTarget &target);

/// An object, or the text of LLVM IR or of assembly.
llvm::Expected<ObjectBytes> codeModule(llvm::Module &module,
                                       const CpuTarget &target, bool optimised,
                                       EmitKind kind);

} // namespace atrous

#endif // ATROUS_COMPILER_EMIT_CODEMODULE_H
