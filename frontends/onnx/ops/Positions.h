//===- Positions.h - Sizes of and indices along a dimension -----*- C++ -*-===//

#ifndef ATROUS_FRONTENDS_ONNX_OPS_POSITIONS_H
#define ATROUS_FRONTENDS_ONNX_OPS_POSITIONS_H

#include "frontends/onnx/NodeImport.h"

namespace atrous::onnx_frontend {

/// The size of dimension `dim` (from the front) of `x` as an i64 vector of one
/// element: a constant where it is known.
inline mlir::Value createSize(NodeImport &node, mlir::Value x, int64_t dim) {
  int64_t size = node.dimOf(x, dim);
  if (!mlir::ShapedType::isDynamic(size))
    return node.i64Vector(size);
  return node.create<graph::ShapeOp>(
      x, node.builder.getI64IntegerAttr(dim),
      node.builder.getI64IntegerAttr(dim + 1));
}

/// 0, 1, ... up to the size of dimension `dim` (from the front) of `x`, as an
/// i64 vector.
inline mlir::Value createPositions(NodeImport &node, mlir::Value x,
                                   int64_t dim) {
  mlir::Type i64 = node.builder.getI64Type();
  int64_t size = node.dimOf(x, dim);
  mlir::Value limit =
      mlir::ShapedType::isDynamic(size)
          ? node.create<graph::SqueezeOp>(createSize(node, x, dim),
                                          mlir::Value())
          : node.scalar(i64, double(size));
  return node.create<graph::RangeOp>(node.scalar(i64, 0), limit,
                                     node.scalar(i64, 1));
}

} // namespace atrous::onnx_frontend

#endif // ATROUS_FRONTENDS_ONNX_OPS_POSITIONS_H
