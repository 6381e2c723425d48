//===- NonMaxSuppression.cpp - NonMaxSuppression --------------------------===//

#include "frontends/onnx/NodeImport.h"

using namespace mlir;

namespace atrous::onnx_frontend {

void importNonMaxSuppression(NodeImport &node) {
  int64_t center = node.getInt("center_point_box", 0);
  if (center != 0 && center != 1)
    node.refuse("center_point_box is " + llvm::Twine(center) +
                "; expected 0 or 1");
  node.yield(node.create<graph::NonMaxSuppressionOp>(
      node.operand(0), node.operand(1), node.operand(2), node.operand(3),
      node.operand(4), center == 1));
}

} // namespace atrous::onnx_frontend
