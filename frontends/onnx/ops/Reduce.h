//===- Reduce.h - Reductions as other ops build them ------------*- C++ -*-===//

#ifndef ATROUS_FRONTENDS_ONNX_OPS_REDUCE_H
#define ATROUS_FRONTENDS_ONNX_OPS_REDUCE_H

#include "frontends/onnx/NodeImport.h"

namespace atrous::onnx_frontend {

/// A reduction over `axes` that keeps them as dimensions of size 1.
inline mlir::Value createReduce(NodeImport &node, graph::ReduceKind kind,
                                mlir::Value input, mlir::Value axes) {
  return node.create<graph::ReduceOp>(kind, input, axes, /*keepdims=*/true,
                                      /*noop_with_empty_axes=*/false);
}

} // namespace atrous::onnx_frontend

#endif // ATROUS_FRONTENDS_ONNX_OPS_REDUCE_H
