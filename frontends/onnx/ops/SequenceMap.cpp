//===- SequenceMap.cpp - SequenceMap --------------------------------------===//
//
// On lists the body once for each of their tensors, else a loop.
//
//===----------------------------------------------------------------------===//

#include "frontends/onnx/ElementTypes.h"
#include "frontends/onnx/ops/Control.h"
#include "frontends/onnx/ops/Sequence.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "onnx/onnx_pb.h"

using namespace mlir;

namespace atrous::onnx_frontend {
namespace {

/// The results of the body on the tensors that `getTensor` gives.
class SequenceMap {
public:
  explicit SequenceMap(NodeImport &node);

  void import();

private:
  llvm::SmallVector<Value>
  importBody(llvm::function_ref<Value(Sequence &)> getTensor);
  void importLists(size_t length);
  void importLoop();

  NodeImport &node;
  const onnx::GraphProto &body;
  /// Of the output sequences, as the body declares them: the sequences may be
  /// empty.
  llvm::SmallVector<Type> types;
};

} // namespace

SequenceMap::SequenceMap(NodeImport &node)
    : node(node), body(getBody(node, "body", node.inputs().size())) {
  if (size_t(body.output_size()) != node.numResults())
    node.refuse("graph body has " + llvm::Twine(body.output_size()) +
                " outputs, the node " + llvm::Twine(node.numResults()));
  for (const onnx::ValueInfoProto &output : body.output()) {
    types.push_back(getElementType(node.context.context,
                                   output.type().tensor_type().elem_type()));
    if (!types.back())
      node.refuse("graph body does not declare output " +
                  quoted(output.name()) + " as a tensor of a supported type");
  }
}

llvm::SmallVector<Value>
SequenceMap::importBody(llvm::function_ref<Value(Sequence &)> getTensor) {
  llvm::SmallVector<GraphValue> arguments;
  for (const GraphValue &input : node.inputs())
    arguments.push_back(input.sequence ? getTensor(*input.sequence) : input);
  llvm::SmallVector<Value> results = getTensors(
      node, node.bodies.importBody(body, arguments), "output of graph body");
  for (auto [i, result] : llvm::enumerate(results))
    if (node.elementType(result) != types[i])
      node.refuse("output " + llvm::Twine(i) +
                  " of graph body is declared as " +
                  getSchemaTypeName(types[i]) + ", but is computed as " +
                  getSchemaTypeName(node.elementType(result)));
  return results;
}

void SequenceMap::importLists(size_t length) {
  for (auto [i, input] : llvm::enumerate(node.inputs()))
    if (input.sequence && input.sequence->getList().size() != length)
      node.refuse("input " + llvm::Twine(i) + " has " +
                  llvm::Twine(input.sequence->getList().size()) +
                  " tensors, input 0 has " + llvm::Twine(length));
  llvm::SmallVector<llvm::SmallVector<Value>> lists(types.size());
  for (size_t i = 0; i < length; ++i) {
    auto results =
        importBody([i](Sequence &sequence) { return sequence.getList()[i]; });
    for (auto [list, result] : llvm::zip(lists, results))
      list.push_back(result);
  }
  llvm::SmallVector<GraphValue> outputs;
  for (auto [type, list] : llvm::zip(types, lists))
    outputs.push_back(makeList(node, type, list));
  node.yieldAny(outputs);
}

void SequenceMap::importLoop() {
  OpBuilder &builder = node.builder;
  auto toItem = [&](Value length) -> Value {
    return builder.create<graph::ItemOp>(node.loc, builder.getI64Type(),
                                         length);
  };
  Value limit = toItem(createSequenceLength(node, *node.input(0).sequence));
  Value condition = builder.create<arith::ConstantIntOp>(node.loc, 1, 1);
  llvm::SmallVector<Value> inits;
  for (Type type : types) {
    auto [data, index] = Sequence(builder, type, {}).getTensors(node.loc);
    inits.append({data, index});
  }
  auto iterate = [&](const Iteration &iteration) {
    Value position = node.create<graph::FromItemOp>(iteration.number);
    llvm::SmallVector<Value> tensors = importBody([&](Sequence &sequence) {
      return createSequenceAt(node, sequence, position);
    });
    IterationResult result;
    result.condition = iteration.condition;
    for (auto [i, tensor] : llvm::enumerate(tensors)) {
      Operation *op = node.createOp<graph::SequenceInsertOp>(
          2, iteration.carried[2 * i], iteration.carried[2 * i + 1], tensor,
          Value());
      llvm::append_range(result.carried, op->getResults());
    }
    return result;
  };
  llvm::SmallVector<Value> results =
      createWhile(node, limit, condition, inits, iterate);
  llvm::SmallVector<GraphValue> outputs;
  for (size_t i = 0; i < results.size(); i += 2)
    outputs.push_back(std::make_shared<Sequence>(
        SequenceTensors{results[i], results[i + 1]}));
  node.yieldAny(outputs);
}

void SequenceMap::import() {
  bool areLists = llvm::all_of(node.inputs(), [](const GraphValue &input) {
    return !input.sequence || input.sequence->isList();
  });
  size_t length = areLists ? node.input(0).sequence->getList().size() : 0;
  if (areLists && int64_t(length) <= node.context.limits().maxListed)
    return importLists(length);
  importLoop();
}

void importSequenceMap(NodeImport &node) { SequenceMap(node).import(); }

} // namespace atrous::onnx_frontend
