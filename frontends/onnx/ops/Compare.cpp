//===- Compare.cpp - Equal, Less, Greater and tests for NaN, infinity
//------===//

#include "frontends/onnx/ops/LegacyBroadcast.h"
#include <cmath>

using namespace mlir;

namespace atrous::onnx_frontend {

using graph::ComparePredicate;

static Value createCompare(NodeImport &node, ComparePredicate predicate,
                           Value lhs, Value rhs) {
  return node.create<graph::CompareOp>(predicate, lhs, rhs);
}

#define ATROUS_COMPARE(NAME, PREDICATE)                                        \
  void import##NAME(NodeImport &node) {                                        \
    node.yield(createCompare(node, ComparePredicate::PREDICATE,                \
                             node.operand(0), getBroadcastRhs(node)));         \
  }
ATROUS_COMPARE(Equal, eq)
ATROUS_COMPARE(Less, lt)
ATROUS_COMPARE(LessOrEqual, le)
ATROUS_COMPARE(Greater, gt)
ATROUS_COMPARE(GreaterOrEqual, ge)
#undef ATROUS_COMPARE

// x is NaN <=> x != x
void importIsNaN(NodeImport &node) {
  Value x = node.operand(0);
  node.yield(node.create<graph::NotOp>(
      createCompare(node, ComparePredicate::eq, x, x)));
}

void importIsInf(NodeImport &node) {
  Value x = node.operand(0);
  auto equals = [&](double value) {
    return createCompare(node, ComparePredicate::eq, x, node.scalar(x, value));
  };
  bool positive = node.getInt("detect_positive", 1) != 0;
  bool negative = node.getInt("detect_negative", 1) != 0;
  if (positive && negative)
    node.yield(node.create<graph::OrOp>(equals(INFINITY), equals(-INFINITY)));
  else if (positive || negative)
    node.yield(equals(positive ? INFINITY : -INFINITY));
  else
    // Nothing is smaller than minus infinity: false everywhere.
    node.yield(createCompare(node, ComparePredicate::lt, x,
                             node.scalar(x, -INFINITY)));
}

} // namespace atrous::onnx_frontend
