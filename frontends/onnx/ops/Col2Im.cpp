//===- Col2Im.cpp - Col2Im ------------------------------------------------===//

#include "frontends/onnx/ops/NamedSizes.h"
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
  if (node.hasAttr("pads"))
    return node.getInts("pads").size() / 2;
  node.refuse("needs the number of spatial dimensions, which is not known at "
              "import");
}

/// A vector that must have `length` values, which the run checks where its type
/// does not tell.
static Value withLength(NodeImport &node, Value vector, size_t length) {
  if (!ShapedType::isDynamic(node.dimOf(vector, 0)))
    return vector;
  return node.create<graph::ReshapeOp>(vector, node.i64Vector(int64_t(length)),
                                       /*allowzero=*/false);
}

/// [N, C * block, positions] as [N, C, block.., positions..], which the runtime
/// holds against the input's size.
static Value createSplit(NodeImport &node, Value input, Value image,
                         Value block, llvm::ArrayRef<int64_t> strides,
                         llvm::ArrayRef<int64_t> dilations,
                         llvm::ArrayRef<int64_t> pads) {
  size_t rank = strides.size();
  // (image + pads - 1 - dilation * (block - 1)) / stride + 1
  llvm::SmallVector<int64_t> room;
  for (size_t i = 0; i < rank; ++i)
    room.push_back(pads[i] + pads[i + rank] + dilations[i] - 1);
  Value span = node.create<graph::MulOp>(block, node.i64Vector(dilations));
  Value free = node.create<graph::SubOp>(
      node.create<graph::AddOp>(image, node.i64Vector(room)), span);
  Value steps = node.create<graph::DivOp>(free, node.i64Vector(strides));
  Value positions = node.create<graph::AddOp>(steps, node.i64Vector(1));
  Value shape = node.create<graph::ConcatOp>(
      ValueRange{node.i64Vector({0, -1}), block, positions}, /*axis=*/0);
  return node.create<graph::ReshapeOp>(input, shape, /*allowzero=*/false);
}

void importCol2Im(NodeImport &node) {
  size_t rank = readSpatialRank(node);
  if (rank < 1)
    node.refuse("image_shape is empty");
  llvm::SmallVector<int64_t> strides = readSizes(node, "strides", rank, 1, 1);
  llvm::SmallVector<int64_t> dilations =
      readSizes(node, "dilations", rank, 1, 1);
  llvm::SmallVector<int64_t> pads = readSizes(node, "pads", 2 * rank, 0, 0);
  Value input = node.operand(0);
  Value image = withLength(node, node.operand(1), rank);
  Value block = withLength(node, node.operand(2), rank);
  bool isConstant =
      node.findConstantInts(image) && node.findConstantInts(block);
  if (!isConstant || ShapedType::isDynamic(node.dimOf(input, 1)) ||
      ShapedType::isDynamic(node.dimOf(input, 2))) {
    input = createSplit(node, input, image, block, strides, dilations, pads);
    image = createNamedSizes(node, image);
  }
  node.yield(node.create<graph::Col2ImOp>(input, image, block, strides,
                                          dilations, pads));
}

} // namespace atrous::onnx_frontend
