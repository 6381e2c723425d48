//===- Structure.cpp - Single assignment, order, nesting ------------------===//

#include "frontends/onnx/Structure.h"
#include "onnx/onnx_pb.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;

namespace atrous::onnx_frontend {
namespace {

/// The names that a graph has defined so far, and those it will define.
struct Scope {
  const Scope *parent;
  llvm::StringSet<> defined;
  llvm::StringSet<> computed;

  bool isDefined(llvm::StringRef name) const {
    for (const Scope *scope = this; scope; scope = scope->parent)
      if (scope->defined.contains(name))
        return true;
    return false;
  }
  bool isComputedSomewhere(llvm::StringRef name) const {
    for (const Scope *scope = this; scope; scope = scope->parent)
      if (scope->computed.contains(name))
        return true;
    return false;
  }
};

class StructureChecker {
public:
  explicit StructureChecker(const ModelContext &context) : context(context) {}

  void check(const onnx::GraphProto &graph, const Scope *parent, int depth);

private:
  void defineInputs(const onnx::GraphProto &graph, Scope &scope);
  void checkNode(const onnx::NodeProto &node, Scope &scope, int depth);
  void checkOutputs(const onnx::GraphProto &graph, const Scope &scope);
  void define(Scope &scope, llvm::StringRef name, Location loc,
              llvm::StringRef what);

  const ModelContext &context;
  int64_t nodeCount = 0;
};

} // namespace

void StructureChecker::define(Scope &scope, llvm::StringRef name, Location loc,
                              llvm::StringRef what) {
  if (name.empty())
    refuse(loc, what + " has no name");
  // ONNX forbids names that hide those of an outer graph, too.
  if (scope.isDefined(name))
    refuse(loc, what + " " + quoted(name) + " is defined a second time");
  scope.defined.insert(name);
}

void StructureChecker::defineInputs(const onnx::GraphProto &graph,
                                    Scope &scope) {
  for (const onnx::ValueInfoProto &input : graph.input())
    define(scope, input.name(), context.getLocation("input", input.name()),
           "graph input");

  // An initializer may give an input of the graph its value.
  llvm::StringSet<> inputs = scope.defined;
  auto defineInitializer = [&](llvm::StringRef name) {
    Location loc = context.getLocation("initializer", name);
    if (inputs.erase(name) == 0)
      define(scope, name, loc, "initializer");
  };
  for (const onnx::TensorProto &tensor : graph.initializer())
    defineInitializer(tensor.name());
  for (const onnx::SparseTensorProto &tensor : graph.sparse_initializer())
    defineInitializer(tensor.values().name());
}

void StructureChecker::checkNode(const onnx::NodeProto &node, Scope &scope,
                                 int depth) {
  Location loc = context.getLocation(node);
  if (node.op_type().empty())
    refuse(loc, "node has no op_type");
  if (context.getOpset(node.domain()) == 0)
    refuse(loc, node.domain().empty()
                    ? "the model imports no opset of the default domain"
                    : "the model imports no opset of domain " +
                          quoted(node.domain()));

  for (const std::string &input : node.input()) {
    if (input.empty() || scope.isDefined(input))
      continue;
    if (scope.isComputedSomewhere(input))
      refuse(loc, "input " + quoted(input) +
                      " is computed by a later node: the graph has a cycle or "
                      "is not topologically sorted");
    refuse(loc, "input " + quoted(input) + " is not defined anywhere");
  }
  for (const onnx::AttributeProto &attribute : node.attribute()) {
    if (!attribute.ref_attr_name().empty())
      refuse(loc, "attribute " + quoted(attribute.name()) +
                      " refers to an attribute of a function, outside of one");
    if (attribute.has_g())
      check(attribute.g(), &scope, depth + 1);
    for (const onnx::GraphProto &graph : attribute.graphs())
      check(graph, &scope, depth + 1);
  }
  for (const std::string &output : node.output())
    if (!output.empty())
      define(scope, output, loc, "output");
}

void StructureChecker::checkOutputs(const onnx::GraphProto &graph,
                                    const Scope &scope) {
  llvm::StringSet<> outputs;
  for (const onnx::ValueInfoProto &output : graph.output()) {
    Location loc = context.getLocation("output", output.name());
    if (output.name().empty())
      refuse(loc, "graph output has no name");
    if (!scope.isDefined(output.name()))
      refuse(loc,
             "graph output " + quoted(output.name()) + " is never computed");
    if (!outputs.insert(output.name()).second)
      refuse(loc, "graph output " + quoted(output.name()) + " is listed twice");
  }
}

// Recursive over nested subgraphs, whose depth is limited below what protobuf
// itself lets through.
void StructureChecker::check(const onnx::GraphProto &graph, const Scope *parent,
                             int depth) {
  const Limits &limits = context.limits();
  if (depth > limits.maxSubgraphDepth)
    refuse(context.getLocation(), "subgraphs are nested deeper than " +
                                      llvm::Twine(limits.maxSubgraphDepth));
  nodeCount += graph.node_size();
  if (nodeCount > limits.maxNodes)
    refuse(context.getLocation(),
           "model has more than " + llvm::Twine(limits.maxNodes) + " nodes");

  Scope scope{parent, {}, {}};
  for (const onnx::NodeProto &node : graph.node())
    for (const std::string &output : node.output())
      scope.computed.insert(output);
  defineInputs(graph, scope);
  for (const onnx::NodeProto &node : graph.node())
    checkNode(node, scope, depth);
  checkOutputs(graph, scope);
}

void checkStructure(const ModelContext &context,
                    const onnx::GraphProto &graph) {
  if (graph.output().empty())
    refuse(context.getLocation(), "graph has no output");
  StructureChecker(context).check(graph, nullptr, 0);
}

} // namespace atrous::onnx_frontend
