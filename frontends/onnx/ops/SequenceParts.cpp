//===- SequenceParts.cpp - SplitToSequence, ConcatFromSequence ------------===//

#include "frontends/onnx/ops/Sequence.h"
#include "frontends/onnx/ops/Split.h"

using namespace mlir;

namespace atrous::onnx_frontend {

//===----------------------------------------------------------------------===//
// SplitToSequence
//===----------------------------------------------------------------------===//

/// The sizes of the parts of a dimension, where they are known and not too
/// many: of 1 without `split`, of its value (the last may be smaller), or its
/// values.
static std::optional<llvm::SmallVector<int64_t>>
findSizes(NodeImport &node, Value split, int64_t dim) {
  auto values = node.findConstantInts(split);
  if (split && !values)
    return std::nullopt;
  int64_t limit = node.context.limits().maxListed;
  if (split && node.findRank(split) != 0)
    return int64_t(values->size()) <= limit ? values : std::nullopt;
  int64_t size = split ? values->front() : 1;
  if (size < 1)
    node.refuse("split is " + llvm::Twine(size));
  if (ShapedType::isDynamic(dim) || (dim - 1) / size >= limit)
    return std::nullopt;
  llvm::SmallVector<int64_t> sizes;
  for (int64_t rest = dim; rest > 0; rest -= sizes.back())
    sizes.push_back(std::min(size, rest));
  return sizes;
}

/// Without `split`, keepdims says whether parts keep the dimension of size 1.
void importSplitToSequence(NodeImport &node) {
  Value x = node.operand(0), split = node.operand(1);
  int64_t axis = node.getInt("axis", 0);
  bool squeeze = !split && node.getInt("keepdims", 1) == 0;
  int64_t dim = ShapedType::kDynamic;
  if (std::optional<int64_t> rank = node.findRank(x))
    dim = node.dimOf(x, node.normalizeAxis(axis, *rank));
  std::optional<int64_t> splitRank = split ? node.findRank(split) : 1;
  if (!splitRank || *splitRank > 1)
    node.refuse("split must have rank 0 or 1");

  Type type = node.elementType(x);
  if (auto sizes = findSizes(node, split, dim)) {
    llvm::SmallVector<Value> parts = createParts(node, x, *sizes, axis, dim);
    for (Value &part : parts)
      if (squeeze)
        part = node.create<graph::SqueezeOp>(part, node.i64Vector(axis));
    return node.yieldAny(makeList(node, type, parts));
  }
  int64_t count =
      split && *splitRank == 1 ? node.dimOf(split, 0) : ShapedType::kDynamic;
  if (!ShapedType::isDynamic(count) &&
      count <= node.context.limits().maxListed) {
    Operation *op = node.createOp<graph::SplitOp>(
        unsigned(count), x, node.asI64(split), axis, count);
    llvm::SmallVector<Value> parts(op->getResults());
    return node.yieldAny(makeList(node, type, parts));
  }
  node.yieldAny(makeSequence(
      node.createOp<graph::SequenceSplitOp>(2, x, split, axis, squeeze)));
}

//===----------------------------------------------------------------------===//
// ConcatFromSequence
//===----------------------------------------------------------------------===//

void importConcatFromSequence(NodeImport &node) {
  Sequence &sequence = *node.input(0).sequence;
  int64_t axis = node.getInt("axis", 0);
  int64_t newAxis = node.getInt("new_axis", 0);
  if (newAxis != 0 && newAxis != 1)
    node.refuse("new_axis is " + llvm::Twine(newAxis) + "; expected 0 or 1");
  if (!sequence.isList()) {
    auto [data, index] = sequence.getTensors(node.loc);
    return node.yield(
        node.create<graph::SequenceConcatOp>(data, index, axis, newAxis == 1));
  }
  llvm::SmallVector<Value> list(sequence.getList());
  if (list.empty())
    node.refuse("the sequence is empty");
  for (Value &tensor : list)
    if (newAxis)
      tensor = node.create<graph::UnsqueezeOp>(tensor, node.i64Vector(axis));
  node.yield(node.create<graph::ConcatOp>(list, axis));
}

} // namespace atrous::onnx_frontend
