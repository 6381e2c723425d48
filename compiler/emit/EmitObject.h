//===- EmitObject.h - Optimise and code modules of kernels ------*- C++ -*-===//

#ifndef ATROUS_COMPILER_EMIT_EMITOBJECT_H
#define ATROUS_COMPILER_EMIT_EMITOBJECT_H

#include "compiler/emit/CodeModule.h"

namespace atrous {

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
