//===- Split.cpp - Split --------------------------------------------------===//

#include "frontends/onnx/ops/Split.h"

using namespace mlir;

namespace atrous::onnx_frontend {
namespace {

/// The bounds of each part along the axis, as rank-1 tensors of one element.
using Bounds = llvm::SmallVector<Value>;

} // namespace

/// The bounds of parts of known sizes, which must cover the dimension.
static Bounds createBounds(NodeImport &node, llvm::ArrayRef<int64_t> sizes,
                           int64_t dim) {
  Bounds bounds = {node.i64Vector(0)};
  int64_t position = 0;
  for (int64_t size : sizes) {
    if (size < 0 || __builtin_add_overflow(position, size, &position))
      node.refuse("split has the size " + llvm::Twine(size));
    bounds.push_back(node.i64Vector(position));
  }
  if (!ShapedType::isDynamic(dim) && position != dim)
    node.refuse("split sizes add up to " + llvm::Twine(position) +
                ", but the dimension has size " + llvm::Twine(dim));
  return bounds;
}

/// The bounds of `count` parts of equal size; since opset 18 the last one may
/// be smaller.
static Bounds createEqualBounds(NodeImport &node, Value x, int64_t axis,
                                int64_t count) {
  int64_t dim = ShapedType::kDynamic;
  if (std::optional<int64_t> rank = node.findRank(x))
    dim = node.dimOf(x, node.normalizeAxis(axis, *rank));
  if (!ShapedType::isDynamic(dim)) {
    if (node.opset < 18 && dim % count != 0)
      node.refuse("a dimension of size " + llvm::Twine(dim) +
                  " cannot be split into " + llvm::Twine(count) +
                  " equal parts");
    int64_t part = (dim + count - 1) / count;
    llvm::SmallVector<int64_t> sizes;
    for (int64_t i = 0, rest = dim; i < count; ++i, rest -= sizes.back())
      sizes.push_back(std::min(part, rest));
    return createBounds(node, sizes, dim);
  }
  // part = ceil(dim / count); slices clamp their ends.
  auto end =
      axis == -1 ? IntegerAttr() : node.builder.getI64IntegerAttr(axis + 1);
  Value size =
      node.create<graph::ShapeOp>(x, node.builder.getI64IntegerAttr(axis), end);
  Value padded = node.create<graph::AddOp>(size, node.i64Vector(count - 1));
  Value part = node.create<graph::DivOp>(padded, node.i64Vector(count));
  Bounds bounds = {node.i64Vector(0)};
  for (int64_t i = 0; i < count; ++i)
    bounds.push_back(node.create<graph::AddOp>(bounds.back(), part));
  return bounds;
}

static llvm::SmallVector<Value>
createSlices(NodeImport &node, Value x, const Bounds &bounds, int64_t axis) {
  Value axes = node.i64Vector(axis);
  llvm::SmallVector<Value> parts;
  for (size_t i = 0; i + 1 < bounds.size(); ++i)
    parts.push_back(node.create<graph::SliceOp>(x, bounds[i], bounds[i + 1],
                                                axes, /*steps=*/Value()));
  return parts;
}

llvm::SmallVector<Value> createParts(NodeImport &node, Value x,
                                     llvm::ArrayRef<int64_t> sizes,
                                     int64_t axis, int64_t dim) {
  return createSlices(node, x, createBounds(node, sizes, dim), axis);
}

/// Parts whose sizes are computed by the graph.
static void yieldParts(NodeImport &node, Value x, Value sizes, int64_t axis,
                       int64_t count) {
  int64_t given = node.dimOf(sizes, 0);
  if (!ShapedType::isDynamic(given) && given != count)
    node.refuse("split has " + llvm::Twine(given) + " sizes for " +
                llvm::Twine(count) + " outputs");
  node.yield(
      node.createOp<graph::SplitOp>(unsigned(count), x, sizes, axis, count)
          ->getResults());
}

// One slice per output. The sizes are an attribute from opset 2 to 12, and also
// an input before and after that.
void importSplit(NodeImport &node) {
  Value x = node.operand(0);
  int64_t axis = node.getInt("axis", 0);
  int64_t count = node.numResults();
  int64_t dim = ShapedType::kDynamic;
  if (std::optional<int64_t> rank = node.findRank(x))
    dim = node.dimOf(x, node.normalizeAxis(axis, *rank));

  Value input = node.operand(1);
  std::optional<llvm::SmallVector<int64_t>> sizes =
      node.findConstantInts(input);
  if (node.hasAttr("split"))
    sizes = node.getInts("split");
  if (node.hasAttr("num_outputs")) {
    int64_t expected = node.getInt("num_outputs", count);
    if (sizes || input)
      node.refuse("num_outputs and split cannot both be given");
    if (expected != count)
      node.refuse("num_outputs is " + llvm::Twine(expected) + ", but " +
                  llvm::Twine(count) + " outputs are listed");
  }
  if (sizes && int64_t(sizes->size()) != count)
    node.refuse("split has " + llvm::Twine(sizes->size()) + " sizes for " +
                llvm::Twine(count) + " outputs");

  if (input && !sizes)
    return yieldParts(node, x, input, axis, count);
  node.yield(sizes
                 ? createParts(node, x, *sizes, axis, dim)
                 : createSlices(node, x,
                                createEqualBounds(node, x, axis, count), axis));
}

} // namespace atrous::onnx_frontend
