//===- LegacyBroadcast.h - Broadcasting before opset 7 ----------*- C++ -*-===//

#ifndef ATROUS_FRONTENDS_ONNX_OPS_LEGACYBROADCAST_H
#define ATROUS_FRONTENDS_ONNX_OPS_LEGACYBROADCAST_H

#include "frontends/onnx/NodeImport.h"

namespace atrous::onnx_frontend {

/// The second operand of a binary operator, made to broadcast as in NumPy.
/// Before opset 7, with the attributes `broadcast` and `axis`, it had the sizes
/// of the first one's dimensions from `axis` on, and no more:
/// [2, 3, 4, 5] + [3, 4] with axis 1 is [2, 3, 4, 5] + [3, 4, 1].
mlir::Value getBroadcastRhs(NodeImport &node);

} // namespace atrous::onnx_frontend

#endif // ATROUS_FRONTENDS_ONNX_OPS_LEGACYBROADCAST_H
