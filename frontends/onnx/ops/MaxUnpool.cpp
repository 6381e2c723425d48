//===- MaxUnpool.cpp - MaxUnpool
//-------------------------------------------===//

#include "frontends/onnx/ops/Window.h"

using namespace mlir;

namespace atrous::onnx_frontend {

void importMaxUnpool(NodeImport &node) {
  Value input = node.operand(0);
  Window window = readWindow(node, input, Value());
  node.yield(node.create<graph::MaxUnpoolOp>(input, node.operand(1),
                                             node.operand(2), window.kernel,
                                             window.strides, window.pads));
}

} // namespace atrous::onnx_frontend
