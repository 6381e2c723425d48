//===- CenterCropPad.cpp - CenterCropPad ----------------------------------===//

#include "frontends/onnx/NodeImport.h"
#include "llvm/ADT/Sequence.h"

using namespace mlir;

namespace atrous::onnx_frontend {

/// floor(max(value, 0) / 2)
static Value createHalf(NodeImport &node, Value value) {
  Value positive = node.create<graph::MaxOp>(value, node.i64Vector(0));
  return node.create<graph::DivOp>(positive, node.i64Vector(2));
}

// A slice around the middle where the input is larger than asked for, then
// zeros around it where it is smaller. Of an odd number of elements, the end
// gets one more.
void importCenterCropPad(NodeImport &node) {
  Value x = node.operand(0), target = node.asI64(node.operand(1));
  int64_t rank = node.rankOf(x);
  llvm::SmallVector<int64_t> axes;
  for (int64_t axis : node.getInts("axes"))
    axes.push_back(node.normalizeAxis(axis, rank));
  if (!node.hasAttr("axes"))
    axes = llvm::to_vector(llvm::seq<int64_t>(0, rank));
  int64_t given = node.dimOf(target, 0);
  if (!ShapedType::isDynamic(given) && given != int64_t(axes.size()))
    node.refuse("shape has " + llvm::Twine(given) + " sizes for " +
                llvm::Twine(axes.size()) + " axes");

  Value axesVector = node.i64Vector(axes);
  Value size = node.create<graph::GatherOp>(node.shapeOf(x), axesVector, 0);
  Value begin = createHalf(node, node.create<graph::SubOp>(size, target));
  Value kept = node.create<graph::MinOp>(size, target);
  Value cropped = node.create<graph::SliceOp>(
      x, begin, node.create<graph::AddOp>(begin, kept), axesVector,
      /*steps=*/Value());
  Value missing = node.create<graph::SubOp>(target, kept);
  Value before = createHalf(node, missing);
  Value after = node.create<graph::SubOp>(missing, before);
  Value pads = node.create<graph::ConcatOp>(ValueRange{before, after}, 0);
  node.yield(node.create<graph::PadOp>(cropped, pads, /*value=*/Value(),
                                       axesVector, "constant"));
}

} // namespace atrous::onnx_frontend
