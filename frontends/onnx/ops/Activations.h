//===- Activations.h - Activations as other ops build them ------*- C++ -*-===//

#ifndef ATROUS_FRONTENDS_ONNX_OPS_ACTIVATIONS_H
#define ATROUS_FRONTENDS_ONNX_OPS_ACTIVATIONS_H

#include "frontends/onnx/NodeImport.h"

namespace atrous::onnx_frontend {

/// max(0, min(1, alpha * x + beta))
mlir::Value createHardSigmoid(NodeImport &node, mlir::Value x, double alpha,
                              double beta);
/// log(1 + exp(x))
mlir::Value createSoftplus(NodeImport &node, mlir::Value x);
/// x / (1 + |x|)
mlir::Value createSoftsign(NodeImport &node, mlir::Value x);
/// x < 0 ? alpha * x : x
mlir::Value createLeakyRelu(NodeImport &node, mlir::Value x, double alpha);
/// x > 0 ? x : alpha * (exp(x) - 1)
mlir::Value createElu(NodeImport &node, mlir::Value x, double alpha);
/// x > alpha ? x : 0
mlir::Value createThresholdedRelu(NodeImport &node, mlir::Value x,
                                  double alpha);

} // namespace atrous::onnx_frontend

#endif // ATROUS_FRONTENDS_ONNX_OPS_ACTIVATIONS_H
