//===- LayerDescription.cpp - What a network runs, one by one -------------===//

#include "compiler/emit/LayerDescription.h"

#include "dialects/graph/Graph.h"
#include "dialects/kernel/Kernel.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "passes/support/KernelWork.h"
#include "passes/support/WinogradError.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/Support/JSON.h"

using namespace mlir;

namespace atrous {

static void
forEachLayer(ModuleOp module,
             llvm::function_ref<void(func::FuncOp host, Operation *op)> visit) {
  for (auto host : module.getOps<func::FuncOp>())
    host.walk([&](Operation *op) {
      if (isa<kernel::LaunchOp, kernel::ExternOp>(op))
        visit(host, op);
    });
}

/// A node's location is its name over its kind, "Conv:17"; those of weights say
/// "initializer:17".
static std::vector<std::string> getNodes(Location loc) {
  llvm::SetVector<NameLoc> names;
  llvm::DenseSet<Attribute> kinds;
  loc->walk([&](Location inner) {
    if (auto named = dyn_cast<NameLoc>(inner)) {
      names.insert(named);
      kinds.insert(named.getChildLoc());
    }
    return WalkResult::advance();
  });
  std::vector<std::string> nodes;
  for (NameLoc named : names) {
    auto kind = dyn_cast<NameLoc>(named.getChildLoc());
    bool isWeights =
        kind && kind.getName().getValue().starts_with("initializer");
    if (!isWeights && !kinds.contains(named))
      nodes.push_back(named.getName().str());
  }
  return nodes;
}

/// The type that a kernel knows the buffer by, without the brackets.
static std::string getText(Type type) {
  std::string text;
  llvm::raw_string_ostream os(text);
  if (auto shaped = dyn_cast<ShapedType>(type)) {
    for (int64_t size : shaped.getShape())
      (ShapedType::isDynamic(size) ? os << '?' : os << size) << 'x';
    type = shaped.getElementType();
  }
  os << type;
  return text;
}

static std::vector<std::string> getTexts(TypeRange types) {
  std::vector<std::string> texts;
  for (Type type : types)
    texts.push_back(getText(type));
  return texts;
}

static void describeLaunch(kernel::LaunchOp op, LayerDescription &layer) {
  layer.kernel = op.getCallee().str();
  layer.inputs = getTexts(op.getInputs().getTypes());
  layer.outputs = getTexts(op.getOutputs().getTypes());
  auto def = SymbolTable::lookupNearestSymbolFrom<kernel::DefOp>(
      op, op.getCalleeAttr());
  if (!def)
    return;
  if (def.getSchedule())
    llvm::raw_string_ostream(layer.schedule) << *def.getSchedule();
  layer.operations = countOperations(def);
  layer.bytes = countBytes(def.getArgumentTypes());
  if (std::optional<ConvErrors> errors = getConvErrors(def)) {
    layer.errorBound = errors->own.bound;
    layer.expectedError = errors->own.expected;
    layer.directErrorBound = errors->direct.bound;
    layer.directExpectedError = errors->direct.expected;
  }
}

static void describeExtern(kernel::ExternOp op, LayerDescription &layer) {
  layer.kernel = op.getFunction().str();
  layer.inputs = getTexts(op.getInputs().getTypes());
  SmallVector<Type> outputs(op.getOutputs().getTypes());
  llvm::append_range(outputs, op.getResultTypes());
  layer.outputs = getTexts(outputs);
  llvm::append_range(outputs, op.getInputs().getTypes());
  layer.bytes = countBytes(outputs);
}

std::vector<LayerDescription> describeLayers(ModuleOp module) {
  std::vector<LayerDescription> layers;
  forEachLayer(module, [&](func::FuncOp host, Operation *op) {
    LayerDescription &layer = layers.emplace_back();
    if (auto hint = host->getAttrOfType<StringAttr>(graph::kHintAttr))
      layer.hint = hint.str();
    layer.nodes = getNodes(op->getLoc());
    if (auto launch = dyn_cast<kernel::LaunchOp>(op))
      describeLaunch(launch, layer);
    else
      describeExtern(cast<kernel::ExternOp>(op), layer);
  });
  return layers;
}

void numberLayers(ModuleOp module) {
  Builder builder(module.getContext());
  int32_t number = 0;
  forEachLayer(module, [&](func::FuncOp, Operation *op) {
    op->setAttr(kernel::kLayerAttr, builder.getI32IntegerAttr(number++));
  });
  module->setAttr(kernel::kNumLayersAttr, builder.getI32IntegerAttr(number));
}

//===----------------------------------------------------------------------===//
// JSON
//===----------------------------------------------------------------------===//

std::string toJson(ArrayRef<LayerDescription> layers) {
  std::string text;
  llvm::raw_string_ostream os(text);
  llvm::json::OStream json(os);
  auto list = [&](StringRef name, const std::vector<std::string> &texts) {
    json.attributeArray(name, [&] {
      for (const std::string &item : texts)
        json.value(llvm::json::fixUTF8(item));
    });
  };
  json.array([&] {
    for (const LayerDescription &layer : layers)
      json.object([&] {
        json.attribute("kernel", layer.kernel);
        list("nodes", layer.nodes);
        if (!layer.hint.empty())
          json.attribute("hint", layer.hint);
        if (!layer.schedule.empty())
          json.attribute("schedule", layer.schedule);
        list("inputs", layer.inputs);
        list("outputs", layer.outputs);
        if (layer.operations)
          json.attribute("operations", *layer.operations);
        if (layer.bytes)
          json.attribute("bytes", *layer.bytes);
        if (layer.errorBound) {
          json.attribute("error_bound", *layer.errorBound);
          json.attribute("expected_error", *layer.expectedError);
          json.attribute("direct_error_bound", *layer.directErrorBound);
          json.attribute("direct_expected_error", *layer.directExpectedError);
        }
      });
  });
  return text;
}

/// Of llvm::json, which finds this by its name.
static bool fromJSON(const llvm::json::Value &value, LayerDescription &layer,
                     llvm::json::Path path) {
  llvm::json::ObjectMapper map(value, path);
  return map && map.map("kernel", layer.kernel) &&
         map.map("nodes", layer.nodes) && map.mapOptional("hint", layer.hint) &&
         map.mapOptional("schedule", layer.schedule) &&
         map.map("inputs", layer.inputs) && map.map("outputs", layer.outputs) &&
         map.mapOptional("operations", layer.operations) &&
         map.mapOptional("bytes", layer.bytes) &&
         map.mapOptional("error_bound", layer.errorBound) &&
         map.mapOptional("expected_error", layer.expectedError) &&
         map.mapOptional("direct_error_bound", layer.directErrorBound) &&
         map.mapOptional("direct_expected_error", layer.directExpectedError);
}

llvm::Expected<std::vector<LayerDescription>> parseLayers(StringRef json) {
  return llvm::json::parse<std::vector<LayerDescription>>(json);
}

} // namespace atrous
