//===- Weights.h - Tensors of the model as constants ------------*- C++ -*-===//

#ifndef ATROUS_FRONTENDS_ONNX_WEIGHTS_H
#define ATROUS_FRONTENDS_ONNX_WEIGHTS_H

#include "frontends/onnx/ModelContext.h"

namespace mlir {
class OpBuilder;
class RankedTensorType;
class Value;
} // namespace mlir
namespace onnx {
class SparseTensorProto;
class TensorProto;
} // namespace onnx

namespace atrous::onnx_frontend {

/// The type of a tensor, after all checks that need no bytes: data type,
/// dimensions, exactly one data field, and that it holds as much as they say.
mlir::RankedTensorType checkTensor(const ModelContext &context,
                                   mlir::Location loc,
                                   const onnx::TensorProto &tensor);

/// A graph.constant with the tensor's elements.
mlir::Value createConstant(const ModelContext &context,
                           mlir::OpBuilder &builder, mlir::Location loc,
                           const onnx::TensorProto &tensor);

/// A graph.constant with the elements of a sparse tensor, the others zero.
mlir::Value createConstant(const ModelContext &context,
                           mlir::OpBuilder &builder, mlir::Location loc,
                           const onnx::SparseTensorProto &tensor);

} // namespace atrous::onnx_frontend

#endif // ATROUS_FRONTENDS_ONNX_WEIGHTS_H
