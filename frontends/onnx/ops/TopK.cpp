//===- TopK.cpp - TopK ----------------------------------------------------===//

#include "frontends/onnx/NodeImport.h"

using namespace mlir;

namespace atrous::onnx_frontend {

// k is an attribute before opset 10, an input since. Results are always sorted.
void importTopK(NodeImport &node) {
  Value k =
      node.opset < 10 ? node.i64Vector(node.getInt("k", 0)) : node.operand(1);
  bool smallest = node.opset >= 11 && node.getInt("largest", 1) == 0;
  node.yield(node.createOp<graph::TopKOp>(2, node.operand(0), k,
                                          node.getInt("axis", -1), smallest)
                 ->getResults());
}

} // namespace atrous::onnx_frontend
