//===- Emit.h - From the LLVM dialect to files ------------------*- C++ -*-===//
//
// The last stage: objects, the model table, the constants section, the link.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_COMPILER_EMIT_EMIT_H
#define ATROUS_COMPILER_EMIT_EMIT_H

#include "compiler/emit/ModelDescription.h"
#include "compiler/target/Target.h"
#include "mlir/IR/BuiltinOps.h"
#include <functional>

namespace mlir {
class DialectRegistry;
}

namespace atrous {

class ObjectCache;

enum class EmitKind {
  Library,    ///< .so with the table and the C API, and a .h beside it
  Object,     ///< one relocatable .o with the C API, and a .h beside it
  Executable, ///< reads .npy/.npz, writes .npy/.npz
  LLVM,       ///< optimised LLVM IR, text
  Assembly    ///< text
};

struct EmitOptions {
  EmitKind kind = EmitKind::Library;
  std::string output; ///< path; "-" for text on standard output
  unsigned jobs = 1;  ///< threads that optimise and generate code
  /// Prefix of the C API's names; made an identifier. Empty: the output's stem.
  std::string name;
  std::string optionsJson; ///< atrous_model::options_json
  bool writeHeader = true; ///< beside a library or an object
  bool durable = true;     ///< flushed to the disk
  /// Of objects of kernels; may be null.
  ObjectCache *cache = nullptr;
  /// Where libatrous_model_runtime.a and atrous_main.o lie; empty: beside the
  /// running program or library.
  std::string runtimeDirectory;
  /// Told after each kernel: done, total. May be null; called on any thread.
  std::function<void(size_t, size_t)> progress;
};

/// A network's code for one CPU.
struct ModelCode {
  CpuTarget target;
  mlir::ModuleOp module; ///< of stage `codegen`, or `plan` with `objects`
  ModelDescription description;
  /// Where the cache keeps the list of its objects; empty: nowhere.
  std::string key = {};
  /// What the cache had under `key`; empty: nothing.
  std::vector<llvm::SmallVector<char, 0>> objects = {};
};

/// Dialect translations that emitModel needs; before the context is made.
void registerEmitDialects(mlir::DialectRegistry &registry);

/// Writes `options.output` from modules with `@atrous_main`, kernels and their
/// `__task` thunks, one for each CPU; text of one only. They are in the order
/// of selectCpus, and the constants of each begin with those of the one before.
/// Files appear whole or not at all. The same modules and options give the same
/// bytes. Failures are emitted as errors at the first module's location.
mlir::LogicalResult emitModel(llvm::ArrayRef<ModelCode> variants,
                              const EmitOptions &options);

} // namespace atrous

#endif // ATROUS_COMPILER_EMIT_EMIT_H
