//===- Quantization.h - What quantising ops have in common ------*- C++ -*-===//

#ifndef ATROUS_FRONTENDS_ONNX_OPS_QUANTIZATION_H
#define ATROUS_FRONTENDS_ONNX_OPS_QUANTIZATION_H

#include "frontends/onnx/NodeImport.h"

namespace atrous::onnx_frontend {

/// `x` with elements of `type`.
mlir::Value createCast(NodeImport &node, mlir::Value x, mlir::Type type);

/// Floats as integers: round(x) + zeroPoint, saturated to the type of
/// `zeroPoint`, or to `type` where that is null. Ties are rounded to even, NaN
/// gives 0.
mlir::Value createQuantized(NodeImport &node, mlir::Value x,
                            mlir::Value zeroPoint, mlir::Type type = {});

/// x - zeroPoint (null: 0) as i32.
mlir::Value createCentered(NodeImport &node, mlir::Value x,
                           mlir::Value zeroPoint);

/// A parameter of the rows of a matrix: [M] becomes [M, 1], others stay.
mlir::Value createPerRow(NodeImport &node, mlir::Value parameter);

} // namespace atrous::onnx_frontend

#endif // ATROUS_FRONTENDS_ONNX_OPS_QUANTIZATION_H
