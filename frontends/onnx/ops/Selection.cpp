//===- Selection.cpp - NonZero, Compress, Unique --------------------------===//

#include "frontends/onnx/NodeImport.h"

using namespace mlir;

namespace atrous::onnx_frontend {

/// The attribute `axis`; null where it is absent.
static IntegerAttr readAxis(NodeImport &node) {
  if (!node.hasAttr("axis"))
    return IntegerAttr();
  return node.builder.getI64IntegerAttr(node.getInt("axis", 0));
}

void importNonZero(NodeImport &node) {
  node.yield(node.create<graph::NonZeroOp>(node.operand(0)));
}

void importCompress(NodeImport &node) {
  node.yield(node.create<graph::CompressOp>(node.operand(0), node.operand(1),
                                            readAxis(node)));
}

void importUnique(NodeImport &node) {
  auto sorted =
      node.getInt("sorted", 1) ? node.builder.getUnitAttr() : UnitAttr();
  node.yield(
      node.createOp<graph::UniqueOp>(4, node.operand(0), readAxis(node), sorted)
          ->getResults());
}

} // namespace atrous::onnx_frontend
