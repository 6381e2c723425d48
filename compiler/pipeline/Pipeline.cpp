//===- Pipeline.cpp - From a model to a compiled one ----------------------===//

#include "compiler/pipeline/Compilation.h"

#include "compiler/emit/LayerDescription.h"
#include "compiler/pipeline/Dialects.h"
#include "compiler/pipeline/StageFile.h"
#include "compiler/pipeline/StageVerifier.h"
#include "dialects/graph/Constants.h"
#include "frontends/onnx/Importer.h"
#include "passes/cpu/Pipeline.h"
#include "passes/fusion/Pipeline.h"
#include "passes/graph/Pipeline.h"
#include "passes/memory/Pipeline.h"
#include "passes/schedule/Pipeline.h"

#include "mlir/IR/Verifier.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <chrono>

using namespace mlir;
using namespace atrous;

static constexpr llvm::StringLiteral kDefectNote =
    "this is a defect of Atrous; please report it with the model, or with the "
    "files that --save-stages writes";

//===----------------------------------------------------------------------===//
// Around the stages
//===----------------------------------------------------------------------===//

bool Compilation::failInternally(const llvm::Twine &fallback) {
  if (!diagnostics->hasErrors())
    diagnostics->addError(fallback);
  diagnostics->addNote(kDefectNote);
  return fail(ATROUS_ERROR_INTERNAL);
}

void Compilation::report(llvm::StringRef what, size_t done, size_t total) {
  if (!options.progress)
    return;
  std::lock_guard<std::mutex> lock(progressMutex);
  options.progress(what, done, total);
}

bool Compilation::checkOptions() {
  if (llvm::Error error = checkConsistency(options))
    return fail(ATROUS_ERROR_USAGE, llvm::toString(std::move(error)));
  llvm::Expected<std::vector<CpuTarget>> selected = selectCpus(options.cpu);
  if (!selected)
    return fail(ATROUS_ERROR_USAGE, llvm::toString(selected.takeError()));
  targets = *selected;
  if (targets.size() > 1 && options.outputPath == "-" &&
      options.stopAfter != Stage::Import)
    return fail(ATROUS_ERROR_USAGE, "standard output takes the code for one "
                                    "CPU, not for '" +
                                        joinCpus(targets) + "'");

  if (options.tune && !checkTune())
    return false;
  auto opened = ObjectCache::create(
      options.cacheFolder ? *options.cacheFolder : getDefaultCacheFolder());
  if (!opened)
    return fail(ATROUS_ERROR_USAGE, llvm::toString(opened.takeError()));
  cache = std::move(*opened);

  // Said now, not after a minute of work.
  llvm::StringRef folder = llvm::sys::path::parent_path(options.outputPath);
  if (!folder.empty() && !llvm::sys::fs::is_directory(folder))
    return fail(ATROUS_ERROR_RESOURCE,
                "'" + folder + "' is not a folder to write into");
  if (options.saveStages.empty())
    return true;
  if (std::error_code error =
          llvm::sys::fs::create_directories(options.saveStages))
    return fail(ATROUS_ERROR_RESOURCE, "cannot make folder '" +
                                           options.saveStages +
                                           "': " + error.message());
  return true;
}

//===----------------------------------------------------------------------===//
// Stages
//===----------------------------------------------------------------------===//

static onnx_frontend::InputShapes
getImportShapes(llvm::ArrayRef<InputShape> shapes) {
  onnx_frontend::InputShapes result;
  for (const InputShape &shape : shapes)
    result.push_back({shape.name, {shape.sizes.begin(), shape.sizes.end()}});
  return result;
}

/// Gets the module that the first stage after `import` works on.
bool Compilation::load() {
  if (options.startAt == Stage::Import) {
    onnx_frontend::ImportOptions importOptions;
    importOptions.shapes = getImportShapes(options.shapes);
    for (const InputRange &range : options.ranges)
      importOptions.ranges.push_back({range.name, range.sizes});
    for (const ShapeHint &hint : options.hints)
      importOptions.hints.push_back(getImportShapes(hint));
    auto refusal = onnx_frontend::Refusal::model;
    OwningOpRef<ModuleOp> module =
        options.inputBytes
            ? onnx_frontend::importOnnxBytes(*options.inputBytes,
                                             options.dataFolder, importOptions,
                                             context, &refusal)
            : onnx_frontend::importOnnxFile(options.inputPath, importOptions,
                                            context, &refusal);
    if (!module)
      return fail(refusal == onnx_frontend::Refusal::unsupported
                      ? ATROUS_ERROR_UNSUPPORTED
                      : ATROUS_ERROR_INPUT);
    variants.push_back({targets.front(), std::move(module)});
    return setTargets();
  }
  OwningOpRef<ModuleOp> module =
      readStageFile(options.inputPath, options.inputBytes, &context);
  Stage before = static_cast<Stage>(static_cast<int>(options.startAt) - 1);
  if (!module || failed(verifyStage(*module, before)))
    return fail(ATROUS_ERROR_INPUT);
  variants.push_back({targets.front(), std::move(module)});
  if (!setTargets())
    return false;
  split();
  return true;
}

