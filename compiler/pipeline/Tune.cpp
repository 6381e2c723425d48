//===- Tune.cpp - Schedules by the clock ----------------------------------===//

#include "compiler/pipeline/Compilation.h"

#include "compiler/tune/Tuner.h"

using namespace mlir;
using namespace atrous;

bool Compilation::checkTune() {
  for (const CpuTarget &target : targets)
    if (llvm::Error error = checkTunable(target))
      return fail(ATROUS_ERROR_USAGE, llvm::toString(std::move(error)));
  return true;
}

/// A library of a module of stage `schedule`, which measures its layers.
static llvm::Error compileTrial(llvm::StringRef module, llvm::StringRef library,
                                unsigned jobs) {
  CompileOptions options;
  options.inputBytes = module;
  options.startAt = Stage::Plan;
  options.outputPath = library.str();
  options.writeHeader = false;
  options.temporary = true;
  options.profile = true;
  options.cacheFolder = "";
  options.jobs = jobs;
  CompileResult result = compileModel(options);
  if (result.ok())
    return llvm::Error::success();
  return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                 llvm::StringRef(result.diagnostics).rtrim());
}

/// Gives kernels the schedules that are the fastest here.
bool Compilation::tune(ModuleOp module) {
  TuneOptions tuneOptions;
  tuneOptions.winograd = options.winograd;
  tuneOptions.cacheFolder =
      options.cacheFolder ? *options.cacheFolder : getDefaultCacheFolder();
  tuneOptions.progress = [&](size_t done, size_t total) {
    report("schedule: timing kernels", done, total);
  };
  tuneOptions.compile = [&](llvm::StringRef text, llvm::StringRef library) {
    return compileTrial(text, library, options.jobs);
  };
  llvm::Expected<TuneResult> tuned = tuneKernels(module, tuneOptions);
  if (!tuned)
    return fail(ATROUS_ERROR_RESOURCE,
                "timing kernels: " + llvm::toString(tuned.takeError()));
  if (options.verbose)
    emitRemark(UnknownLoc::get(&context))
        << tuned->timed << " kernels timed, " << tuned->cached
        << " known from before; " << tuned->changed
        << " have another schedule than by cost";
  return true;
}
