//===- Softmax.cpp - Softmax and LogSoftmax
//--------------------------------===//

#include "frontends/onnx/ops/Reduce.h"

using namespace mlir;

namespace atrous::onnx_frontend {

/// The dimensions that sum up to one: `axis` alone since opset 13, before that
/// `axis` and all that follow, as if the input were flattened to two
/// dimensions.
static Value readAxes(NodeImport &node) {
  if (node.opset >= 13)
    return node.i64Vector(node.getInt("axis", -1));
  int64_t rank = node.rankOf(node.operand(0));
  int64_t axis = node.getInt("axis", 1);
  axis = node.normalizeAxis(axis, rank);
  return node.i64Vector(llvm::to_vector(llvm::seq<int64_t>(axis, rank)));
}

/// x minus its maximum, so that the exponential cannot overflow.
static Value createShifted(NodeImport &node, Value axes) {
  Value x = node.operand(0);
  Value max = createReduce(node, graph::ReduceKind::max, x, axes);
  return node.create<graph::SubOp>(x, max);
}

void importSoftmax(NodeImport &node) {
  Value axes = readAxes(node);
  Value exp = node.create<graph::ExpOp>(createShifted(node, axes));
  Value sum = createReduce(node, graph::ReduceKind::sum, exp, axes);
  node.yield(node.create<graph::DivOp>(exp, sum));
}

void importLogSoftmax(NodeImport &node) {
  Value axes = readAxes(node);
  Value shifted = createShifted(node, axes);
  Value exp = node.create<graph::ExpOp>(shifted);
  Value sum = createReduce(node, graph::ReduceKind::sum, exp, axes);
  node.yield(
      node.create<graph::SubOp>(shifted, node.create<graph::LogOp>(sum)));
}

} // namespace atrous::onnx_frontend
