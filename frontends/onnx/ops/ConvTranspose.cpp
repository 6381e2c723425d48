//===- ConvTranspose.cpp - ConvTranspose
//-----------------------------------===//

#include "frontends/onnx/ops/Window.h"

using namespace mlir;

namespace atrous::onnx_frontend {

/// The output sizes that output_shape or auto_pad SAME ask for; empty where the
/// pads are what decides.
static llvm::SmallVector<int64_t> readOutputSizes(NodeImport &node, Value input,
                                                  const Window &window) {
  size_t rank = window.rank();
  if (node.hasAttr("output_shape"))
    return readSizes(node, "output_shape", rank, 1, 1);
  llvm::SmallVector<int64_t> sizes;
  if (window.autoPad != AutoPad::sameUpper &&
      window.autoPad != AutoPad::sameLower)
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

/// Chooses pads, and output padding where there are none left to take away, so
/// that the output gets the sizes asked for.
static void fitOutput(NodeImport &node, Value input, Window &window,
                      llvm::SmallVector<int64_t> &outputPadding) {
  llvm::SmallVector<int64_t> sizes = readOutputSizes(node, input, window);
  size_t rank = window.rank();
  for (size_t i = 0; i < sizes.size(); ++i) {
    int64_t size = node.dimOf(input, i + 2);
    if (ShapedType::isDynamic(size)) {
      if (node.hasAttr("output_shape"))
        node.refuse("output_shape needs a static size in spatial dimension " +
                    llvm::Twine(i) + "; --shape can give it");
      size = 1;
    }
    if (ShapedType::isDynamic(window.kernel[i]))
      node.refuse("output_shape and auto_pad SAME need a kernel size known at "
                  "import");
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

void importConvTranspose(NodeImport &node) {
  Value input = node.operand(0), weights = node.operand(1);
  Window window = readWindow(node, input, weights);
  llvm::SmallVector<int64_t> outputPadding =
      readSizes(node, "output_padding", window.rank(), 0, 0);
  fitOutput(node, input, window, outputPadding);
  int64_t group = node.getInt("group", 1);
  if (group < 1 || group > INT32_MAX)
    node.refuse("group is " + llvm::Twine(group) + ", expected at least 1");
  node.yield(node.create<graph::ConvTransposeOp>(
      input, weights, node.operand(2), window.strides, window.dilations,
      window.pads, outputPadding, group));
}

} // namespace atrous::onnx_frontend
