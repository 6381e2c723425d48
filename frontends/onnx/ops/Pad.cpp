//===- Pad.cpp - Pad
//-------------------------------------------------------===//

#include "frontends/onnx/NodeImport.h"

using namespace mlir;

namespace atrous::onnx_frontend {

static std::string readMode(NodeImport &node) {
  if (node.opset < 19)
    return node.getEnum("mode", {"constant", "reflect", "edge"});
  return node.getEnum("mode", {"constant", "reflect", "edge", "wrap"});
}

// Pads and value are attributes before opset 11, inputs since.
void importPad(NodeImport &node) {
  Value x = node.operand(0), pads, value, axes;
  std::string mode = readMode(node);
  if (node.opset < 11) {
    pads = node.i64Vector(node.getInts(node.opset < 2 ? "paddings" : "pads"));
    double number = node.getFloat("value", 0);
    if (number != 0)
      value = node.scalar(x, number);
  } else {
    pads = node.operand(1);
    value = node.operand(2);
    axes = node.asI64(node.operand(3));
  }
  if (mode != "constant")
    value = Value();
  node.yield(node.create<graph::PadOp>(x, pads, value, axes, mode));
}

} // namespace atrous::onnx_frontend
