//===- Clip.cpp - Clip
//-----------------------------------------------------===//

#include "frontends/onnx/NodeImport.h"

using namespace mlir;

namespace atrous::onnx_frontend {

/// A bound: an attribute before opset 11, an optional scalar input since.
static Value getBound(NodeImport &node, llvm::StringRef name, unsigned index) {
  Value x = node.operand(0);
  if (node.opset < 11)
    return node.hasAttr(name) ? node.scalar(x, node.getFloat(name, 0))
                              : Value();
  Value bound = node.operand(index);
  if (!bound || node.findRank(bound).value_or(0) == 0)
    return bound;
  node.refuse(name + " must be a scalar, but has shape " +
              shapeText(cast<RankedTensorType>(bound.getType()).getShape()));
}

// min(max(x, min), max): where the bounds cross, max wins.
void importClip(NodeImport &node) {
  Value result = node.operand(0);
  if (Value min = getBound(node, "min", 1))
    result = node.create<graph::MaxOp>(result, min);
  if (Value max = getBound(node, "max", 2))
    result = node.create<graph::MinOp>(result, max);
  node.yield(result);
}

} // namespace atrous::onnx_frontend
