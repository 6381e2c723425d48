//===- ConvTranspose.cpp - ConvTranspose ----------------------------------===//

#include "frontends/onnx/ops/Window.h"

using namespace mlir;

namespace atrous::onnx_frontend {

static bool isSame(const Window &window) {
  return window.autoPad == AutoPad::sameUpper ||
         window.autoPad == AutoPad::sameLower;
}

/// The output sizes that output_shape or auto_pad SAME ask for; empty where the
/// pads are what decides.
static llvm::SmallVector<int64_t> readOutputSizes(NodeImport &node, Value input,
                                                  const Window &window) {
  size_t rank = window.rank();
  if (node.hasAttr("output_shape"))
    return readSizes(node, "output_shape", rank, 1, 1);
  llvm::SmallVector<int64_t> sizes;
  if (!isSame(window))
    return sizes;
  for (size_t i = 0; i < rank; ++i) {
    int64_t size = node.dimOf(input, i + 2);
    // Input and output sizes cancel out, but for the stride.
    if (ShapedType::isDynamic(size))
      size = 1;
    sizes.push_back(size * window.strides[i]);
  }
  return sizes;
}

/// Whether only the run tells how much of the output is too much.
static bool fitsAtRunTime(NodeImport &node, Value input, const Window &window) {
  bool hasShape = node.hasAttr("output_shape");
  if (!hasShape && !isSame(window))
    return false;
  for (size_t i = 0; i < window.rank(); ++i)
    if (ShapedType::isDynamic(window.kernel[i]) ||
        (hasShape && ShapedType::isDynamic(node.dimOf(input, i + 2))))
      return true;
  return false;
}

/// Chooses pads, and output padding where there are none left to take away, so
/// that the output gets the sizes asked for.
static void fitOutput(NodeImport &node, Value input, Window &window,
                      llvm::SmallVector<int64_t> &outputPadding) {
  llvm::SmallVector<int64_t> sizes = readOutputSizes(node, input, window);
  size_t rank = window.rank();
  for (size_t i = 0; i < sizes.size(); ++i) {
    int64_t size = node.dimOf(input, i + 2);
    if (ShapedType::isDynamic(size))
      size = 1;
    int64_t total = window.strides[i] * (size - 1) + outputPadding[i] +
                    window.span(i) - sizes[i];
    if (total < 0) {
      outputPadding[i] -= total;
      total = 0;
    }
    int64_t small = total / 2;
    bool upper = window.autoPad == AutoPad::sameUpper;
    window.pads[i] = upper ? small : total - small;
    window.pads[i + rank] = total - window.pads[i];
  }
}

/// The spatial sizes of a tensor.
static Value createSpatialSizes(NodeImport &node, Value value) {
  return node.create<graph::ShapeOp>(value, node.builder.getI64IntegerAttr(2),
                                     /*end=*/IntegerAttr());
}

/// The same when the network runs: what fitOutput computes, as a cut through
/// `full`, the output of no pads.
static Value cutToSize(NodeImport &node, Value input, Value full,
                       const Window &window,
                       llvm::ArrayRef<int64_t> outputPadding) {
  Value sizes = node.hasAttr("output_shape")
                    ? node.i64Vector(readOutputSizes(node, input, window))
                    : node.create<graph::MulOp>(createSpatialSizes(node, input),
                                                node.i64Vector(window.strides));
  Value all = createSpatialSizes(node, full);
  Value room = node.create<graph::AddOp>(all, node.i64Vector(outputPadding));
  Value total = node.create<graph::MaxOp>(
      node.create<graph::SubOp>(room, sizes), node.i64Vector(0));
  Value small = node.create<graph::DivOp>(total, node.i64Vector(2));
  Value begin = window.autoPad == AutoPad::sameUpper
                    ? small
                    : node.create<graph::SubOp>(total, small);
  Value end =
      node.create<graph::SubOp>(node.create<graph::AddOp>(sizes, begin), all);
  Value pads = node.create<graph::ConcatOp>(
      ValueRange{node.create<graph::NegOp>(begin), end}, /*axis=*/0);
  llvm::SmallVector<int64_t> axes;
  for (size_t i = 0; i < window.rank(); ++i)
    axes.push_back(int64_t(i) + 2);
  return node.create<graph::PadOp>(full, pads, /*value=*/Value(),
                                   node.i64Vector(axes), "constant");
}

/// Adds one number for each channel.
static Value addBias(NodeImport &node, Value value, Value bias, size_t rank) {
  if (!bias)
    return value;
  llvm::SmallVector<int64_t> axes;
  for (size_t i = 0; i < rank; ++i)
    axes.push_back(int64_t(i) + 1);
  return node.create<graph::AddOp>(
      value, node.create<graph::UnsqueezeOp>(bias, node.i64Vector(axes)));
}

void importConvTranspose(NodeImport &node) {
  Value input = node.operand(0), weights = node.operand(1),
        bias = node.operand(2);
  Window window = readWindow(node, input, weights);
  llvm::SmallVector<int64_t> outputPadding =
      readSizes(node, "output_padding", window.rank(), 0, 0);
  int64_t group = node.getInt("group", 1);
  if (group < 1 || group > INT32_MAX)
    node.refuse("group is " + llvm::Twine(group) + ", expected at least 1");
  if (fitsAtRunTime(node, input, window)) {
    llvm::SmallVector<int64_t> pads(2 * window.rank()), none(window.rank());
    Value full = node.create<graph::ConvTransposeOp>(
        input, weights, /*bias=*/Value(), window.strides, window.dilations,
        pads, none, group);
    // Where the cut adds elements, they are nothing but the bias.
    Value cut = cutToSize(node, input, full, window, outputPadding);
    return node.yield(addBias(node, cut, bias, window.rank()));
  }
  fitOutput(node, input, window, outputPadding);
  node.yield(node.create<graph::ConvTransposeOp>(
      input, weights, bias, window.strides, window.dilations, window.pads,
      outputPadding, group));
}

} // namespace atrous::onnx_frontend