bool Compilation::runPasses(Stage stage, ModuleOp module) {
  PassManager manager(&context);
  // Once for each stage is enough, but where a defect is looked for.
#ifdef NDEBUG
  manager.enableVerifier(false);
#endif
  switch (stage) {
  case Stage::Simplify:
    buildSimplifyPipeline(manager, SimplifyOptions());
    break;
  case Stage::Fuse:
    buildFusePipeline(manager);
    break;
  case Stage::Schedule:
    if (options.tune && !tune(module))
      return false;
    buildSchedulePipeline(manager, options.winograd, options.memory);
    break;
  case Stage::Plan:
    buildPlanPipeline(manager);
    break;
  case Stage::Codegen:
    buildCpuCodegenPipeline(manager);
    break;
  case Stage::Import:
  case Stage::Emit:
    return true;
  }
  if (succeeded(manager.run(module)) && succeeded(verify(module)))
    return true;
  // Shapes are derived in `simplify`: the last stage that may find fault with
  // a model.
  if (stage == Stage::Simplify && diagnostics->hasErrors())
    return fail(ATROUS_ERROR_INPUT);
  return failInternally("stage '" + getStageName(stage) + "' failed");
}

/// Checks what the stage promises, saves its file.
bool Compilation::finishStage(Stage stage, const Variant &variant) {
  ModuleOp module = *variant.module;
  if (failed(verifyStage(module, stage))) {
    if (stage == Stage::Simplify)
      return fail(ATROUS_ERROR_UNSUPPORTED);
    return failInternally("stage '" + getStageName(stage) +
                          "' breaks its promise");
  }
  if (options.saveStages.empty() || stage == Stage::Emit)
    return true;
  llvm::SmallString<128> path(options.saveStages);
  if (variants.size() > 1) {
    llvm::sys::path::append(path, variant.target.cpu);
    if (std::error_code error = llvm::sys::fs::create_directories(path))
      return fail(ATROUS_ERROR_RESOURCE,
                  "cannot make folder '" + path + "': " + error.message());
  }
  llvm::sys::path::append(path, getStageFileName(stage));
  if (llvm::Error error = writeStageFile(module, path))
    return fail(ATROUS_ERROR_RESOURCE, llvm::toString(std::move(error)));
  return true;
}

bool Compilation::runStage(Stage stage) {
  report(getStageName(stage), static_cast<size_t>(stage), getStages().size());
  if (stage == Stage::Emit)
    return emit();
  for (size_t i = 0; i < variants.size(); ++i)
    if (!runStage(stage, i))
      return false;
  if (stage == Stage::Import)
    split();
  return true;
}

bool Compilation::runStage(Stage stage, size_t number) {
  ModuleOp module = *variants[number].module;
  shareConstants(stage, number);
  if (stage == Stage::Codegen) {
    keepDescription(module);
    if (options.profile)
      numberLayers(module);
    if (findObjects(variants[number]))
      return true;
  }
  if (!runPasses(stage, module))
    return false;
  module->removeAttr(graph::kHeldElsewhereAttr);
  if (!finishStage(stage, variants[number]))
    return false;
  if (options.observer)
    options.observer(stage, module);
  return true;
}

CompileResult Compilation::run() {
  DialectRegistry registry;
  registerDialects(registry);
  context.appendDialectRegistry(registry);
  context.loadAllAvailableDialects();
  if (options.jobs != 1)
    context.setThreadPool(pool);
  diagnostics.emplace(&context, options.verbose);

  using Clock = std::chrono::steady_clock;
  auto timed = [&](Stage stage, llvm::function_ref<bool()> work) {
    auto start = Clock::now();
    bool ok = work();
    std::chrono::duration<double> seconds = Clock::now() - start;
    result.times.push_back({stage, seconds.count()});
    return ok;
  };
  bool ok = checkOptions();
  report(getStageName(options.startAt), 0, getStages().size());
  if (ok && options.startAt == Stage::Import) {
    ok =
        timed(Stage::Import, [&] { return load() && runStage(Stage::Import); });
  } else if (ok) {
    ok = load();
  }
  for (Stage stage : getStages())
    if (ok && stage != Stage::Import && stage >= options.startAt &&
        stage <= options.stopAfter)
      ok = timed(stage, [&] { return runStage(stage); });
  if (ok && options.stopAfter != Stage::Emit)
    writeText();
  result.diagnostics = diagnostics->getText();
  return std::move(result);
}

CompileResult atrous::compileModel(const CompileOptions &options) {
  return Compilation(options).run();
}
