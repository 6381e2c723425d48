//===- GraphImporter.cpp - Nodes to graph ops -----------------------------===//

#include "frontends/onnx/GraphImporter.h"
#include "frontends/onnx/Checker.h"
#include "frontends/onnx/ElementTypes.h"
#include "frontends/onnx/GraphInputs.h"
#include "frontends/onnx/NodeImport.h"
#include "frontends/onnx/OpTable.h"
#include "frontends/onnx/OperandTypes.h"
#include "frontends/onnx/ShapeHints.h"
#include "frontends/onnx/Weights.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "onnx/defs/schema.h"
#include "onnx/onnx_pb.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;

namespace atrous::onnx_frontend {
namespace {

class GraphImporter : public BodyImporter {
public:
  GraphImporter(const ModelContext &context, onnx::GraphProto &graph)
      : context(context), graph(graph), builder(context.context) {}

  OwningOpRef<ModuleOp> import();
  llvm::SmallVector<GraphValue>
  importBody(const onnx::GraphProto &body,
             llvm::ArrayRef<GraphValue> arguments) override;

private:
  void collectInitializers();
  llvm::SmallVector<std::string> getVisibleNames(const onnx::NodeProto &node);
  void define(llvm::StringRef name, const GraphValue &value);
  func::FuncOp importFunction(llvm::StringRef name,
                              llvm::ArrayRef<GraphInput> inputs);
  void importHinted(llvm::StringRef name, const HintedInputs &hint);
  func::FuncOp createFunction(llvm::StringRef name,
                              llvm::ArrayRef<GraphInput> inputs);
  GraphValue getValue(llvm::StringRef name);
  Value createInitializer(llvm::StringRef name);
  void importNode(const onnx::NodeProto &node);
  void createReturn(func::FuncOp function);

