//===- Variants.cpp - Code for several CPUs -------------------------------===//
//
// Stage `import` knows no CPU. Behind it, each one has a module of its own in
// the same context, where equal values of constants lie in memory, and in the
// output, once.
//
//===----------------------------------------------------------------------===//

#include "compiler/pipeline/Compilation.h"

#include "dialects/graph/Constants.h"

#include "llvm/Support/Path.h"
#include "llvm/Support/Threading.h"

using namespace mlir;
using namespace atrous;

/// Says in the module what it is for, unless that is open until `split`. What a
/// stage file says counts.
bool Compilation::setTargets() {
  ModuleOp module = *variants.front().module;
  if (kernel::TargetAttr attr = kernel::getTarget(module)) {
    llvm::Expected<CpuTarget> selected = selectCpu(attr);
    if (!selected)
      return fail(ATROUS_ERROR_INPUT, llvm::toString(selected.takeError()));
    if (targets.size() > 1)
      return fail(ATROUS_ERROR_USAGE, "the stage file is for CPU '" +
                                          selected->cpu +
                                          "'; it cannot be compiled for '" +
                                          joinCpus(targets) + "'");
    targets = {*selected};
    variants.front().target = *selected;
    return true;
  }
  if (targets.size() == 1)
    setTarget(variants.front());
  return true;
}

/// Gives each target a module of its own. Values of constants are shared.
void Compilation::split() {
  if (targets.size() == 1)
    return;
  OwningOpRef<ModuleOp> module = std::move(variants.front().module);
  variants.clear();
  for (const CpuTarget &target : targets) {
    variants.push_back({target, module->clone()});
    setTarget(variants.back());
  }
}

void Compilation::setTarget(Variant &variant) {
  unsigned threads = options.threads;
  if (!threads)
    threads = llvm::hardware_concurrency().compute_thread_count();
  (*variant.module)
      ->setAttr(kernel::kTargetAttr,
                getTargetAttr(&context, variant.target, threads));
}

/// The values of constants that lie in blobs.
static void collectConstants(ModuleOp module, SetVector<Attribute> &values) {
  module.walk([&](graph::ConstantOp op) {
    if (graph::getConstantStorage(op.getValue()))
      values.insert(op.getValue());
  });
}

/// Before a stage of a variant: what it has to know of the others' constants.
void Compilation::shareConstants(Stage stage, size_t number) {
  ModuleOp module = *variants[number].module;
  if (stage == Stage::Simplify && variants.size() > 1) {
    SetVector<Attribute> values;
    for (const Variant &other : variants)
      if (*other.module != module)
        collectConstants(*other.module, values);
    module->setAttr(graph::kHeldElsewhereAttr,
                    ArrayAttr::get(&context, values.getArrayRef()));
  }
  // What the one before has, too, lies where it has it.
  if (stage == Stage::Plan && number > 0)
    for (auto op : variants[number - 1].module->getOps<kernel::ConstantsOp>())
      OpBuilder::atBlockBegin(module.getBody()).clone(*op);
}

/// The output's path, or that of one of several texts: "unet.x86-64-v3.s".
std::string Compilation::getPath(const Variant &variant) const {
  if (variants.size() == 1)
    return options.outputPath;
  llvm::SmallString<128> path(options.outputPath);
  llvm::StringRef extension = llvm::sys::path::extension(options.outputPath);
  llvm::sys::path::replace_extension(path, variant.target.cpu + extension);
  return path.str().str();
}
