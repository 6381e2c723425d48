//===- Window.cpp - Attributes of sliding windows
//--------------------------===//

#include "frontends/onnx/ops/Window.h"

using namespace mlir;

namespace atrous::onnx_frontend {

llvm::SmallVector<int64_t> readSizes(NodeImport &node, llvm::StringRef name,
                                     size_t rank, int64_t least,
                                     int64_t defaultValue) {
  if (!node.hasAttr(name))
    return llvm::SmallVector<int64_t>(rank, defaultValue);
  llvm::SmallVector<int64_t> values = node.getInts(name);
  if (values.size() != rank)
    node.refuse(name + " has " + llvm::Twine(values.size()) +
                " values, expected " + llvm::Twine(rank));
  for (int64_t value : values)
    if (value < least || value > INT32_MAX)
      node.refuse(name + " has the value " + llvm::Twine(value) +
                  ", expected one from " + llvm::Twine(least) + " to " +
                  llvm::Twine(INT32_MAX));
  return values;
}

static AutoPad readAutoPad(NodeImport &node) {
  std::string value =
      node.getEnum("auto_pad", {"NOTSET", "VALID", "SAME_UPPER", "SAME_LOWER"});
  return value == "VALID"        ? AutoPad::valid
         : value == "SAME_UPPER" ? AutoPad::sameUpper
         : value == "SAME_LOWER" ? AutoPad::sameLower
                                 : AutoPad::notSet;
}

/// The number of spatial dimensions, on which all operands must agree.
static size_t readSpatialRank(NodeImport &node, Value input, Value weights) {
  std::optional<int64_t> rank = node.findRank(input);
  std::optional<int64_t> weightsRank =
      weights ? node.findRank(weights) : std::nullopt;
  if (rank && weightsRank && *rank != *weightsRank)
    node.refuse("weights have rank " + llvm::Twine(*weightsRank) +
                ", but the input has rank " + llvm::Twine(*rank));
  if (!rank)
    rank = weightsRank;
  if (!rank && node.hasAttr("kernel_shape"))
    rank = node.getInts("kernel_shape").size() + 2;
  if (!rank)
    rank = node.rankOf(input);
  if (*rank < 3)
    node.refuse("input has rank " + llvm::Twine(*rank) +
                ", expected at least 3: batch, channels, spatial dimensions");
  return size_t(*rank - 2);
}

/// kernel_shape, from the weights where there are some.
static llvm::SmallVector<int64_t> readKernel(NodeImport &node, Value weights,
                                             size_t rank) {
  llvm::SmallVector<int64_t> kernel =
      readSizes(node, "kernel_shape", rank, 1, ShapedType::kDynamic);
  for (size_t i = 0; weights && i < rank; ++i) {
    int64_t size = node.dimOf(weights, i + 2);
    if (ShapedType::isDynamic(size))
      continue;
    if (size < 1)
      node.refuse("weights have kernel size " + llvm::Twine(size) +
                  " in spatial dimension " + llvm::Twine(i));
    if (!ShapedType::isDynamic(kernel[i]) && kernel[i] != size)
      node.refuse("kernel_shape has " + llvm::Twine(kernel[i]) +
                  " in spatial dimension " + llvm::Twine(i) +
                  ", but the weights have " + llvm::Twine(size));
    kernel[i] = size;
  }
  return kernel;
}

Window readWindow(NodeImport &node, Value input, Value weights) {
  Window window;
  size_t rank = readSpatialRank(node, input, weights);
  window.autoPad = readAutoPad(node);
  window.kernel = readKernel(node, weights, rank);
  window.strides = readSizes(node, "strides", rank, 1, 1);
  window.dilations = readSizes(node, "dilations", rank, 1, 1);
  window.pads = readSizes(node, "pads", 2 * rank, 0, 0);
  // Given together with auto_pad, pads count for nothing.
  if (window.autoPad != AutoPad::notSet)
    window.pads.assign(2 * rank, 0);
  return window;
}

/// Whether the padding of SAME is known only when the network runs.
static bool isPaddedAtRunTime(Value input, const Window &window) {
  if (window.autoPad != AutoPad::sameUpper &&
      window.autoPad != AutoPad::sameLower)
    return false;
  for (size_t i = 0; i < window.rank(); ++i)
    if (window.strides[i] != 1 &&
        ShapedType::isDynamic(NodeImport::dimOf(input, i + 2)))
      return true;
  return false;
}

Value padAtRunTime(NodeImport &node, Value input, Window &window,
                   double padding) {
  if (!isPaddedAtRunTime(input, window))
    return input;
  size_t rank = window.rank();
  llvm::SmallVector<int64_t> spans, before;
  for (size_t i = 0; i < rank; ++i) {
    if (ShapedType::isDynamic(window.kernel[i]))
      node.refuse("auto_pad SAME needs a kernel size known at import");
    spans.push_back(window.span(i));
    before.push_back(window.strides[i] - 1);
  }
  // max((ceil(size / stride) - 1) * stride + span - size, 0), in two parts.
  Value strides = node.i64Vector(window.strides);
  Value sizes = node.create<graph::ShapeOp>(
      input, node.builder.getI64IntegerAttr(2), IntegerAttr());
  Value last = node.create<graph::DivOp>(
      node.create<graph::AddOp>(sizes, node.i64Vector(before)), strides);
  last = node.create<graph::SubOp>(last, node.scalar(last, 1));
  Value end = node.create<graph::AddOp>(
      node.create<graph::MulOp>(last, strides), node.i64Vector(spans));
  Value total = node.create<graph::MaxOp>(
      node.create<graph::SubOp>(end, sizes), node.scalar(end, 0));
  Value small = node.create<graph::DivOp>(total, node.scalar(total, 2));
  Value large = node.create<graph::SubOp>(total, small);
  bool upper = window.autoPad == AutoPad::sameUpper;
  Value none = node.i64Vector({0, 0});
  llvm::SmallVector<Value> parts{none, upper ? small : large, none,
                                 upper ? large : small};
  Value pads = node.create<graph::ConcatOp>(
      parts, node.builder.getI64IntegerAttr(0));
  window.autoPad = AutoPad::notSet;
  return node.create<graph::PadOp>(input, pads, node.scalar(input, padding),
                                   Value(),
                                   node.builder.getStringAttr("constant"));
}

void resolveAutoPad(NodeImport &node, Value input, Window &window) {
  if (window.autoPad != AutoPad::sameUpper &&
      window.autoPad != AutoPad::sameLower)
    return;
  size_t rank = window.rank();
  for (size_t i = 0; i < rank; ++i) {
    if (ShapedType::isDynamic(window.kernel[i]))
      node.refuse("auto_pad SAME needs a kernel size known at import");
    int64_t stride = window.strides[i];
    int64_t size = node.dimOf(input, i + 2);
    // Without a stride the padding does not depend on the size.
    if (stride == 1)
      size = 1;
    else if (ShapedType::isDynamic(size))
      node.refuse("auto_pad SAME with stride " + llvm::Twine(stride) +
                  " needs a static size in spatial dimension " +
                  llvm::Twine(i) + "; --shape can give it");
    int64_t windows = (size + stride - 1) / stride;
    int64_t total = (windows - 1) * stride + window.span(i) - size;
    total = std::max<int64_t>(total, 0);
    int64_t small = total / 2;
    bool upper = window.autoPad == AutoPad::sameUpper;
    window.pads[i] = upper ? small : total - small;
    window.pads[i + rank] = total - window.pads[i];
  }
}

} // namespace atrous::onnx_frontend
