//===- Conv.cpp - Conv
//-----------------------------------------------------===//

#include "frontends/onnx/ops/Window.h"

using namespace mlir;

namespace atrous::onnx_frontend {

void importConv(NodeImport &node) {
  Value input = node.operand(0), weights = node.operand(1);
  Window window = readWindow(node, input, weights);
  resolveAutoPad(node, input, window);
  int64_t group = node.getInt("group", 1);
  if (group < 1 || group > INT32_MAX)
    node.refuse("group is " + llvm::Twine(group) + ", expected at least 1");
  node.yield(node.create<graph::ConvOp>(input, weights, node.operand(2),
                                        window.strides, window.dilations,
                                        window.pads, group));
}

} // namespace atrous::onnx_frontend
