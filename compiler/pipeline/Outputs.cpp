//===- Outputs.cpp - What a compilation writes in the end -----------------===//

#include "compiler/pipeline/Compilation.h"

#include "compiler/pipeline/StageFile.h"
#include "compiler/pipeline/StageVerifier.h"

using namespace mlir;
using namespace atrous;

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
    codes.push_back({variant.target, *variant.module, std::move(*model)});
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
