//===- Inspect.cpp - atrous inspect: what is in a model -------------------===//

#include "compiler/emit/ModelDescription.h"
#include "compiler/pipeline/Diagnostics.h"
#include "compiler/pipeline/Dialects.h"
#include "compiler/pipeline/StageFile.h"
#include "dialects/graph/Graph.h"
#include "dialects/kernel/Kernel.h"
#include "runtime/api/atrous.h"
#include "tools/atrous/CompileFlags.h"
#include "tools/atrous/LayerList.h"
#include "tools/atrous/ModelHints.h"
#include "tools/atrous/Verbs.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

#include <map>

using namespace atrous;
namespace cl = llvm::cl;

cl::SubCommand &atrous::getInspectCommand() {
  static cl::SubCommand command(
      "inspect", "Show inputs, outputs, kernels and sizes of a model");
  return command;
}

#define VERB cl::sub(getInspectCommand()), cl::cat(getCategory())

static cl::opt<std::string> model(cl::Positional, VERB, cl::Required,
                                  cl::desc("MODEL(.onnx|.so|.mlir)"));
static cl::opt<bool> schedules("schedules", VERB,
                               cl::desc("Also print each kernel's schedule"));

static cl::opt<bool>
    layers("layers", VERB,
           cl::desc("Also print what runs, in order: nodes, schedule, work"));

static void printHint(llvm::StringRef hint) {
  llvm::outs() << "shape hint: " << printableName(hint) << '\n';
}

//===----------------------------------------------------------------------===//
// IR
//===----------------------------------------------------------------------===//

static void printTensors(llvm::StringRef title, mlir::TypeRange types,
                         llvm::function_ref<mlir::StringAttr(unsigned)> name) {
  for (auto [index, type] : llvm::enumerate(types)) {
    mlir::StringAttr attr = name(index);
    if (attr)
      llvm::outs() << title << ' ' << printableName(attr.getValue()) << ": "
                   << type << '\n';
  }
}

/// Counts of ops by name, the most frequent first.
static void printOps(mlir::ModuleOp module) {
  std::map<llvm::StringRef, unsigned> counts;
  module.getBody()->walk([&](mlir::Operation *op) {
    if (!op->hasTrait<mlir::OpTrait::IsTerminator>() &&
        !mlir::isa<mlir::FunctionOpInterface>(op))
      ++counts[op->getName().getStringRef()];
  });
  std::vector<std::pair<llvm::StringRef, unsigned>> sorted(counts.begin(),
                                                           counts.end());
  llvm::stable_sort(sorted,
                    [](auto &a, auto &b) { return a.second > b.second; });
  for (auto [name, count] : sorted)
    llvm::outs() << llvm::formatv("op {0}: {1}\n", name, count);
}

static void printKernels(mlir::ModuleOp module) {
  std::map<llvm::StringRef, unsigned> launches;
  module->walk([&](kernel::LaunchOp op) { ++launches[op.getCallee()]; });
  for (auto def : module.getOps<kernel::DefOp>()) {
    llvm::outs() << llvm::formatv("kernel {0}: {1} launches\n",
                                  def.getSymName(), launches[def.getSymName()]);
    if (schedules && def.getSchedule())
      llvm::outs() << "  " << *def.getSchedule()
                   << (def->hasAttr(kernel::kAtLoadAttr)
                           ? ", weights transformed at load\n"
                           : "\n");
  }
}

/// Inputs and outputs, from @main's arguments and results.
static void printSignature(mlir::ModuleOp module) {
  auto main = module.lookupSymbol<mlir::func::FuncOp>("main");
  if (!main)
    return;
  auto isOutput = [&](unsigned i) {
    return !!main.getArgAttr(i, kernel::kOutputAttr);
  };
  auto argName = [&](unsigned i) {
    return main.getArgAttrOfType<mlir::StringAttr>(i, graph::kNameAttr);
  };
  printTensors("input", main.getArgumentTypes(), [&](unsigned i) {
    return isOutput(i) ? mlir::StringAttr() : argName(i);
  });
  printTensors("output", main.getArgumentTypes(), [&](unsigned i) {
    return isOutput(i) ? argName(i) : mlir::StringAttr();
  });
  printTensors("output", main.getResultTypes(), [&](unsigned i) {
    return main.getResultAttrOfType<mlir::StringAttr>(i, graph::kNameAttr);
  });
  for (auto host : module.getOps<mlir::func::FuncOp>())
    if (auto hint = host->getAttrOfType<mlir::StringAttr>(graph::kHintAttr))
      printHint(hint);
}

static atrous_status inspectStageFile() {
  mlir::DialectRegistry registry;
  registerDialects(registry);
  mlir::MLIRContext context(registry);
  DiagnosticCollector diagnostics(&context, /*verbose=*/false);
  auto module = readStageFile(model, std::nullopt, &context);
  llvm::errs() << diagnostics.getText();
  if (!module)
    return ATROUS_ERROR_INPUT;
  printSignature(*module);
  printOps(*module);
  printKernels(*module);
  if (layers)
    printLayers(describeLayers(*module));
  return ATROUS_OK;
}

