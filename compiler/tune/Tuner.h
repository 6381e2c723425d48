//===- Tuner.h - The fastest schedule by the clock --------------*- C++ -*-===//

#ifndef ATROUS_COMPILER_TUNE_TUNER_H
#define ATROUS_COMPILER_TUNE_TUNER_H

#include "compiler/target/Target.h"
#include "mlir/IR/BuiltinOps.h"
#include "passes/schedule/Winograd.h"

#include <functional>
#include <string>

namespace atrous {

struct TuneOptions {
  WinogradUse winograd = WinogradUse::Accurate;
  /// The winners are kept in its `tune`. Empty: nowhere.
  std::string cacheFolder;
  /// Compiles a module of stage `schedule`, as text, for profiling into a
  /// library.
  std::function<llvm::Error(llvm::StringRef module, llvm::StringRef library)>
      compile;
  /// Told before each kernel: done, total. May be null.
  std::function<void(size_t, size_t)> progress;
};

struct TuneResult {
  /// Kernels that were timed, that the cache knew, and those of either that got
  /// another schedule than by cost.
  unsigned timed = 0, cached = 0, changed = 0;
};

/// An error if code for the target does not run on this machine.
llvm::Error checkTunable(const CpuTarget &target);

/// Gives the kernels of a module of stage `fuse` that are chosen by cost the
/// schedule that is the fastest on this machine, of those that the cost model
/// does not find far slower than its best. Kernels with sizes that are known at
/// run time only, and those with a schedule, are left alone.
llvm::Expected<TuneResult> tuneKernels(mlir::ModuleOp module,
                                       const TuneOptions &options);

} // namespace atrous

#endif // ATROUS_COMPILER_TUNE_TUNER_H
