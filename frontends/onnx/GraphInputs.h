//===- GraphInputs.h - Types of the network's inputs ------------*- C++ -*-===//

#ifndef ATROUS_FRONTENDS_ONNX_GRAPHINPUTS_H
#define ATROUS_FRONTENDS_ONNX_GRAPHINPUTS_H

#include "frontends/onnx/GraphParts.h"
#include "mlir/IR/Types.h"
#include "llvm/ADT/SmallVector.h"

namespace onnx {
class GraphProto;
class ValueInfoProto;
} // namespace onnx

namespace atrous::onnx_frontend {

/// A graph input that no initializer gives a value, or a part of it.
struct GraphInput {
  const onnx::ValueInfoProto *info;
  Part part;
  std::string name;
  /// Static, or with its symbols as in
  /// tensor<?x3x?x?xf32, #graph.tensor<symbols = ["N", "", "H", "W"]>>.
  mlir::Type type;
  /// Bounds of all sizes; empty where none are given.
  llvm::SmallVector<int64_t> minShape, maxShape;
};

/// The inputs in their order, with the shapes and ranges of ImportOptions
/// applied. A sequence is a list where these give its tensors shapes.
llvm::SmallVector<GraphInput> readInputs(const ModelContext &context,
                                         const onnx::GraphProto &graph);

/// The type of a ranked input; `symbols` are "" where a size has no name.
mlir::Type makeInputType(const ModelContext &context, llvm::StringRef name,
                         llvm::ArrayRef<int64_t> dims,
                         llvm::ArrayRef<std::string> symbols,
                         mlir::Type elementType);

} // namespace atrous::onnx_frontend

#endif // ATROUS_FRONTENDS_ONNX_GRAPHINPUTS_H
