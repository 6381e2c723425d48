//===- Hardmax.cpp - Hardmax ----------------------------------------------===//

#include "frontends/onnx/ops/Positions.h"

using namespace mlir;

namespace atrous::onnx_frontend {

/// One where the first maximum along `axis` is, zero elsewhere.
static Value createHardmax(NodeImport &node, Value x, int64_t axis) {
  Value best = node.create<graph::ArgReduceOp>(x, axis, /*minimum=*/false,
                                               /*keepdims=*/true,
                                               /*select_last_index=*/false);
  Value positions = createPositions(node, x, axis);
  // [n] to [n, 1, ...], which goes along the axis.
  llvm::SmallVector<int64_t> ones;
  for (int64_t dim = 1, rank = node.rankOf(x); dim < rank - axis; ++dim)
    ones.push_back(dim);
  if (!ones.empty())
    positions =
        node.create<graph::UnsqueezeOp>(positions, node.i64Vector(ones));
  Value isBest = node.create<graph::CompareOp>(graph::ComparePredicate::eq,
                                               positions, best);
  return node.create<graph::CastOp>(isBest, node.elementType(x));
}

// Before opset 13 the axis and all that follow are one dimension.
void importHardmax(NodeImport &node) {
  Value x = node.operand(0);
  int64_t rank = node.rankOf(x);
  if (node.opset >= 13) {
    int64_t axis = node.normalizeAxis(node.getInt("axis", -1), rank);
    node.yield(createHardmax(node, x, axis));
    return;
  }
  int64_t axis = node.normalizeAxis(node.getInt("axis", 1), rank);
  Value flat = node.create<graph::FlattenOp>(x, axis);
  node.yield(node.create<graph::ReshapeOp>(createHardmax(node, flat, 1),
                                           node.shapeOf(x),
                                           /*allowzero=*/true));
}

} // namespace atrous::onnx_frontend
