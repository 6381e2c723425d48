//===- Reshape.cpp - Reshape, Flatten, Squeeze and Unsqueeze
//---------------===//

#include "frontends/onnx/NodeImport.h"

using namespace mlir;

namespace atrous::onnx_frontend {

void importReshape(NodeImport &node) {
  Value shape = node.opset < 5 ? node.i64Vector(node.getInts("shape"))
                               : node.operand(1);
  node.yield(node.create<graph::ReshapeOp>(node.operand(0), shape,
                                           node.getInt("allowzero", 0) != 0));
}

void importFlatten(NodeImport &node) {
  node.yield(
      node.create<graph::FlattenOp>(node.operand(0), node.getInt("axis", 1)));
}

/// The axes are an attribute before opset 13, an input since; null if absent.
static Value readAxes(NodeImport &node) {
  if (node.opset >= 13)
    return node.operand(1);
  return node.hasAttr("axes") ? node.i64Vector(node.getInts("axes")) : Value();
}

void importSqueeze(NodeImport &node) {
  node.yield(node.create<graph::SqueezeOp>(node.operand(0), readAxes(node)));
}

void importUnsqueeze(NodeImport &node) {
  node.yield(node.create<graph::UnsqueezeOp>(node.operand(0), readAxes(node)));
}

} // namespace atrous::onnx_frontend
