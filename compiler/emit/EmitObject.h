//===- EmitObject.h - Optimise and code LLVM modules ------------*- C++ -*-===//

#ifndef ATROUS_COMPILER_EMIT_EMITOBJECT_H
#define ATROUS_COMPILER_EMIT_EMITOBJECT_H

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

/// The bytes of one relocatable object.
using ObjectBytes = llvm::SmallVector<char, 0>;

/// An empty module for the target, in a context of its own.
ContextAndModule createModule(llvm::StringRef name);

/// Codes one module; not optimised, for tables.
llvm::Expected<ObjectBytes> emitTable(llvm::Module &module,
                                      const CpuTarget &target);

/// Translates, optimises and codes a module of the LLVM dialect, kernel by
/// kernel on `options.jobs` threads. What it defines for other modules to see
/// is called `<name><suffix>`. Emits errors at the module's location.
mlir::FailureOr<std::vector<ObjectBytes>>
emitObjects(const ModelCode &code, llvm::StringRef suffix,
            const EmitOptions &options);

/// The whole module, optimised, as the text of LLVM IR or of assembly.
mlir::FailureOr<ObjectBytes> emitText(const ModelCode &code,
                                      const EmitOptions &options);

} // namespace atrous

#endif // ATROUS_COMPILER_EMIT_EMITOBJECT_H
