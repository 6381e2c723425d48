//===- Checker.cpp - ONNX's own checks, as refusals -----------------------===//

#include "frontends/onnx/Checker.h"
#include "onnx/checker.h"
#include "onnx/onnx_pb.h"

using namespace mlir;

namespace atrous::onnx_frontend {

const onnx::OpSchema *findSchema(llvm::StringRef domain, llvm::StringRef name,
                                 int64_t opset) {
  return onnx::OpSchemaRegistry::Schema(name.str(), int(opset), domain.str());
}

std::string getReason(const std::exception &exception) {
  llvm::StringRef reason = exception.what();
  reason = reason.split("\n\n==> Context").first.trim();
  // Where ONNX names the place in its own sources, that says nothing to users.
  if (reason.starts_with("["))
    if (size_t end = reason.find("] "); end != llvm::StringRef::npos)
      reason = reason.drop_front(end + 2);
  return escaped(reason.rtrim(".").take_front(400));
}

static onnx::checker::CheckerContext
makeCheckerContext(const ModelContext &context) {
  onnx::checker::CheckerContext checker;
  std::unordered_map<std::string, int> opsets;
  for (const auto &opset : context.opsets)
    opsets[opset.first().str()] = int(opset.second);
  checker.set_opset_imports(std::move(opsets));
  checker.set_ir_version(onnx::Version::IR_VERSION);
  checker.set_model_dir(context.baseDir);
  checker.set_skip_opset_compatibility_check(true);
  return checker;
}

void checkNode(const ModelContext &context, const onnx::NodeProto &node,
               llvm::ArrayRef<std::string> names) {
  onnx::checker::LexicalScopeContext scope;
  for (const std::string &name : names)
    scope.add(name);
  try {
    onnx::checker::check_node(node, makeCheckerContext(context), scope);
  } catch (const std::exception &exception) {
    refuse(context.getLocation(node), getReason(exception));
  }
}

void checkFunctions(const ModelContext &context,
                    const onnx::ModelProto &model) {
  try {
    onnx::checker::check_model_local_functions(
        model, makeCheckerContext(context),
        onnx::checker::LexicalScopeContext());
  } catch (const std::exception &exception) {
    refuse(context.getLocation(),
           "a function of the model is not valid: " + getReason(exception));
  }
}

} // namespace atrous::onnx_frontend
