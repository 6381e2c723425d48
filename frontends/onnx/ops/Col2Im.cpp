//===- Col2Im.cpp - Col2Im ------------------------------------------------===//

#include "frontends/onnx/ops/Window.h"

using namespace mlir;

namespace atrous::onnx_frontend {

/// The number of spatial dimensions: as many as image_shape has values.
static size_t readSpatialRank(NodeImport &node) {
  for (unsigned index : {1, 2})
    if (int64_t length = node.dimOf(node.operand(index), 0);
        !ShapedType::isDynamic(length))
      return size_t(length);
  for (llvm::StringRef name : {"strides", "dilations"})
    if (node.hasAttr(name))
      return node.getInts(name).size();
  node.refuse("needs the number of spatial dimensions, which is not known at "
              "import");
}

void importCol2Im(NodeImport &node) {
  size_t rank = readSpatialRank(node);
  if (rank < 1)
    node.refuse("image_shape is empty");
  node.yield(node.create<graph::Col2ImOp>(
      node.operand(0), node.operand(1), node.operand(2),
      readSizes(node, "strides", rank, 1, 1),
      readSizes(node, "dilations", rank, 1, 1),
      readSizes(node, "pads", 2 * rank, 0, 0)));
}

} // namespace atrous::onnx_frontend
