//===- Slice.cpp - Slice
//---------------------------------------------------===//

#include "frontends/onnx/NodeImport.h"

using namespace mlir;

namespace atrous::onnx_frontend {

void importSlice(NodeImport &node) {
  Value starts, ends, axes, steps;
  if (node.opset < 10) {
    starts = node.i64Vector(node.getInts("starts"));
    ends = node.i64Vector(node.getInts("ends"));
    if (node.hasAttr("axes"))
      axes = node.i64Vector(node.getInts("axes"));
  } else {
    starts = node.asI64(node.operand(1));
    ends = node.asI64(node.operand(2));
    axes = node.asI64(node.operand(3));
    steps = node.asI64(node.operand(4));
  }
  node.yield(
      node.create<graph::SliceOp>(node.operand(0), starts, ends, axes, steps));
}

} // namespace atrous::onnx_frontend
