//===- RoiAlign.cpp - RoiAlign --------------------------------------------===//

#include "frontends/onnx/NodeImport.h"

using namespace mlir;

namespace atrous::onnx_frontend {

// Before opset 16 there is no shift by half a pixel.
void importRoiAlign(NodeImport &node) {
  bool isHalfPixel =
      node.opset >= 16 &&
      node.getEnum("coordinate_transformation_mode",
                   {"half_pixel", "output_half_pixel"}) == "half_pixel";
  bool isMax = node.getEnum("mode", {"avg", "max"}) == "max";
  node.yield(node.create<graph::RoiAlignOp>(
      node.operand(0), node.operand(1), node.operand(2), isMax, isHalfPixel,
      node.getInt("output_height", 1), node.getInt("output_width", 1),
      node.getInt("sampling_ratio", 0),
      llvm::APFloat(node.getFloat("spatial_scale", 1))));
}

} // namespace atrous::onnx_frontend
