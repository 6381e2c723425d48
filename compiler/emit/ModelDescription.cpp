//===- ModelDescription.cpp - What a compiled model says of itself --------===//

#include "compiler/emit/ModelDescription.h"

#include "dialects/graph/Graph.h"
#include "dialects/kernel/Kernel.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "passes/support/HostFunctions.h"

using namespace mlir;

namespace atrous {

namespace {
/// An argument or a result of the host function.
struct Value {
  func::FuncOp host;
  StringRef kind;
  unsigned number;
  Type type;
  DictionaryAttr attributes;

  InFlightDiagnostic emitError() {
    return host.emitOpError() << kind << " " << number << " ";
  }
  template <typename AttrT> AttrT get(StringRef name) const {
    return attributes ? attributes.getAs<AttrT>(name) : AttrT();
  }
};
} // namespace

/// Names and bounds of sizes, as many as the rank or none.
static LogicalResult describeSizes(Value value, TensorDescription &tensor) {
  auto symbols = value.get<ArrayAttr>(graph::kSymbolsAttr);
  for (Attribute symbol : symbols ? symbols.getValue() : ArrayRef<Attribute>())
    tensor.symbols.push_back(isa<StringAttr>(symbol)
                                 ? cast<StringAttr>(symbol).str()
                                 : std::string());
  if (auto bounds = value.get<DenseI64ArrayAttr>(graph::kMinShapeAttr))
    tensor.minShape = bounds.asArrayRef();
  if (auto bounds = value.get<DenseI64ArrayAttr>(graph::kMaxShapeAttr))
    tensor.maxShape = bounds.asArrayRef();
  for (size_t count :
       {tensor.symbols.size(), tensor.minShape.size(), tensor.maxShape.size()})
    if (count && count != tensor.shape.size())
      return value.emitError()
             << "has " << count << " symbols or bounds for a shape of rank "
             << tensor.shape.size();
  return success();
}

static FailureOr<TensorDescription> describe(Value value) {
  auto type = dyn_cast<MemRefType>(value.type);
  if (!type)
    return value.emitError() << "is not a memref";
  auto name = value.get<StringAttr>(graph::kNameAttr);
  if (!name)
    return value.emitError() << "has no graph.name";
  // The network's type where the buffer's does not tell: bool, unsigned.
  Type element = type.getElementType();
  if (auto original = value.get<TypeAttr>(graph::kElementTypeAttr))
    element = original.getValue();
  TensorDescription tensor;
  tensor.name = name.str();
  tensor.dtype = kernel::getDtype(element);
  if (!tensor.dtype)
    return value.emitError()
           << "'" << name.getValue()
           << "' has an element type without a number: " << element;
  for (int64_t size : type.getShape())
    tensor.shape.push_back(ShapedType::isDynamic(size) ? -1 : size);
  if (failed(describeSizes(value, tensor)))
    return failure();
  return tensor;
}

/// Results are the outputs that their attribute says; `outputs` holds the
/// others, in order.
static LogicalResult addResults(func::FuncOp host,
                                std::vector<TensorDescription> &outputs) {
  size_t count = outputs.size() + host.getNumResults();
  std::vector<std::optional<TensorDescription>> all(count);
  for (unsigned i = 0; i < host.getNumResults(); ++i) {
    Value result{host, "result", i, host.getResultTypes()[i],
                 host.getResultAttrDict(i)};
    FailureOr<TensorDescription> tensor = describe(result);
    if (failed(tensor))
      return failure();
    auto number = result.get<IntegerAttr>(kernel::kOutputNumberAttr);
    if (!number || number.getInt() < 0 || number.getInt() >= int64_t(count) ||
        all[number.getInt()])
      return result.emitError() << "has no " << kernel::kOutputNumberAttr
                                << " of its own below " << count;
    all[number.getInt()] = std::move(*tensor);
  }
  auto next = outputs.begin();
  for (std::optional<TensorDescription> &output : all)
    if (!output)
      output = std::move(*next++);
  outputs.clear();
  for (std::optional<TensorDescription> &output : all)
    outputs.push_back(std::move(*output));
  return success();
}

static LogicalResult describeConstants(kernel::ConstantsOp op,
                                       ModelDescription &description) {
  if (op.getSize() < 0)
    return op.emitOpError("has a negative size");
  description.constantsSize = op.getSize();
  for (auto [offset, value] :
       llvm::zip_equal(op.getOffsets(), op.getValues())) {
    auto elements = dyn_cast<ElementsAttr>(value);
    if (!elements)
      return op.emitOpError("has a value that is not an elements attribute");
    description.constants.push_back({offset, elements});
  }
  llvm::stable_sort(description.constants, llvm::less_first());
  return success();
}

/// Bytes of the arena that `host` works in.
static FailureOr<uint64_t> getArenaSize(func::FuncOp host) {
  for (unsigned i = 0; i < host.getNumArguments(); ++i) {
    if (!host.getArgAttr(i, kernel::kArenaAttr))
      continue;
    auto type = dyn_cast<MemRefType>(host.getArgumentTypes()[i]);
    if (!type || !type.hasStaticShape() || !type.getElementType().isInteger(8))
      return host.emitOpError("its arena is not a memref of bytes");
    return type.getNumElements();
  }
  return 0;
}

static LogicalResult describeTensors(func::FuncOp host,
                                     ModelDescription &description) {
  for (unsigned i = 0; i < host.getNumArguments(); ++i) {
    if (host.getArgAttr(i, kernel::kConstantsAttr) ||
        host.getArgAttr(i, kernel::kArenaAttr))
      continue;
    FailureOr<TensorDescription> tensor =
        describe({host, "argument", i, host.getArgumentTypes()[i],
                  host.getArgAttrDict(i)});
    if (failed(tensor))
      return failure();
    bool isOutput = bool(host.getArgAttr(i, kernel::kOutputAttr));
    (isOutput ? description.outputs : description.inputs)
        .push_back(std::move(*tensor));
  }
  return addResults(host, description.outputs);
}

FailureOr<ModelDescription> describeModel(ModuleOp module) {
  FailureOr<HostFunctions> hosts = getHostFunctions(module);
  if (failed(hosts))
    return failure();
  ModelDescription description;
  if (auto name = module->getAttrOfType<StringAttr>("graph.model_name"))
    description.name = name.str();
  if (failed(describeTensors(hosts->any, description)))
    return failure();
  for (func::FuncOp hinted : hosts->hinted) {
    auto hint = hinted->getAttrOfType<StringAttr>(graph::kHintAttr);
    if (!hint)
      return hinted.emitOpError("has a '")
             << graph::kHintAttr << "' that is no text";
    description.hints.push_back(hint.str());
  }
  for (auto host : module.getOps<func::FuncOp>()) {
    FailureOr<uint64_t> size = getArenaSize(host);
    if (failed(size))
      return failure();
    description.arenaSize = std::max(description.arenaSize, *size);
  }
  for (auto op : module.getOps<kernel::ConstantsOp>())
    if (failed(describeConstants(op, description)))
      return failure();
  if (auto bytes = module->getAttrOfType<IntegerAttr>(kernel::kPreparedAttr))
    description.preparedSize = bytes.getInt();
  if (auto scratch = module->getAttrOfType<IntegerAttr>(kernel::kScratchAttr))
    description.scratchSize = scratch.getInt();
  if (auto layers = module->getAttrOfType<StringAttr>(kernel::kLayersAttr))
    description.layersJson = layers.str();
  if (auto count = module->getAttrOfType<IntegerAttr>(kernel::kNumLayersAttr))
    description.numProfiledLayers = count.getInt();
  return description;
}

} // namespace atrous
