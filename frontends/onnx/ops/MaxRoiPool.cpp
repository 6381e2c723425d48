//===- MaxRoiPool.cpp - MaxRoiPool
//-----------------------------------------===//

#include "frontends/onnx/ops/Window.h"

using namespace mlir;

namespace atrous::onnx_frontend {

void importMaxRoiPool(NodeImport &node) {
  llvm::SmallVector<int64_t> pooled =
      readSizes(node, "pooled_shape", /*rank=*/2, 1, 1);
  llvm::APFloat scale(node.getFloat("spatial_scale", 1));
  node.yield(node.create<graph::MaxRoiPoolOp>(node.operand(0), node.operand(1),
                                              pooled, scale));
}

} // namespace atrous::onnx_frontend
