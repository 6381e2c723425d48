//===- Functions.cpp - Inlining of function bodies ------------------------===//

#include "frontends/onnx/Functions.h"
#include "frontends/onnx/Checker.h"
#include "frontends/onnx/Unsupported.h"
#include "onnx/defs/schema.h"
#include "onnx/inliner/inliner.h"
#include "llvm/ADT/SmallVector.h"
#include <set>

using namespace mlir;

namespace atrous::onnx_frontend {
namespace {

using Nodes = google::protobuf::RepeatedPtrField<onnx::NodeProto>;

/// What a piece of a model comes to once all calls in it are inlined.
struct Size {
  int64_t nodes = 0;
  int64_t bytes = 0;
  /// Of calls within calls.
  int64_t depth = 0;

  void add(const Size &callee) {
    constexpr int64_t kHuge = int64_t(1) << 60;
    nodes = std::min(nodes + callee.nodes, kHuge);
    bytes = std::min(bytes + callee.bytes, kHuge);
    depth = std::max(depth, callee.depth + 1);
  }
};

/// Adds up the sizes of functions, each one after those that it calls.
class FunctionSizes {
public:
  FunctionSizes(const ModelContext &context, const onnx::ModelProto &model);

  /// The size of `nodes` with all calls inlined.
  Size measure(const Nodes &nodes);

private:
  struct Entry {
    const onnx::FunctionProto *function;
    bool isOpen = false;
    bool isDone = false;
    Size size;
  };

  Entry *find(const onnx::NodeProto &node);
  void measureFunction(Entry &root);

  template <typename Fn> static void forEachNode(const Nodes &nodes, Fn visit);

