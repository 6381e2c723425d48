//===- CodeModule.cpp - Optimise and code one LLVM module -----------------===//

#include "compiler/emit/CodeModule.h"

#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/DiagnosticPrinter.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Target/TargetMachine.h"
#include <mutex>

using namespace llvm;

namespace atrous {

static constexpr StringLiteral kTriple = "x86_64-unknown-linux-gnu";

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

void setAttributes(Module &module, const CpuTarget &target) {
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

/// What kernels need of LLVM's O3, in two thirds of its time: vectors,
/// unrolling and inlining are decided already. Invariant addresses leave the
/// loops before these are rotated and after, or the code generator spills them.
constexpr StringLiteral kPasses =
    "function(sroa<modify-cfg>,early-cse<memssa>,simplifycfg,"
    "instcombine<max-iterations=1;no-verify-fixpoint>,"
    "loop-mssa(loop-instsimplify,loop-simplifycfg,licm,loop-rotate,licm),"
    "gvn,simplifycfg,"
    "instcombine<max-iterations=1;no-verify-fixpoint>)";

static void optimise(Module &module, TargetMachine &machine) {
  PassBuilder builder(&machine);
  LoopAnalysisManager loops;
  FunctionAnalysisManager functions;
  CGSCCAnalysisManager graphs;
  ModuleAnalysisManager modules;
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(graphs);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, graphs, modules);
  ModulePassManager passes;
  cantFail(builder.parsePassPipeline(passes, kPasses));
  passes.run(module, modules);
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

Expected<ObjectBytes> codeModule(Module &module, const CpuTarget &target,
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

} // namespace atrous
