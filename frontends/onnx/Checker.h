//===- Checker.h - ONNX's own checks, as refusals ---------------*- C++ -*-===//

#ifndef ATROUS_FRONTENDS_ONNX_CHECKER_H
#define ATROUS_FRONTENDS_ONNX_CHECKER_H

#include "frontends/onnx/ModelContext.h"

namespace onnx {
class ModelProto;
class NodeProto;
class OpSchema;
} // namespace onnx

namespace atrous::onnx_frontend {

/// The newest version of an operator that `opset` has, or null.
const onnx::OpSchema *findSchema(llvm::StringRef domain, llvm::StringRef name,
                                 int64_t opset);

/// The first line of what an exception of ONNX's library says.
std::string getReason(const std::exception &exception);

/// Checks a node without subgraphs against its schema: how many inputs and
/// outputs, which attributes of which types.
/// `names` are those that the node's subgraphs may read.
void checkNode(const ModelContext &context, const onnx::NodeProto &node,
               llvm::ArrayRef<std::string> names = {});

/// Checks the bodies of the model's own functions.
void checkFunctions(const ModelContext &context, const onnx::ModelProto &model);

} // namespace atrous::onnx_frontend

#endif // ATROUS_FRONTENDS_ONNX_CHECKER_H
