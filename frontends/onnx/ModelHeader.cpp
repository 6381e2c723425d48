//===- ModelHeader.cpp - IR version and operator sets ---------------------===//

#include "frontends/onnx/ModelHeader.h"
#include "onnx/onnx_pb.h"
#include "llvm/ADT/SmallVector.h"

using namespace mlir;

namespace atrous::onnx_frontend {

/// The first IR version with opset imports, which all versions are read by.
constexpr int64_t kMinIrVersion = 3;

using Nodes = google::protobuf::RepeatedPtrField<onnx::NodeProto>;

static void normalizeDomain(std::string &domain) {
  if (domain == "ai.onnx")
    domain.clear();
}

/// Spells the default domain "" in `nodes` and in their subgraphs.
static void normalizeDomains(Nodes &nodes) {
  llvm::SmallVector<Nodes *> worklist = {&nodes};
  while (!worklist.empty()) {
    for (onnx::NodeProto &node : *worklist.pop_back_val()) {
      if (node.has_domain())
        normalizeDomain(*node.mutable_domain());
      for (onnx::AttributeProto &attribute : *node.mutable_attribute()) {
        if (attribute.has_g())
          worklist.push_back(attribute.mutable_g()->mutable_node());
        for (onnx::GraphProto &graph : *attribute.mutable_graphs())
          worklist.push_back(graph.mutable_node());
      }
    }
  }
}

static void normalizeDomains(onnx::ModelProto &model) {
  for (auto &opset : *model.mutable_opset_import())
    normalizeDomain(*opset.mutable_domain());
  if (model.has_graph())
    normalizeDomains(*model.mutable_graph()->mutable_node());
  for (onnx::FunctionProto &function : *model.mutable_functions()) {
    if (function.has_domain())
      normalizeDomain(*function.mutable_domain());
    for (auto &opset : *function.mutable_opset_import())
      normalizeDomain(*opset.mutable_domain());
    normalizeDomains(*function.mutable_node());
  }
}

static void readOpset(ModelContext &context, Location loc,
                      const onnx::OperatorSetIdProto &opset) {
  std::string domain = opset.domain();
  std::string name =
      domain.empty() ? "of the default domain" : "of domain " + quoted(domain);
  int64_t version = opset.version();
  auto [it, isNew] = context.opsets.try_emplace(domain, version);
  if (!isNew)
    refuse(loc, "opset " + name + " is imported twice, as " +
                    llvm::Twine(it->second) + " and as " +
                    llvm::Twine(version));
  if (version < kMinOpset || version > INT32_MAX)
    refuseUnsupported(loc, "opset " + llvm::Twine(version) + " " + name +
                               " is no valid version");
  if (domain.empty() && version > kMaxOpset)
    refuseUnsupported(loc, "opset " + llvm::Twine(version) + " " + name +
                               " is not supported; " + llvm::Twine(kMinOpset) +
                               " to " + llvm::Twine(kMaxOpset) + " are");
}

void readHeader(ModelContext &context, onnx::ModelProto &model) {
  Location loc = context.getLocation();
  if (!model.has_ir_version())
    refuse(loc, "cannot parse as an ONNX protobuf: the model has no IR "
                "version");
  int64_t irVersion = model.ir_version();
  if (irVersion < kMinIrVersion || irVersion > onnx::Version::IR_VERSION)
    refuseUnsupported(
        loc, "ONNX IR version " + llvm::Twine(irVersion) +
                 " is not supported; " + llvm::Twine(kMinIrVersion) + " to " +
                 llvm::Twine(int(onnx::Version::IR_VERSION)) + " are");
  if (!model.has_graph())
    refuse(loc, "model has no graph");

  normalizeDomains(model);
  if (model.opset_import().empty())
    refuse(loc, "model imports no opset (opset_import is empty)");
  for (const auto &opset : model.opset_import())
    readOpset(context, loc, opset);
}

} // namespace atrous::onnx_frontend
