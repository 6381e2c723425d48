//===- Expand.cpp - Expand, Tile and ConstantOfShape
//-----------------------===//

#include "frontends/onnx/NodeImport.h"
#include "frontends/onnx/Weights.h"
#include "onnx/onnx_pb.h"

using namespace mlir;

namespace atrous::onnx_frontend {

void importExpand(NodeImport &node) {
  node.yield(node.create<graph::ExpandOp>(node.operand(0), node.operand(1)));
}

void importTile(NodeImport &node) {
  node.yield(node.create<graph::TileOp>(node.operand(0), node.operand(1)));
}

// A scalar, expanded.
void importConstantOfShape(NodeImport &node) {
  Value value = node.scalar(node.builder.getF32Type(), 0);
  if (const onnx::AttributeProto *attribute = node.findAttr("value")) {
    // A tensor of one element, which stands for a scalar.
    onnx::TensorProto tensor = attribute->t();
    RankedTensorType type = checkTensor(node.context, node.loc, tensor);
    if (type.getNumElements() != 1)
      node.refuse("value has " + llvm::Twine(type.getNumElements()) +
                  " elements, expected 1");
    tensor.clear_dims();
    value = createConstant(node.context, node.builder, node.loc, tensor);
  }
  if (auto sizes = node.findConstantInts(node.operand(0)))
    for (int64_t size : *sizes)
      if (size < 0)
        node.refuse("shape has the negative dimension " + llvm::Twine(size));
  node.yield(node.create<graph::ExpandOp>(value, node.operand(0)));
}

} // namespace atrous::onnx_frontend
