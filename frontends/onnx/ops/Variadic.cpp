//===- Variadic.cpp - Min, Max, Sum and Mean of any number of tensors
//------===//

#include "frontends/onnx/NodeImport.h"

using namespace mlir;

namespace atrous::onnx_frontend {

template <typename Op> static Value createChain(NodeImport &node) {
  Value result = node.operand(0);
  for (Value operand : node.operands().drop_front())
    result = node.create<Op>(result, operand);
  return result;
}

void importMin(NodeImport &node) {
  node.yield(createChain<graph::MinOp>(node));
}

void importMax(NodeImport &node) {
  node.yield(createChain<graph::MaxOp>(node));
}

void importSum(NodeImport &node) {
  node.yield(createChain<graph::AddOp>(node));
}

void importMean(NodeImport &node) {
  Value sum = createChain<graph::AddOp>(node);
  node.yield(node.create<graph::DivOp>(
      sum, node.scalar(sum, double(node.operands().size()))));
}

} // namespace atrous::onnx_frontend
