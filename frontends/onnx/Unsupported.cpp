//===- Unsupported.cpp - Which operators can be read ----------------------===//

#include "frontends/onnx/Unsupported.h"
#include "frontends/onnx/Checker.h"
#include "frontends/onnx/OpTable.h"
#include "onnx/defs/schema.h"
#include "onnx/onnx_pb.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include <map>

using namespace mlir;

namespace atrous::onnx_frontend {

bool isSupported(llvm::StringRef domain, llvm::StringRef name, int64_t opset) {
  const OpRow *row = findOp(domain, name);
  if (!row || opset < row->since)
    return false;
  const onnx::OpSchema *schema = findSchema(domain, name, opset);
  return schema && !schema->Deprecated() &&
         schema->since_version() <= row->last;
}

/// Why an operator cannot be read, beyond that it cannot.
static std::string getRemark(const ModelContext &context,
                             const onnx::ModelProto &model,
                             llvm::StringRef domain, llvm::StringRef name) {
  for (const onnx::FunctionProto &function : model.functions())
    if (function.domain() == domain && function.name() == name)
      return ", a function of the model for other opset versions";
  if (!domain.empty())
    return "";
  const onnx::OpSchema *schema =
      findSchema(domain, name, context.getOpset(domain));
  if (!schema)
    return ", unknown to ONNX at this opset";
  if (schema->Deprecated())
    return ", deprecated at this opset";
  return "";
}

void checkAllSupported(const ModelContext &context,
                       const onnx::ModelProto &model) {
  // Sorted by domain and name, nodes in the order of the file.
  std::map<std::pair<std::string, std::string>, std::vector<std::string>>
      unsupported;
  size_t nodeCount = 0;
  llvm::SmallVector<const onnx::GraphProto *> worklist = {&model.graph()};
  while (!worklist.empty()) {
    for (const onnx::NodeProto &node : worklist.pop_back_val()->node()) {
      if (!isSupported(node.domain(), node.op_type(),
                       context.getOpset(node.domain()))) {
        unsupported[{node.domain(), node.op_type()}].push_back(
            quoted(getNodeName(node)));
        ++nodeCount;
      }
      for (const onnx::AttributeProto &attribute : node.attribute()) {
        if (attribute.has_g())
          worklist.push_back(&attribute.g());
        for (const onnx::GraphProto &graph : attribute.graphs())
          worklist.push_back(&graph);
      }
    }
  }
  if (unsupported.empty())
    return;

  auto plural = [](size_t count, llvm::StringRef noun) {
    return std::to_string(count) + " " + noun.str() + (count == 1 ? "" : "s");
  };
  std::string message = plural(unsupported.size(), "operator") + " of the " +
                        "model (" + plural(nodeCount, "node") +
                        ") not supported:";
  for (const auto &[op, nodes] : unsupported) {
    const auto &[domain, name] = op;
    message += "\n  " + escaped(name) + " (domain " +
               (domain.empty() ? "ai.onnx" : escaped(domain)) + ", opset " +
               std::to_string(context.getOpset(domain)) +
               getRemark(context, model, domain, name) + "), " +
               plural(nodes.size(), "node") + ": " + llvm::join(nodes, ", ");
  }
  refuseUnsupported(context.getLocation(), message);
}

} // namespace atrous::onnx_frontend
