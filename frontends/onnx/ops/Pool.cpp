//===- Pool.cpp - Sliding-window and global pools -------------------------===//

#include "frontends/onnx/ops/Reduce.h"
#include "frontends/onnx/ops/Window.h"

using namespace mlir;

namespace atrous::onnx_frontend {

void importMaxPool(NodeImport &node) {
  Value input = node.operand(0);
  Window window = readWindow(node, input, Value());
  // An index counts in the input without padding.
  if (NodeImport::isFloat(input) && !node.hasResult(1))
    input = padAtRunTime(node, input, window,
                         -std::numeric_limits<double>::infinity());
  resolveAutoPad(node, input, window);
  bool ceilMode = node.getInt("ceil_mode", 0) != 0;
  int64_t storageOrder = node.getInt("storage_order", 0);
  if (storageOrder != 0 && storageOrder != 1)
    node.refuse("storage_order is " + llvm::Twine(storageOrder) +
                ", expected 0 or 1");
  bool withIndices = node.hasResult(1);
  Operation *pool = node.createOp<graph::MaxPoolOp>(
      withIndices ? 2 : 1, input, window.kernel, window.strides,
      window.dilations, window.pads, ceilMode, storageOrder, withIndices);
  node.yield(pool->getResults());
}

void importAveragePool(NodeImport &node) {
  Value input = node.operand(0);
  Window window = readWindow(node, input, Value()), plain = window;
  Value padded = padAtRunTime(node, input, window, /*padding=*/0);
  resolveAutoPad(node, padded, window);
  bool ceilMode = node.getInt("ceil_mode", 0) != 0;
  bool countIncludePad = node.getInt("count_include_pad", 0) != 0;
  auto pool = [&](Value value) {
    return node.create<graph::AveragePoolOp>(
        value, window.kernel, window.strides, window.dilations, window.pads,
        ceilMode, countIncludePad);
  };
  Value mean = pool(padded);
  if (padded != input && !countIncludePad) {
    // The share of each window that is no padding.
    Value ones = node.create<graph::ExpandOp>(node.scalar(input, 1),
                                              node.shapeOf(input));
    mean = node.create<graph::DivOp>(
        mean, pool(padAtRunTime(node, ones, plain, /*padding=*/0)));
  }
  node.yield(mean);
}

static int64_t readExponent(NodeImport &node) {
  int64_t p = node.getInt("p", 2);
  if (p < 1 || p > INT32_MAX)
    node.refuse("p is " + llvm::Twine(p) + ", expected at least 1");
  return p;
}

void importLpPool(NodeImport &node) {
  Value input = node.operand(0);
  Window window = readWindow(node, input, Value());
  input = padAtRunTime(node, input, window, /*padding=*/0);
  resolveAutoPad(node, input, window);
  bool ceilMode = node.getInt("ceil_mode", 0) != 0;
  node.yield(node.create<graph::LpPoolOp>(input, window.kernel, window.strides,
                                          window.dilations, window.pads,
                                          ceilMode, readExponent(node)));
}

/// A reduction over the spatial dimensions.
static Value createGlobalPool(NodeImport &node, graph::ReduceKind kind,
                              Value input) {
  int64_t rank = node.rankOf(input);
  if (rank < 3)
    node.refuse("input has rank " + llvm::Twine(rank) +
                ", expected at least 3: batch, channels, spatial dimensions");
  Value axes = node.i64Vector(llvm::to_vector(llvm::seq<int64_t>(2, rank)));
  return createReduce(node, kind, input, axes);
}

void importGlobalAveragePool(NodeImport &node) {
  node.yield(createGlobalPool(node, graph::ReduceKind::mean, node.operand(0)));
}

void importGlobalMaxPool(NodeImport &node) {
  node.yield(createGlobalPool(node, graph::ReduceKind::max, node.operand(0)));
}

void importGlobalLpPool(NodeImport &node) {
  Value x = node.operand(0);
  int64_t p = readExponent(node);
  if (p <= 2) {
    node.yield(createGlobalPool(
        node, p == 1 ? graph::ReduceKind::l1 : graph::ReduceKind::l2, x));
    return;
  }
  Value power = node.create<graph::PowOp>(node.create<graph::AbsOp>(x),
                                          node.scalar(x, p));
  Value sum = createGlobalPool(node, graph::ReduceKind::sum, power);
  node.yield(node.create<graph::PowOp>(sum, node.scalar(x, 1.0 / p)));
}

} // namespace atrous::onnx_frontend