static atrous_status inspectOnnx() {
  llvm::Expected<CompileOptions> options = getCompileOptions();
  if (!options)
    return reportError(ATROUS_ERROR_USAGE, llvm::toString(options.takeError()));
  options->inputPath = model;
  options->stopAfter = Stage::Plan;
  options->emit = OutputKind::Mlir;
  options->observer = [](Stage stage, mlir::ModuleOp module) {
    if (stage == Stage::Import) {
      printSignature(module);
      printOps(module);
    } else if (stage == Stage::Plan) {
      if (kernel::TargetAttr target = kernel::getTarget(module))
        llvm::outs() << "cpu: " << target.getCpu() << '\n';
      printKernels(module);
      if (layers)
        printLayers(describeLayers(module));
      mlir::FailureOr<ModelDescription> description = describeModel(module);
      if (succeeded(description))
        llvm::outs() << "arena: " << description->arenaSize
                     << " bytes\nconstants: " << description->constantsSize
                     << " bytes\n";
    }
  };
  return compileAndReport(*options);
}

//===----------------------------------------------------------------------===//
// Compiled models
//===----------------------------------------------------------------------===//

/// "640", or "height (256 to 1024)" where the size is known at run time only.
static void printSize(const atrous_tensor_info &info, int32_t i) {
  if (info.shape[i] >= 0) {
    llvm::outs() << info.shape[i];
    return;
  }
  llvm::StringRef symbol = info.symbols ? info.symbols[i] : "";
  llvm::outs() << (symbol.empty() ? "?" : printableName(symbol));
  int64_t least = info.min_shape ? info.min_shape[i] : 0;
  int64_t most = info.max_shape ? info.max_shape[i] : -1;
  if (most >= 0)
    llvm::outs() << " (" << least << " to " << most << ')';
  else if (least > 0)
    llvm::outs() << " (at least " << least << ')';
}

static void printTensors(llvm::StringRef title, const atrous_tensor_info *infos,
                         int32_t count) {
  for (const atrous_tensor_info &info : llvm::ArrayRef(infos, count)) {
    llvm::outs() << title << ' ' << printableName(info.name) << ": "
                 << atrous_dtype_name(info.dtype) << '[';
    for (int32_t i = 0; i < info.rank; ++i) {
      llvm::outs() << (i ? ", " : "");
      printSize(info, i);
    }
    llvm::outs() << "]\n";
  }
}

static atrous_status printLayers(const atrous_model &table) {
  llvm::Expected<std::vector<LayerDescription>> parsed =
      parseLayers(table.layers_json ? table.layers_json : "");
  if (!parsed)
    return reportError(ATROUS_ERROR_INPUT,
                       "the model's list of layers is damaged: " +
                           llvm::toString(parsed.takeError()));
  printLayers(*parsed);
  return ATROUS_OK;
}

/// The CPUs of the model, and which one's code runs here.
static void printCpus(const atrous_model &table) {
  const atrous_model *own = &table;
  llvm::ArrayRef<const atrous_model *> variants(own);
  if (table.num_variants)
    variants = llvm::ArrayRef(table.variants, table.num_variants);
  for (const atrous_model *variant : variants)
    llvm::outs() << "cpu: " << variant->cpu << " (needs "
                 << variant->cpu_features << ')'
                 << (variants.size() > 1 && variant == own ? ", chosen here"
                                                           : "")
                 << '\n';
}

static atrous_status inspectLibrary() {
  atrous_loaded_model *loaded;
  if (atrous_status status = atrous_model_load(model.c_str(), &loaded))
    return reportError(status, atrous_last_error());
  const atrous_model &table = *atrous_model_table(loaded);
  llvm::outs() << "model: " << printableName(table.name)
               << "\nproducer: " << table.producer
               << "\noptions: " << printableName(table.options_json) << '\n';
  printCpus(table);
  printTensors("input", table.inputs, table.num_inputs);
  printTensors("output", table.outputs, table.num_outputs);
  for (llvm::StringRef hint : getShapeHints(table))
    printHint(hint);
  llvm::outs() << "arena: " << table.arena_size
               << " bytes\nscratch: " << table.scratch_size
               << " bytes for each thread\nconstants: " << table.constants_size
               << " bytes\n";
  if (table.prepared_size)
    llvm::outs() << "prepared at load: " << table.prepared_size << " bytes\n";
  atrous_status status = layers ? printLayers(table) : ATROUS_OK;
  atrous_model_destroy(loaded);
  return status;
}

atrous_status atrous::runInspect() {
  llvm::StringRef path = model;
  if (path.ends_with(".so"))
    return inspectLibrary();
  if (path.ends_with(".mlir"))
    return inspectStageFile();
  return inspectOnnx();
}
