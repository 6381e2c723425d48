//===- StageFile.cpp - The IR between two stages, as a file ---------------===//

#include "compiler/pipeline/StageFile.h"

#include "compiler/emit/LayerDescription.h"
#include "dialects/graph/Graph.h"
#include "dialects/kernel/Kernel.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace atrous;

/// Module attribute: for each host function a dictionary of its `name`, its
/// `type`, the attributes of its `arguments` and `results`, and its `hint`, if
/// it has one.
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

static DictionaryAttr getSignature(func::FuncOp host) {
  Builder builder(host.getContext());
  auto orEmpty = [&](DictionaryAttr attrs) {
    return attrs ? attrs : builder.getDictionaryAttr({});
  };
  SmallVector<Attribute> arguments, results;
  for (unsigned i = 0, e = host.getNumArguments(); i < e; ++i)
    arguments.push_back(orEmpty(host.getArgAttrDict(i)));
  for (unsigned i = 0, e = host.getNumResults(); i < e; ++i)
    results.push_back(orEmpty(host.getResultAttrDict(i)));
  SmallVector<NamedAttribute> signature{
      builder.getNamedAttr("name", host.getSymNameAttr()),
      builder.getNamedAttr("type", TypeAttr::get(host.getFunctionType())),
      builder.getNamedAttr("arguments", builder.getArrayAttr(arguments)),
      builder.getNamedAttr("results", builder.getArrayAttr(results))};
  if (Attribute hint = host->getAttr(graph::kHintAttr))
    signature.push_back(builder.getNamedAttr("hint", hint));
  return builder.getDictionaryAttr(signature);
}

void atrous::keepDescription(ModuleOp module) {
  SmallVector<Attribute> signatures;
  for (auto host : module.getOps<func::FuncOp>())
    signatures.push_back(getSignature(host));
  Builder builder(module.getContext());
  module->setAttr(kModelAttr, builder.getArrayAttr(signatures));
  module->setAttr(kernel::kLayersAttr,
                  builder.getStringAttr(toJson(describeLayers(module))));
}

/// Whether `attributes` are `count` dictionaries.
static bool areDictionaries(ArrayAttr attributes, unsigned count) {
  return attributes && attributes.size() == count &&
         llvm::all_of(attributes, llvm::IsaPred<DictionaryAttr>);
}

/// A declaration of the function of a signature.
static LogicalResult declare(OpBuilder &builder, Location loc,
                             DictionaryAttr signature) {
  auto name = signature.getAs<StringAttr>("name");
  auto type = signature.getAs<TypeAttr>("type");
  auto arguments = signature.getAs<ArrayAttr>("arguments");
  auto results = signature.getAs<ArrayAttr>("results");
  auto function = type ? dyn_cast<FunctionType>(type.getValue()) : nullptr;
  if (!name || !function ||
      !areDictionaries(arguments, function.getNumInputs()) ||
      !areDictionaries(results, function.getNumResults()))
    return failure();
  auto host = builder.create<func::FuncOp>(loc, name, function);
  for (auto [index, attrs] : llvm::enumerate(arguments))
    host.setArgAttrs(index, cast<DictionaryAttr>(attrs));
  for (auto [index, attrs] : llvm::enumerate(results))
    host.setResultAttrs(index, cast<DictionaryAttr>(attrs));
  if (Attribute hint = signature.get("hint"))
    host->setAttr(graph::kHintAttr, hint);
  host.setPrivate();
  return success();
}

/// The module as it was, but for its code: declarations of the host functions
/// and the constants section.
static OwningOpRef<ModuleOp> rebuild(ModuleOp module, ArrayAttr signatures) {
  OwningOpRef<ModuleOp> copy = ModuleOp::create(module.getLoc());
  (*copy)->setAttrs(module->getAttrDictionary());
  auto builder = OpBuilder::atBlockBegin(copy->getBody());
  for (Attribute signature : signatures) {
    auto dictionary = dyn_cast<DictionaryAttr>(signature);
    if (!dictionary || failed(declare(builder, module.getLoc(), dictionary)))
      return nullptr;
  }
  for (auto constants : module.getOps<kernel::ConstantsOp>())
    builder.clone(*constants);
  if (failed(verify(*copy)))
    return nullptr;
  return copy;
}

FailureOr<ModelDescription> atrous::readDescription(ModuleOp module) {
  auto model = module->getAttrOfType<ArrayAttr>(kModelAttr);
  OwningOpRef<ModuleOp> rebuilt = model ? rebuild(module, model) : nullptr;
  if (!rebuilt)
    return module.emitError() << "module has no valid attribute '" << kModelAttr
                              << "', which says what the model's inputs, "
                                 "outputs and constants are";
  return describeModel(*rebuilt);
}
