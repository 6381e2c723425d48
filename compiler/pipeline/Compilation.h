//===- Compilation.h - One run of the pipeline ------------------*- C++ -*-===//

#ifndef ATROUS_COMPILER_PIPELINE_COMPILATION_H
#define ATROUS_COMPILER_PIPELINE_COMPILATION_H

#include "compiler/emit/Emit.h"
#include "compiler/emit/ObjectCache.h"
#include "compiler/pipeline/Diagnostics.h"
#include "compiler/pipeline/Pipeline.h"

#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/Support/ThreadPool.h"

#include <mutex>

namespace atrous {

/// The network on its way to one CPU.
struct Variant {
  CpuTarget target;
  mlir::OwningOpRef<mlir::ModuleOp> module;
  /// Where the cache keeps the list of its objects, and what it had there.
  std::string key = {};
  std::vector<llvm::SmallVector<char, 0>> objects = {};
};

/// One run of the pipeline.
class Compilation {
public:
  explicit Compilation(const CompileOptions &options)
      : options(options), pool(llvm::hardware_concurrency(options.jobs)),
        context(mlir::MLIRContext::Threading::DISABLED) {}

  CompileResult run();

private:
  // Pipeline.cpp: options, stages.
  bool checkOptions();
  bool load();
  bool runStage(Stage stage);
  bool runStage(Stage stage, size_t number);
  bool runPasses(Stage stage, mlir::ModuleOp module);
  bool finishStage(Stage stage, const Variant &variant);

  // Variants.cpp: code for several CPUs.
  bool setTargets();
  void setTarget(Variant &variant);
  void split();
  void shareConstants(Stage stage, size_t number);
  std::string getPath(const Variant &variant) const;

  // Tune.cpp: schedules by the clock.
  bool checkTune();
  bool tune(mlir::ModuleOp module);

  // Outputs.cpp: what is written in the end.
  bool findObjects(Variant &variant);
  bool emit();
  bool emit(llvm::ArrayRef<ModelCode> codes, llvm::StringRef path);
  bool writeText();

  void report(llvm::StringRef what, size_t done, size_t total);

  bool fail(atrous_status status) {
    result.status = status;
    return false;
  }
  bool fail(atrous_status status, const llvm::Twine &message) {
    diagnostics->addError(message);
    return fail(status);
  }
  /// For a failure that no model should be able to cause.
  bool failInternally(const llvm::Twine &fallback);

  const CompileOptions &options;
  CompileResult result;
  llvm::DefaultThreadPool pool;
  mlir::MLIRContext context;
  std::optional<DiagnosticCollector> diagnostics;
  std::unique_ptr<ObjectCache> cache;
  std::vector<CpuTarget> targets;
  /// One until stage `import` is over, then one for each target.
  std::vector<Variant> variants;
  std::mutex progressMutex;
};

} // namespace atrous

#endif // ATROUS_COMPILER_PIPELINE_COMPILATION_H
