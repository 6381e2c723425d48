//===- StageFile.cpp - The IR between two stages, as a file ---------------===//

#include "compiler/pipeline/StageFile.h"

#include "dialects/kernel/Kernel.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace atrous;

/// Module attribute: dictionary of `main` (its type) and `arguments` (their
/// attributes).
static constexpr llvm::StringLiteral kModelAttr = "kernel.model";

OwningOpRef<ModuleOp> atrous::readStageFile(StringRef path,
                                            std::optional<StringRef> bytes,
                                            MLIRContext *context) {
  auto unknown = UnknownLoc::get(context);
  std::unique_ptr<llvm::MemoryBuffer> buffer;
  if (bytes) {
    buffer = llvm::MemoryBuffer::getMemBufferCopy(*bytes, path);
  } else {
    auto file = llvm::MemoryBuffer::getFileOrSTDIN(path, /*IsText=*/true);
    if (!file) {
      emitError(unknown) << "cannot read '" << path
                         << "': " << file.getError().message();
      return nullptr;
    }
    buffer = std::move(*file);
  }
  auto manager = std::make_shared<llvm::SourceMgr>();
  manager->AddNewSourceBuffer(std::move(buffer), llvm::SMLoc());
  return parseSourceFile<ModuleOp>(manager, ParserConfig(context));
}

llvm::Error atrous::writeStageFile(ModuleOp module, StringRef path) {
  return llvm::writeToOutput(path, [&](llvm::raw_ostream &os) {
    module.print(os, OpPrintingFlags().enableDebugInfo());
    return llvm::Error::success();
  });
}

LogicalResult atrous::keepDescription(ModuleOp module) {
  auto main = module.lookupSymbol<func::FuncOp>("main");
  if (!main)
    return module.emitError("module has no function 'main'");
  Builder builder(module.getContext());
  SmallVector<Attribute> arguments, results;
  for (unsigned i = 0, e = main.getNumArguments(); i < e; ++i) {
    DictionaryAttr attrs = main.getArgAttrDict(i);
    arguments.push_back(attrs ? attrs : builder.getDictionaryAttr({}));
  }
  for (unsigned i = 0, e = main.getNumResults(); i < e; ++i) {
    DictionaryAttr attrs = main.getResultAttrDict(i);
    results.push_back(attrs ? attrs : builder.getDictionaryAttr({}));
  }
  NamedAttribute model[] = {
      builder.getNamedAttr("main", TypeAttr::get(main.getFunctionType())),
      builder.getNamedAttr("arguments", builder.getArrayAttr(arguments)),
      builder.getNamedAttr("results", builder.getArrayAttr(results))};
  module->setAttr(kModelAttr, builder.getDictionaryAttr(model));
  return success();
}

/// Whether `attributes` are `count` dictionaries.
static bool areDictionaries(ArrayAttr attributes, unsigned count) {
  return attributes && attributes.size() == count &&
         llvm::all_of(attributes, llvm::IsaPred<DictionaryAttr>);
}

/// The module as it was, but for its code: a declaration of @main and the
/// constants section.
static OwningOpRef<ModuleOp> rebuild(ModuleOp module, DictionaryAttr model) {
  auto type = model.getAs<TypeAttr>("main");
  auto arguments = model.getAs<ArrayAttr>("arguments");
  auto function = type ? dyn_cast<FunctionType>(type.getValue()) : nullptr;
  auto results = model.getAs<ArrayAttr>("results");
  if (!function || !areDictionaries(arguments, function.getNumInputs()) ||
      !areDictionaries(results, function.getNumResults()))
    return nullptr;

  OwningOpRef<ModuleOp> copy = ModuleOp::create(module.getLoc());
  (*copy)->setAttrs(module->getAttrDictionary());
  auto builder = OpBuilder::atBlockBegin(copy->getBody());
  auto main = builder.create<func::FuncOp>(module.getLoc(), "main", function);
  for (auto [index, attrs] : llvm::enumerate(arguments))
    main.setArgAttrs(index, cast<DictionaryAttr>(attrs));
  for (auto [index, attrs] : llvm::enumerate(results))
    main.setResultAttrs(index, cast<DictionaryAttr>(attrs));
  main.setPrivate();
  for (auto constants : module.getOps<kernel::ConstantsOp>())
    builder.clone(*constants);
  if (failed(verify(*copy)))
    return nullptr;
  return copy;
}

FailureOr<ModelDescription> atrous::readDescription(ModuleOp module) {
  auto model = module->getAttrOfType<DictionaryAttr>(kModelAttr);
  OwningOpRef<ModuleOp> rebuilt = model ? rebuild(module, model) : nullptr;
  if (!rebuilt)
    return module.emitError() << "module has no valid attribute '" << kModelAttr
                              << "', which says what the model's inputs, "
                                 "outputs and constants are";
  return describeModel(*rebuilt);
}
