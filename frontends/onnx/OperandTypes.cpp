//===- OperandTypes.cpp - Types that an operator takes --------------------===//

#include "frontends/onnx/OperandTypes.h"
#include "onnx/defs/schema.h"
#include "onnx/onnx_pb.h"

using namespace mlir;

namespace atrous::onnx_frontend {

void checkOperandTypes(const NodeImport &node, const onnx::OpSchema &schema) {
  llvm::StringMap<std::pair<std::string, unsigned>> bound;
  for (auto [i, operand] : llvm::enumerate(node.inputs())) {
    if (!operand)
      continue;
    // The last parameter may stand for any number of operands.
    size_t index = std::min(i, schema.inputs().size() - 1);
    const auto &parameter = schema.inputs()[index];
    std::string type = operand.getTypeName();
    std::string name = "input " + std::to_string(i) + " (" +
                       quoted(node.node.input(int(i))) + ")";
    bool isAllowed =
        llvm::any_of(parameter.GetTypes(), [&](const std::string *allowed) {
          return type.empty()
                     ? llvm::StringRef(*allowed).starts_with("optional")
                     : *allowed == type;
        });
    if (!isAllowed && type.empty())
      node.refuse(name + " is an optional, which the operator does not take");
    if (!isAllowed)
      node.refuse(name + " has type " + type +
                  ", which the operator does not take at this opset");
    if (!parameter.GetIsHomogeneous())
      continue;
    auto [it, isNew] =
        bound.try_emplace(parameter.GetTypeStr(), type, unsigned(i));
    if (!isNew && it->second.first != type)
      node.refuse(name + " has type " + type + ", but input " +
                  llvm::Twine(it->second.second) + " has type " +
                  it->second.first + "; they must be equal");
  }
}

} // namespace atrous::onnx_frontend
