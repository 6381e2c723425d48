//===- Cast.cpp - Cast and CastLike
//----------------------------------------===//

#include "frontends/onnx/NodeImport.h"

using namespace mlir;

namespace atrous::onnx_frontend {

// The attributes `saturate` and `round_mode` speak of 8-bit floating-point
// types only, which are refused.
void importCast(NodeImport &node) {
  node.yield(node.create<graph::CastOp>(node.operand(0), node.getType("to")));
}

void importCastLike(NodeImport &node) {
  node.yield(node.create<graph::CastOp>(node.operand(0),
                                        node.elementType(node.operand(1))));
}

} // namespace atrous::onnx_frontend
