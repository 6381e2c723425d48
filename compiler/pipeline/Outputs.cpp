//===- Outputs.cpp - What a compilation writes in the end -----------------===//

#include "compiler/pipeline/Compilation.h"

#include "compiler/pipeline/StageFile.h"
#include "compiler/pipeline/StageVerifier.h"

using namespace mlir;
using namespace atrous;

/// Whether the cache has all objects of a variant of stage `plan`. Then nobody
/// needs its code in the LLVM dialect.
bool Compilation::findObjects(Variant &variant) {
  bool isSeen = options.stopAfter != Stage::Emit || options.observer ||
                !options.saveStages.empty() || options.outputPath.empty() ||
                options.emit == OutputKind::LLVM ||
                options.emit == OutputKind::Assembly;
  if (!cache->isOn() || isSeen)
    return false;
  // Code has offsets of constants, no values; locations are in texts of errors.
  std::string text = joinCpus(targets) + "\n";
  llvm::raw_string_ostream stream(text);
  stream << variant.module->getOperation()->getAttrDictionary();
  for (Operation &op : *variant.module->getBody())
    if (!isa<kernel::ConstantsOp>(op))
      op.print(
          stream,
          OpPrintingFlags().enableDebugInfo().useLocalScope().assumeVerified());
  variant.key = cache->getKey(text);
  variant.objects = cache->findList(variant.key);
  return !variant.objects.empty();
}

bool Compilation::emit(llvm::ArrayRef<ModelCode> codes, llvm::StringRef path) {
  static constexpr EmitKind kinds[] = {
      EmitKind::Library, EmitKind::Object, EmitKind::Executable,
      EmitKind::Library, EmitKind::LLVM,   EmitKind::Assembly};
  EmitOptions emitOptions;
  emitOptions.kind = kinds[static_cast<int>(options.emit)];
  emitOptions.output = path;
  emitOptions.jobs = pool.getMaxConcurrency();
  emitOptions.optionsJson = describeOptions(options, joinCpus(targets),
                                            codes.front().description.hints);
  emitOptions.writeHeader = options.writeHeader;
  emitOptions.durable = !options.temporary;
  emitOptions.cache = cache.get();
  emitOptions.progress = [&](size_t done, size_t total) {
    report("emit: kernels", done, total);
  };
  bool ok = succeeded(emitModel(codes, emitOptions));
  if (cache->isOn())
    cache->prune();
  if (std::string warning = cache->takeWarning(); !warning.empty())
    diagnostics->addWarning(warning);
  // What can go wrong is a full disk or an incomplete installation.
  return ok || fail(ATROUS_ERROR_RESOURCE);
}

bool Compilation::emit() {
  if (options.outputPath.empty())
    return true;
  std::vector<ModelCode> codes;
  for (Variant &variant : variants) {
    FailureOr<ModelDescription> model = readDescription(*variant.module);
    if (failed(model))
      return fail(ATROUS_ERROR_INPUT);
    // The description has them; as an op they are nothing to LLVM.
    for (auto op : llvm::make_early_inc_range(
             variant.module->getOps<kernel::ConstantsOp>()))
      op.erase();
    codes.push_back({variant.target, *variant.module, std::move(*model),
                     std::move(variant.key), std::move(variant.objects)});
  }
  if (options.emit == OutputKind::LLVM ||
      options.emit == OutputKind::Assembly) {
    for (auto [variant, code] : llvm::zip_equal(variants, codes))
      if (!emit(code, getPath(variant)))
        return false;
    return true;
  }
  if (!emit(codes, options.outputPath))
    return false;
  if (options.emit != OutputKind::Library)
    return true;
  if (llvm::Error error = verifyExportedSymbols(options.outputPath))
    return failInternally(llvm::toString(std::move(error)));
  return true;
}

/// Writes the IR of the last stage.
bool Compilation::writeText() {
  if (options.outputPath.empty())
    return true;
  for (const Variant &variant : variants)
    if (llvm::Error error = writeStageFile(*variant.module, getPath(variant)))
      return fail(ATROUS_ERROR_RESOURCE, llvm::toString(std::move(error)));
  return true;
}
