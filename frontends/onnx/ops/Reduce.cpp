//===- Reduce.cpp - The Reduce family
//--------------------------------------===//

#include "frontends/onnx/NodeImport.h"
#include <cmath>

using namespace mlir;

namespace atrous::onnx_frontend {

using graph::ReduceKind;

namespace {

/// What to reduce: `axes` is null for all dimensions.
struct Reduction {
  Value axes;
  bool keepdims, noop;
};

} // namespace

/// The axes are an attribute before opset `inputSince`, an input since.
static Reduction readReduction(NodeImport &node, int64_t inputSince) {
  Reduction reduction;
  reduction.keepdims = node.getInt("keepdims", 1) != 0;
  reduction.noop = node.getInt("noop_with_empty_axes", 0) != 0;
  if (node.opset >= inputSince)
    reduction.axes = node.operand(1);
  else if (node.hasAttr("axes"))
    reduction.axes = node.i64Vector(node.getInts("axes"));
  // No axes at all mean the same as none given.
  if (node.isEmpty(reduction.axes))
    reduction.axes = Value();
  return reduction;
}

static Value createReduce(NodeImport &node, ReduceKind kind, Value x,
                          const Reduction &reduction, bool keepdims) {
  return node.create<graph::ReduceOp>(kind, x, reduction.axes, keepdims,
                                      reduction.noop);
}

#define ATROUS_REDUCE(NAME, KIND, INPUT_SINCE)                                 \
  void import##NAME(NodeImport &node) {                                        \
    Reduction reduction = readReduction(node, INPUT_SINCE);                    \
    node.yield(createReduce(node, ReduceKind::KIND, node.operand(0),           \
                            reduction, reduction.keepdims));                   \
  }
ATROUS_REDUCE(ReduceSum, sum, 13)
ATROUS_REDUCE(ReduceMean, mean, 18)
ATROUS_REDUCE(ReduceMax, max, 18)
ATROUS_REDUCE(ReduceMin, min, 18)
ATROUS_REDUCE(ReduceProd, prod, 18)
ATROUS_REDUCE(ReduceL1, l1, 18)
ATROUS_REDUCE(ReduceL2, l2, 18)
ATROUS_REDUCE(ReduceSumSquare, sum_square, 18)
#undef ATROUS_REDUCE

/// Refuses integers, whose logarithm ONNX does not define usefully.
static void checkIsFloat(NodeImport &node) {
  if (!node.isFloat(node.operand(0)))
    node.refuseUnsupported("logarithm of integers is not supported");
}

void importReduceLogSum(NodeImport &node) {
  checkIsFloat(node);
  Reduction reduction = readReduction(node, 18);
  Value sum = createReduce(node, ReduceKind::sum, node.operand(0), reduction,
                           reduction.keepdims);
  node.yield(node.create<graph::LogOp>(sum));
}

// log(sum(exp(x))) as m + log(sum(exp(x - m))) with m the maximum, or zero
// where that is infinite.
void importReduceLogSumExp(NodeImport &node) {
  checkIsFloat(node);
  Value x = node.operand(0);
  Reduction reduction = readReduction(node, 18);
  Value max = createReduce(node, ReduceKind::max, x, reduction, true);
  Value isInfinite = node.create<graph::CompareOp>(
      graph::ComparePredicate::eq, node.create<graph::AbsOp>(max),
      node.scalar(x, INFINITY));
  Value shift = node.create<graph::WhereOp>(isInfinite, node.scalar(x, 0), max);
  Value exp = node.create<graph::ExpOp>(node.create<graph::SubOp>(x, shift));
  Value sum = createReduce(node, ReduceKind::sum, exp, reduction, true);
  Value result =
      node.create<graph::AddOp>(node.create<graph::LogOp>(sum), shift);
  bool reducesNothing = !reduction.axes && reduction.noop;
  if (!reduction.keepdims && !reducesNothing)
    result = node.create<graph::SqueezeOp>(result, reduction.axes);
  node.yield(result);
}

} // namespace atrous::onnx_frontend
