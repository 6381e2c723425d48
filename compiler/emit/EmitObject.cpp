//===- EmitObject.cpp - Optimise and code LLVM modules --------------------===//

#include "compiler/emit/EmitObject.h"

#include "compiler/emit/SplitModule.h"
#include "dialects/kernel/Kernel.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/DiagnosticPrinter.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Support/ThreadPool.h"
#include "llvm/Target/TargetMachine.h"
#include <atomic>
#include <mutex>

using namespace llvm;

namespace atrous {

static constexpr StringLiteral kTriple = "x86_64-unknown-linux-gnu";

void registerEmitDialects(mlir::DialectRegistry &registry) {
  registry.insert<mlir::LLVM::LLVMDialect>();
  mlir::registerBuiltinDialectTranslation(registry);
  mlir::registerLLVMDialectTranslation(registry);
}

static Error makeError(const Twine &message) {
  return createStringError(inconvertibleErrorCode(), message);
}

static Expected<std::unique_ptr<TargetMachine>>
createTargetMachine(const CpuTarget &target) {
  static std::once_flag once;
  std::call_once(once, [] {
    LLVMInitializeX86TargetInfo();
    LLVMInitializeX86Target();
    LLVMInitializeX86TargetMC();
    LLVMInitializeX86AsmPrinter();
  });
  std::string message;
  const Target *x86 = TargetRegistry::lookupTarget(kTriple.str(), message);
  if (!x86)
    return makeError("this LLVM was built without X86: " + message);
  TargetOptions options;
  options.FunctionSections = true;
  options.DataSections = true;
  std::unique_ptr<TargetMachine> machine(x86->createTargetMachine(
      kTriple, target.cpu, target.features, options, Reloc::PIC_,
      CodeModel::Small, CodeGenOptLevel::Aggressive));
  if (!machine)
    return makeError("LLVM has no code generator for CPU '" +
                     Twine(target.cpu) + "'");
  return machine;
}

ContextAndModule createModule(StringRef name) {
  ContextAndModule result;
  result.context = std::make_unique<LLVMContext>();
  result.module = std::make_unique<Module>(name, *result.context);
  return result;
}

/// Says in each function what it is compiled for. Nothing but the model's
/// interface is visible outside of the linked file.
static void setAttributes(Module &module, const CpuTarget &target) {
  module.setSourceFileName("atrous"); // else a path or a name would show
  StringRef width = target.lanes == 16 ? "512" : "256";
  for (Function &function : module) {
    if (function.isIntrinsic())
      continue;
    bool ours = !function.isDeclaration() ||
                function.getName().starts_with("atrous_") ||
                function.getName().ends_with("__task");
    if (ours && !function.hasLocalLinkage()) {
      function.setVisibility(GlobalValue::HiddenVisibility);
      function.setDSOLocal(true);
    }
    if (function.isDeclaration())
      continue;
    function.addFnAttr("target-cpu", target.cpu);
    if (!target.features.empty())
      function.addFnAttr("target-features", target.features);
    // Some Intel CPUs would otherwise be given ymm where kernels ask for zmm.
    function.addFnAttr("prefer-vector-width", width);
    function.addFnAttr(Attribute::NoUnwind);
  }
}

/// O3 without what the schedules have already decided: vectors and unrolling.
static void optimise(Module &module, TargetMachine &machine) {
  PipelineTuningOptions tuning;
  tuning.LoopVectorization = false;
  tuning.SLPVectorization = false;
  tuning.LoopInterleaving = false;
  tuning.LoopUnrolling = false;
  PassBuilder builder(&machine, tuning);
  LoopAnalysisManager loops;
  FunctionAnalysisManager functions;
  CGSCCAnalysisManager graphs;
  ModuleAnalysisManager modules;
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(graphs);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, graphs, modules);
  builder.buildPerModuleDefaultPipeline(OptimizationLevel::O3)
      .run(module, modules);
}

/// Keeps the first error that LLVM reports; by default it would exit.
class ErrorKeeper : public DiagnosticHandler {
public:
  explicit ErrorKeeper(std::string &text) : text(text) {}
  bool handleDiagnostics(const DiagnosticInfo &info) override {
    if (info.getSeverity() == DS_Error && text.empty()) {
      raw_string_ostream stream(text);
      DiagnosticPrinterRawOStream printer(stream);
      info.print(printer);
    }
    return true;
  }

private:
  std::string &text;
};

static Expected<ObjectBytes> codeModule(Module &module, const CpuTarget &target,
                                        bool optimised, EmitKind kind) {
  Expected<std::unique_ptr<TargetMachine>> machine =
      createTargetMachine(target);
  if (!machine)
    return machine.takeError();
  std::string message;
  module.getContext().setDiagnosticHandler(
      std::make_unique<ErrorKeeper>(message));
  module.setTargetTriple(kTriple);
  module.setDataLayout((*machine)->createDataLayout());
  if (optimised)
    optimise(module, **machine);

  ObjectBytes bytes;
  raw_svector_ostream stream(bytes);
  if (kind == EmitKind::LLVM) {
    module.print(stream, nullptr);
    return bytes;
  }
  CodeGenFileType type = kind == EmitKind::Assembly
                             ? CodeGenFileType::AssemblyFile
                             : CodeGenFileType::ObjectFile;
  legacy::PassManager passes;
  if ((*machine)->addPassesToEmitFile(passes, stream, nullptr, type))
    return makeError("LLVM cannot write this kind of file");
  passes.run(module);
  if (!message.empty())
    return makeError(message);
  return bytes;
}

Expected<ObjectBytes> emitTable(Module &module, const CpuTarget &target) {
  return codeModule(module, target, /*optimised=*/false, EmitKind::Object);
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

mlir::FailureOr<std::vector<ObjectBytes>>
emitObjects(const ModelCode &code, StringRef suffix,
            const EmitOptions &options) {
  mlir::ModuleOp module = code.module;
  StringSet<> names;
  if (!suffix.empty())
    names = getSharedNames(module);
  std::vector<ModulePart> parts = splitModule(module);
  std::vector<ObjectBytes> objects(parts.size());
  std::vector<std::string> errors(parts.size());
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
        Expected<ObjectBytes> object = codeModule(
            *shared->module, code.target, /*optimised=*/true, EmitKind::Object);
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
