//===- Identity.cpp - Identity, and Dropout at inference
//-------------------===//

#include "frontends/onnx/NodeImport.h"

using namespace mlir;

namespace atrous::onnx_frontend {

void importIdentity(NodeImport &node) { node.yieldAny(node.input(0)); }

/// Whether the ratio is a constant 0 (it is 0.5 where it is absent).
static bool dropsNothing(NodeImport &node) {
  Value ratio = node.operand(1);
  return ratio && graph::getSplatValue(ratio) == 0.0;
}

// At inference the output is the input, and nothing is masked.
void importDropout(NodeImport &node) {
  Value x = node.operand(0);
  if (node.opset < 7 && node.getInt("is_test", 0) == 0)
    node.refuseUnsupported("is_test is 0; training is not supported");
  if (Value training = node.operand(2)) {
    auto values = node.findConstantInts(training);
    bool isTraining =
        !values || llvm::any_of(*values, [](int64_t v) { return v != 0; });
    if (isTraining && !dropsNothing(node))
      node.refuseUnsupported(
          "training_mode must be false; training is not supported");
  }
  if (!node.hasResult(1)) {
    node.yield(x);
    return;
  }
  Type maskType =
      node.opset < 10 ? node.elementType(x) : Type(node.builder.getI1Type());
  Value mask =
      node.create<graph::ExpandOp>(node.scalar(maskType, 1), node.shapeOf(x));
  node.yield({x, mask});
}

} // namespace atrous::onnx_frontend