  const ModelContext &context;
  onnx::GraphProto &graph;
  OpBuilder builder;
  Block *mainBody = nullptr;
  llvm::StringMap<GraphValue> values;
  /// Names that the current subgraph defines, and what they were outside.
  llvm::SmallVector<std::pair<std::string, GraphValue>> shadowed;
  /// Initializers become constants where they are first read.
  llvm::StringMap<onnx::TensorProto *> tensors;
  llvm::StringMap<onnx::SparseTensorProto *> sparseTensors;
  /// Types and values of those that functions have read.
  llvm::StringMap<std::pair<Type, ElementsAttr>> initializers;
  /// Those of the graph's outputs, the same in all functions.
  llvm::StringMap<std::optional<ValueForm>> outputForms;
  /// Those of a body count as often as it is imported.
  int64_t nodeCount = 0;
};

} // namespace

void GraphImporter::collectInitializers() {
  for (onnx::TensorProto &tensor : *graph.mutable_initializer()) {
    checkTensor(context, context.getLocation("initializer", tensor.name()),
                tensor);
    tensors[tensor.name()] = &tensor;
  }
  for (onnx::SparseTensorProto &tensor : *graph.mutable_sparse_initializer())
    sparseTensors[tensor.values().name()] = &tensor;
}

func::FuncOp GraphImporter::createFunction(llvm::StringRef name,
                                           llvm::ArrayRef<GraphInput> inputs) {
  Location loc = context.getLocation("graph", graph.name());
  llvm::SmallVector<Type> types;
  llvm::SmallVector<Location> locs;
  for (const GraphInput &input : inputs) {
    types.push_back(input.type);
    locs.push_back(context.getLocation("input", input.name));
  }
  auto function = builder.create<func::FuncOp>(
      loc, name, builder.getFunctionType(types, {}));
  Block *body = builder.createBlock(&function.getBody(), {}, types, locs);
  mainBody = body;
  for (auto [i, input] : llvm::enumerate(inputs)) {
    llvm::StringRef name = input.name;
    if (escaped(name) != name)
      refuse(locs[i], "graph input " + quoted(name) +
                          " has control characters or no valid UTF-8 in its "
                          "name");
    addPart(values[input.info->name()], builder, input.part,
            body->getArgument(i));
    function.setArgAttr(i, graph::kNameAttr, builder.getStringAttr(name));
    if (!input.minShape.empty()) {
      function.setArgAttr(i, graph::kMinShapeAttr,
                          builder.getDenseI64ArrayAttr(input.minShape));
      function.setArgAttr(i, graph::kMaxShapeAttr,
                          builder.getDenseI64ArrayAttr(input.maxShape));
    }
  }
  return function;
}

/// Frees a message's memory, which Clear would keep.
template <typename Message> static void release(Message &message) {
  Message().Swap(&message);
}

/// The constant of an initializer; null where there is none of the name.
Value GraphImporter::createInitializer(llvm::StringRef name) {
  Location loc = context.getLocation("initializer", name);
  if (auto it = initializers.find(name); it != initializers.end()) {
    auto [type, elements] = it->second;
    return builder.create<graph::ConstantOp>(loc, type, elements);
  }
  Value value;
  if (onnx::TensorProto *tensor = tensors.lookup(name)) {
    value = createConstant(context, builder, loc, *tensor);
    release(*tensor);
  } else if (onnx::SparseTensorProto *sparse = sparseTensors.lookup(name)) {
    value = createConstant(context, builder, loc, *sparse);
    release(*sparse);
  }
  if (value)
    initializers[name] = {value.getType(), graph::getConstantElements(value)};
  return value;
}

GraphValue GraphImporter::getValue(llvm::StringRef name) {
  if (name.empty())
    return {};
  GraphValue &value = values[name];
  if (value)
    return value;
  // Outside of the body that reads it first, for others may read it, too.
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToEnd(mainBody);
  return value = createInitializer(name);
}

void GraphImporter::define(llvm::StringRef name, const GraphValue &value) {
  GraphValue &place = values[name];
  shadowed.emplace_back(name.str(), place);
  place = value;
}

llvm::SmallVector<GraphValue>
GraphImporter::importBody(const onnx::GraphProto &body,
                          llvm::ArrayRef<GraphValue> arguments) {
  auto outer = std::exchange(shadowed, {});
  for (auto [input, argument] : llvm::zip(body.input(), arguments))
    define(input.name(), argument);
  for (const onnx::TensorProto &tensor : body.initializer()) {
    Location loc = context.getLocation("initializer", tensor.name());
    checkTensor(context, loc, tensor);
    define(tensor.name(), createConstant(context, builder, loc, tensor));
  }
  for (const onnx::SparseTensorProto &tensor : body.sparse_initializer()) {
    const std::string &name = tensor.values().name();
    Location loc = context.getLocation("initializer", name);
    define(name, createConstant(context, builder, loc, tensor));
  }
  for (const onnx::NodeProto &node : body.node())
    importNode(node);
  llvm::SmallVector<GraphValue> results;
  for (const onnx::ValueInfoProto &output : body.output())
    results.push_back(getValue(output.name()));
  for (auto &[name, value] : llvm::reverse(shadowed))
    values[name] = value;
  shadowed = std::move(outer);
  return results;
}

/// The names that a subgraph of `node` may read; none where it has none.
llvm::SmallVector<std::string>
GraphImporter::getVisibleNames(const onnx::NodeProto &node) {
  llvm::SmallVector<std::string> names;
  if (llvm::none_of(node.attribute(),
                    [](const onnx::AttributeProto &attribute) {
                      return attribute.has_g() || attribute.graphs_size() > 0;
                    }))
    return names;
  for (const auto &entry : values)
    if (entry.getValue())
      names.push_back(entry.getKey().str());
  for (const auto &entry : tensors)
    names.push_back(entry.getKey().str());
  for (const auto &entry : sparseTensors)
    names.push_back(entry.getKey().str());
  return names;
}

void GraphImporter::importNode(const onnx::NodeProto &proto) {
  if (++nodeCount > context.limits().maxNodes)
    refuse(context.getLocation(proto),
           "model has more than " + llvm::Twine(context.limits().maxNodes) +
               " nodes once its sequences are mapped");
  checkNode(context, proto, getVisibleNames(proto));
  llvm::SmallVector<GraphValue> inputs;
  for (const std::string &input : proto.input())
    inputs.push_back(getValue(input));

  NodeImport node(context, builder, proto, inputs, *this);
  checkOperandTypes(node,
                    *findSchema(proto.domain(), proto.op_type(), node.opset));
  findOp(proto.domain(), proto.op_type())->import(node);

  for (auto [i, output] : llvm::enumerate(proto.output())) {
    if (output.empty())
      continue;
    if (i >= node.getResults().size() || !node.getResults()[i])
      node.refuseUnsupported("output " + llvm::Twine(i) + " is not supported");
    define(output, node.getResults()[i]);
  }
}

void GraphImporter::createReturn(func::FuncOp function) {
  llvm::SmallVector<OutputPart> parts;
  llvm::StringSet<> names;
  for (const onnx::ValueInfoProto &output : graph.output()) {
    llvm::StringRef name = output.name();
    Location loc = context.getLocation("output", name);
    if (escaped(name) != name)
      refuse(loc, "graph output " + quoted(name) +
                      " has control characters or no valid UTF-8 in its name");
    for (OutputPart &part : createParts(context, builder, output,
                                        getValue(name), outputForms[name])) {
      if (!names.insert(part.name).second)
        refuse(loc, "the network has two outputs " + quoted(part.name));
      parts.push_back(part);
    }
  }
  llvm::SmallVector<Value> results;
  for (const OutputPart &part : parts)
    results.push_back(part.tensor);
  builder.create<func::ReturnOp>(function.getLoc(), results);
  function.setFunctionType(builder.getFunctionType(
      function.getArgumentTypes(), ValueRange(results).getTypes()));
  for (auto [i, part] : llvm::enumerate(parts))
    function.setResultAttr(i, graph::kNameAttr,
                           builder.getStringAttr(part.name));
}

func::FuncOp GraphImporter::importFunction(llvm::StringRef name,
                                           llvm::ArrayRef<GraphInput> inputs) {
  OpBuilder::InsertionGuard guard(builder);
  values.clear();
  shadowed.clear();
  nodeCount = 0;
  func::FuncOp function = createFunction(name, inputs);
  for (const onnx::NodeProto &node : graph.node())
    importNode(node);
  createReturn(function);
  return function;
}

void GraphImporter::importHinted(llvm::StringRef name,
                                 const HintedInputs &hint) {
  try {
    func::FuncOp function = importFunction(name, hint.inputs);
    function->setAttr(graph::kHintAttr, builder.getStringAttr(hint.text));
  } catch (const ImportFailure &) {
    refuse(context.getLocation(),
           "the model does not fit shape hint " + quoted(hint.text));
  }
}

OwningOpRef<ModuleOp> GraphImporter::import() {
  Location loc = context.getLocation("graph", graph.name());
  OwningOpRef<ModuleOp> module = ModuleOp::create(loc);
  (*module)->setAttr("graph.model_name",
                     builder.getStringAttr(escaped(graph.name())));
  builder.setInsertionPointToEnd(module->getBody());
  collectInitializers();
  llvm::SmallVector<GraphInput> inputs = readInputs(context, graph);
  llvm::SmallVector<HintedInputs> hints = readHints(context, inputs);
  importFunction("main", inputs);
  for (auto [i, hint] : llvm::enumerate(hints))
    importHinted("main_hint_" + std::to_string(i + 1), hint);
  return module;
}

OwningOpRef<ModuleOp> importGraph(const ModelContext &context,
                                  onnx::ModelProto &model) {
  return GraphImporter(context, *model.mutable_graph()).import();
}

} // namespace atrous::onnx_frontend
