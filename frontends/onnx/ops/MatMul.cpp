//===- MatMul.cpp - MatMul
//-------------------------------------------------===//

#include "frontends/onnx/NodeImport.h"

using namespace mlir;

namespace atrous::onnx_frontend {

void importMatMul(NodeImport &node) {
  node.yield(node.create<graph::MatMulOp>(node.operand(0), node.operand(1),
                                          /*bias=*/Value(),
                                          /*transpose_rhs=*/false));
}

} // namespace atrous::onnx_frontend
