//===- Pool.cpp - MaxPool, AveragePool and the global pools
//----------------===//

#include "frontends/onnx/ops/Window.h"

using namespace mlir;

namespace atrous::onnx_frontend {

void importMaxPool(NodeImport &node) {
  Value input = node.operand(0);
  Window window = readWindow(node, input, Value());
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
  Window window = readWindow(node, input, Value());
  resolveAutoPad(node, input, window);
  bool ceilMode = node.getInt("ceil_mode", 0) != 0;
  bool countIncludePad = node.getInt("count_include_pad", 0) != 0;
  node.yield(node.create<graph::AveragePoolOp>(
      input, window.kernel, window.strides, window.dilations, window.pads,
      ceilMode, countIncludePad));
}

static void importGlobalPool(NodeImport &node, graph::ReduceKind kind) {
  Value input = node.operand(0);
  int64_t rank = node.rankOf(input);
  if (rank < 3)
    node.refuse("input has rank " + llvm::Twine(rank) +
                ", expected at least 3: batch, channels, spatial dimensions");
  Value axes = node.i64Vector(llvm::to_vector(llvm::seq<int64_t>(2, rank)));
  node.yield(node.create<graph::ReduceOp>(kind, input, axes, /*keepdims=*/true,
                                          /*noop_with_empty_axes=*/false));
}

void importGlobalAveragePool(NodeImport &node) {
  importGlobalPool(node, graph::ReduceKind::mean);
}

void importGlobalMaxPool(NodeImport &node) {
  importGlobalPool(node, graph::ReduceKind::max);
}

} // namespace atrous::onnx_frontend
