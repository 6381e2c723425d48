//===- GraphImporter.h - Nodes to graph ops ---------------------*- C++ -*-===//

#ifndef ATROUS_FRONTENDS_ONNX_GRAPHIMPORTER_H
#define ATROUS_FRONTENDS_ONNX_GRAPHIMPORTER_H

#include "frontends/onnx/ModelContext.h"

namespace onnx {
class ModelProto;
} // namespace onnx

namespace atrous::onnx_frontend {

/// Builds @main from a model that has passed checkStructure and
/// checkAllSupported. Takes tensors out of `model` as it goes, so that weights
/// are not held twice.
mlir::OwningOpRef<mlir::ModuleOp> importGraph(const ModelContext &context,
                                              onnx::ModelProto &model);

} // namespace atrous::onnx_frontend

#endif // ATROUS_FRONTENDS_ONNX_GRAPHIMPORTER_H
