//===- GridSample.cpp - GridSample and AffineGrid -------------------------===//

#include "frontends/onnx/ops/NamedSizes.h"

using namespace mlir;

namespace atrous::onnx_frontend {

void importGridSample(NodeImport &node) {
  // Opset 16 knew two spatial dimensions only, and named the modes for them.
  std::string mode =
      node.opset < 20 ? node.getEnum("mode", {"bilinear", "nearest", "bicubic"})
                      : node.getEnum("mode", {"linear", "nearest", "cubic"});
  if (mode == "bilinear")
    mode = "linear";
  if (mode == "bicubic")
    mode = "cubic";
  std::string padding =
      node.getEnum("padding_mode", {"zeros", "border", "reflection"});
  node.yield(node.create<graph::GridSampleOp>(
      node.operand(0), node.operand(1), mode, padding,
      node.getInt("align_corners", 0) != 0));
}

void importAffineGrid(NodeImport &node) {
  node.yield(node.create<graph::AffineGridOp>(
      node.operand(0), createNamedSizes(node, node.operand(1)),
      node.getInt("align_corners", 0) != 0));
}

} // namespace atrous::onnx_frontend
