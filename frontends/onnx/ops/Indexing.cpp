//===- Indexing.cpp - Elements by index, one-hot, reversed sequences ------===//

#include "frontends/onnx/NodeImport.h"

using namespace mlir;

namespace atrous::onnx_frontend {

void importGatherElements(NodeImport &node) {
  node.yield(node.create<graph::GatherElementsOp>(
      node.operand(0), node.operand(1), node.getInt("axis", 0)));
}

void importGatherND(NodeImport &node) {
  node.yield(node.create<graph::GatherNDOp>(node.operand(0), node.operand(1),
                                            node.getInt("batch_dims", 0)));
}

/// The attribute `reduction`, with the values that the opset knows.
static graph::ScatterReduction readReduction(NodeImport &node) {
  if (node.opset < 16)
    return graph::ScatterReduction::none;
  llvm::SmallVector<llvm::StringRef> allowed{"none", "add", "mul"};
  if (node.opset >= 18)
    allowed.append({"max", "min"});
  return *graph::symbolizeScatterReduction(node.getEnum("reduction", allowed));
}

void importScatterElements(NodeImport &node) {
  node.yield(node.create<graph::ScatterElementsOp>(
      readReduction(node), node.operand(0), node.operand(1), node.operand(2),
      node.getInt("axis", 0)));
}

void importScatter(NodeImport &node) {
  node.yield(node.create<graph::ScatterElementsOp>(
      graph::ScatterReduction::none, node.operand(0), node.operand(1),
      node.operand(2), node.getInt("axis", 0)));
}

void importScatterND(NodeImport &node) {
  node.yield(node.create<graph::ScatterNDOp>(
      readReduction(node), node.operand(0), node.operand(1), node.operand(2)));
}

void importOneHot(NodeImport &node) {
  node.yield(node.create<graph::OneHotOp>(node.operand(0), node.operand(1),
                                          node.operand(2),
                                          node.getInt("axis", -1)));
}

void importReverseSequence(NodeImport &node) {
  node.yield(node.create<graph::ReverseSequenceOp>(
      node.operand(0), node.operand(1), node.getInt("batch_axis", 1),
      node.getInt("time_axis", 0)));
}

} // namespace atrous::onnx_frontend
