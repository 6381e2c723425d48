//===- Shape.cpp - Shape and Size
//------------------------------------------===//

#include "frontends/onnx/NodeImport.h"

using namespace mlir;

namespace atrous::onnx_frontend {

void importShape(NodeImport &node) {
  IntegerAttr end;
  if (node.hasAttr("end"))
    end = node.builder.getI64IntegerAttr(node.getInt("end", 0));
  node.yield(node.create<graph::ShapeOp>(
      node.operand(0), node.builder.getI64IntegerAttr(node.getInt("start", 0)),
      end));
}

void importSize(NodeImport &node) {
  node.yield(node.create<graph::SizeOp>(node.operand(0)));
}

} // namespace atrous::onnx_frontend