  const ModelContext &context;
  llvm::StringMap<Entry> entries;
};

} // namespace

static std::string getKey(const std::string &domain, const std::string &name,
                          const std::string &overload) {
  return domain + '\n' + name + '\n' + overload;
}

FunctionSizes::FunctionSizes(const ModelContext &context,
                             const onnx::ModelProto &model)
    : context(context) {
  for (const onnx::FunctionProto &function : model.functions()) {
    auto key = getKey(function.domain(), function.name(), function.overload());
    if (!entries.try_emplace(key, Entry{&function, false, false, {}}).second)
      refuse(context.getLocation(),
             "function " + quoted(function.name()) + " of domain " +
                 quoted(function.domain()) + " is defined twice");
  }
}

FunctionSizes::Entry *FunctionSizes::find(const onnx::NodeProto &node) {
  auto it =
      entries.find(getKey(node.domain(), node.op_type(), node.overload()));
  return it == entries.end() ? nullptr : &it->second;
}

/// Calls `visit` on the nodes and those of their subgraphs.
template <typename Fn>
void FunctionSizes::forEachNode(const Nodes &nodes, Fn visit) {
  llvm::SmallVector<const Nodes *> worklist = {&nodes};
  while (!worklist.empty()) {
    for (const onnx::NodeProto &node : *worklist.pop_back_val()) {
      visit(node);
      for (const onnx::AttributeProto &attribute : node.attribute()) {
        if (attribute.has_g())
          worklist.push_back(&attribute.g().node());
        for (const onnx::GraphProto &graph : attribute.graphs())
          worklist.push_back(&graph.node());
      }
    }
  }
}

/// Depth first, with its own stack: an entry stays open while its callees are
/// measured, so meeting an open one again is recursion.
void FunctionSizes::measureFunction(Entry &root) {
  llvm::SmallVector<Entry *> stack = {&root};
  while (!stack.empty()) {
    Entry &entry = *stack.back();
    if (entry.isDone) {
      stack.pop_back();
      continue;
    }
    llvm::SmallVector<Entry *> callees;
    if (!entry.isOpen) {
      entry.isOpen = true;
      forEachNode(entry.function->node(), [&](const onnx::NodeProto &node) {
        Entry *callee = find(node);
        if (!callee || callee->isDone)
          return;
        if (callee->isOpen)
          refuse(context.getLocation(),
                 "function " + quoted(callee->function->name()) +
                     " of domain " + quoted(callee->function->domain()) +
                     " is recursive");
        callees.push_back(callee);
      });
    }
    if (!callees.empty()) {
      // The same callee may wait twice; the second finds it done.
      stack.append(callees);
      if (int64_t(stack.size()) > context.limits().maxNodes)
        refuse(context.getLocation(), "functions call too many functions");
      continue;
    }
    entry.size.bytes = entry.function->ByteSizeLong();
    forEachNode(entry.function->node(), [&](const onnx::NodeProto &node) {
      ++entry.size.nodes;
      if (Entry *callee = find(node))
        entry.size.add(callee->size);
    });
    entry.isDone = true;
    entry.isOpen = false;
    if (entry.size.depth > context.limits().maxFunctionDepth)
      refuse(context.getLocation(),
             "functions call each other deeper than " +
                 llvm::Twine(context.limits().maxFunctionDepth));
  }
}

Size FunctionSizes::measure(const Nodes &nodes) {
  Size size;
  forEachNode(nodes, [&](const onnx::NodeProto &node) {
    ++size.nodes;
    Entry *callee = find(node);
    if (!callee)
      return;
    if (!callee->isDone)
      measureFunction(*callee);
    size.add(callee->size);
  });
  return size;
}

void inlineLocalFunctions(const ModelContext &context,
                          onnx::ModelProto &model) {
  if (model.functions().empty())
    return;
  Location loc = context.getLocation();
  const Limits &limits = context.limits();
  Size size = FunctionSizes(context, model).measure(model.graph().node());
  if (size.nodes > limits.maxNodes || size.bytes > kMaxModelBytes)
    refuse(loc, "model has " + llvm::Twine(size.nodes) + " nodes of " +
                    llvm::Twine(size.bytes) +
                    " bytes once its functions are inlined, more than " +
                    llvm::Twine(limits.maxNodes) + " nodes or " +
                    llvm::Twine(kMaxModelBytes) + " bytes");
  checkFunctions(context, model);
  try {
    onnx::inliner::InlineLocalFunctions(model, /*convert_version=*/false);
  } catch (const std::exception &exception) {
    refuse(loc, "cannot inline the model's functions: " + getReason(exception));
  }
}

/// ONNX's own bodies nest a few levels at most.
constexpr int kMaxBodyDepth = 4;

/// The body of an operator that is read only through it, or null.
static const onnx::FunctionProto *findBody(llvm::StringRef name, int64_t opset,
                                           int depth = 0) {
  const onnx::OpSchema *schema = findSchema("", name, opset);
  if (depth > kMaxBodyDepth || !schema || schema->Deprecated() ||
      !schema->HasFunction())
    return nullptr;
  const onnx::FunctionProto *body = schema->GetFunction(int(opset));
  if (!body)
    return nullptr;
  for (const onnx::NodeProto &node : body->node())
    if (!node.domain().empty() ||
        (!isSupported(node.domain(), node.op_type(), opset) &&
         !findBody(node.op_type(), opset, depth + 1)))
      return nullptr;
  return body;
}

/// Writes the defaults of absent attributes out, as a body that refers to them
/// knows only what its caller says.
static void addDefaultAttributes(onnx::NodeProto &node,
                                 const onnx::OpSchema &schema) {
  for (const auto &[name, attribute] : schema.attributes()) {
    bool isGiven =
        llvm::any_of(node.attribute(), [&name = name](const auto &given) {
          return given.name() == name;
        });
    if (!isGiven && attribute.default_value.has_type()) {
      *node.add_attribute() = attribute.default_value;
      node.mutable_attribute()->rbegin()->set_name(name);
    }
  }
}

/// One round; returns whether something was replaced.
static bool inlineBodiesOnce(const ModelContext &context,
                             onnx::ModelProto &model) {
  int64_t opset = context.getOpset("");
  llvm::StringMap<const onnx::FunctionProto *> bodies;
  std::set<onnx::inliner::FunctionId> toInline;
  int64_t nodeCount = model.graph().node_size();
  for (onnx::NodeProto &node : *model.mutable_graph()->mutable_node()) {
    llvm::StringRef name = node.op_type();
    if (!node.domain().empty() || isSupported("", name, opset))
      continue;
    auto [it, isNew] = bodies.try_emplace(name, nullptr);
    if (isNew)
      it->second = findBody(name, opset);
    if (!it->second)
      continue;
    checkNode(context, node);
    addDefaultAttributes(node, *findSchema("", name, opset));
    toInline.insert({"", name.str()});
    nodeCount += it->second->node_size();
  }
  if (toInline.empty())
    return false;
  Location loc = context.getLocation();
  if (nodeCount > context.limits().maxNodes)
    refuse(loc, "model has more than " +
                    llvm::Twine(context.limits().maxNodes) + " nodes");
  try {
    auto ids = onnx::inliner::FunctionIdSet::Create(
        {toInline.begin(), toInline.end()});
    onnx::inliner::InlineSelectedFunctions(model, *ids,
                                           onnx::OpSchemaRegistry::Instance());
  } catch (const std::exception &exception) {
    refuse(loc, "cannot expand operators into their definitions: " +
                    getReason(exception));
  }
  return true;
}

void inlineOperatorBodies(const ModelContext &context,
                          onnx::ModelProto &model) {
  for (int round = 0; round < kMaxBodyDepth; ++round)
    if (!inlineBodiesOnce(context, model))
      return;
}

} // namespace atrous::onnx_frontend
