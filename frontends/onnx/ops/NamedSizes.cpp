//===- NamedSizes.cpp - Sizes that are computed at run time ---------------===//

#include "frontends/onnx/ops/NamedSizes.h"
#include "dialects/graph/Dims.h"

using namespace mlir;

namespace atrous::onnx_frontend {

Value createNamedSizes(NodeImport &node, Value sizes) {
  std::optional<graph::Dims> elements = graph::getSizeElements(sizes);
  if (elements && llvm::all_of(*elements, [](const graph::Dim &dim) {
        return !dim.isDynamic() || dim.symbol;
      }))
    return sizes;
  Value shape = node.create<graph::ConcatOp>(
      ValueRange{sizes, node.i64Vector(0)}, /*axis=*/0);
  Value empty = node.create<graph::ExpandOp>(
      node.scalar(node.builder.getI8Type(), 0), shape);
  // All but the last one.
  return node.create<graph::ShapeOp>(empty, node.builder.getI64IntegerAttr(0),
                                     node.builder.getI64IntegerAttr(-1));
}

} // namespace atrous::onnx_frontend
