//===- EmitObject.cpp - Optimise and code modules of kernels --------------===//

#include "compiler/emit/EmitObject.h"

#include "compiler/emit/ObjectCache.h"
#include "compiler/emit/SplitModule.h"
#include "dialects/kernel/Kernel.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/ThreadPool.h"
#include <atomic>

using namespace llvm;

namespace atrous {

void registerEmitDialects(mlir::DialectRegistry &registry) {
  registry.insert<mlir::LLVM::LLVMDialect>();
  mlir::registerBuiltinDialectTranslation(registry);
  mlir::registerLLVMDialectTranslation(registry);
}

/// Functions that modules of `module` define for each other.
static StringSet<> getSharedNames(mlir::ModuleOp module) {
  StringSet<> names;
  for (auto function : module.getOps<mlir::LLVM::LLVMFuncOp>())
    if (!function.isExternal())
      names.insert(function.getSymName());
  return names;
}

/// Code of several CPUs is linked into one file.
static void addSuffix(Module &module, const StringSet<> &names,
                      StringRef suffix) {
  for (Function &function : module)
    if (!function.hasLocalLinkage() && names.contains(function.getName()))
      function.setName(function.getName() + suffix);
}

static mlir::FailureOr<ContextAndModule>
translate(mlir::ModuleOp module, StringRef name, const CpuTarget &target) {
  ContextAndModule result;
  result.context = std::make_unique<LLVMContext>();
  result.module = mlir::translateModuleToLLVMIR(module, *result.context, name);
  if (!result.module)
    return mlir::emitError(module.getLoc(), "'")
           << name << "' cannot be translated to LLVM IR";
  setAttributes(*result.module, target);
  return result;
}

/// From the cache, else coded.
static Expected<ObjectBytes> getObject(Module &module, const CpuTarget &target,
                                       ObjectCache *cache, std::string &key) {
  if (!cache || !cache->isOn())
    return codeModule(module, target, /*optimised=*/true, EmitKind::Object);
  key = cache->getKey(module, target);
  if (std::optional<ObjectBytes> object = cache->find(key))
    return std::move(*object);
  Expected<ObjectBytes> object =
      codeModule(module, target, /*optimised=*/true, EmitKind::Object);
  if (object)
    cache->add(key, *object);
  return object;
}

mlir::FailureOr<std::vector<ObjectBytes>>
emitObjects(const ModelCode &code, StringRef suffix,
            const EmitOptions &options) {
  if (!code.objects.empty())
    return code.objects;
  mlir::ModuleOp module = code.module;
  StringSet<> names;
  if (!suffix.empty())
    names = getSharedNames(module);
  std::vector<ModulePart> parts = splitModule(module);
  std::vector<ObjectBytes> objects(parts.size());
  std::vector<std::string> errors(parts.size()), keys(parts.size());
  std::atomic<size_t> done{0};
  bool translated = true;
  {
    ThreadPoolStrategy strategy;
    strategy.ThreadsRequested = std::max(1u, options.jobs);
    DefaultThreadPool pool(strategy);
    // Translation is short and shares the MLIR context: it stays on this
    // thread and feeds the others.
    for (size_t i = 0; i < parts.size() && translated; ++i) {
      mlir::FailureOr<ContextAndModule> part =
          translate(*parts[i].module, parts[i].name, code.target);
      parts[i].module = nullptr;
      translated = succeeded(part);
      if (!translated)
        break;
      addSuffix(*part->module, names, suffix);
      auto shared = std::make_shared<ContextAndModule>(std::move(*part));
      pool.async([&, i, shared] {
        Expected<ObjectBytes> object =
            getObject(*shared->module, code.target, options.cache, keys[i]);
        // The module goes before its context.
        shared->module.reset();
        if (object)
          objects[i] = std::move(*object);
        else
          errors[i] = toString(object.takeError());
        size_t count = ++done;
        if (options.progress)
          options.progress(count, objects.size());
      });
    }
    pool.wait();
  }
  if (!translated)
    return mlir::failure();
  for (size_t i = 0; i < parts.size(); ++i)
    if (!errors[i].empty())
      return mlir::emitError(module.getLoc(), "kernel '")
             << parts[i].name << "': " << errors[i];
  if (options.cache && !code.key.empty())
    options.cache->addList(code.key, keys);
  return objects;
}

mlir::FailureOr<ObjectBytes> emitText(const ModelCode &code,
                                      const EmitOptions &options) {
  mlir::ModuleOp module = code.module;
  mlir::OwningOpRef<mlir::ModuleOp> copy = module.clone();
  dropForeignAttributes(*copy);
  // The constants section is an object of its own, and no code.
  for (kernel::ConstantsOp op :
       llvm::make_early_inc_range(copy->getOps<kernel::ConstantsOp>()))
    op.erase();
  mlir::FailureOr<ContextAndModule> whole =
      translate(*copy, "atrous", code.target);
  if (failed(whole))
    return mlir::failure();
  Expected<ObjectBytes> text = codeModule(*whole->module, code.target,
                                          /*optimised=*/true, options.kind);
  whole->module.reset();
  if (!text)
    return mlir::emitError(module.getLoc(), toString(text.takeError()));
  return std::move(*text);
}

} // namespace atrous
