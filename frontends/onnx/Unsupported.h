//===- Unsupported.h - Which operators can be read --------------*- C++ -*-===//

#ifndef ATROUS_FRONTENDS_ONNX_UNSUPPORTED_H
#define ATROUS_FRONTENDS_ONNX_UNSUPPORTED_H

#include "frontends/onnx/ModelContext.h"

namespace onnx {
class ModelProto;
} // namespace onnx

namespace atrous::onnx_frontend {

/// True if OpTable.inc has a row for the operator as `opset` of its domain
/// defines it.
bool isSupported(llvm::StringRef domain, llvm::StringRef name, int64_t opset);

/// Refuses a model with operators that cannot be read, in one error that lists
/// them all with their nodes, those of subgraphs too.
void checkAllSupported(const ModelContext &context,
                       const onnx::ModelProto &model);

} // namespace atrous::onnx_frontend

#endif // ATROUS_FRONTENDS_ONNX_UNSUPPORTED_H
