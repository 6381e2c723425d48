//===- Conv.cpp - Conv and its kin ----------------------------------------===//

#include "frontends/onnx/ops/Window.h"

using namespace mlir;

namespace atrous::onnx_frontend {

static int64_t readGroup(NodeImport &node, llvm::StringRef name) {
  int64_t group = node.getInt(name, 1);
  if (group < 1 || group > INT32_MAX)
    node.refuse(name + " is " + llvm::Twine(group) + ", expected at least 1");
  return group;
}

static Value createConv(NodeImport &node, Value input, Value weights,
                        Value bias) {
  Window window = readWindow(node, input, weights);
  input = padAtRunTime(node, input, window, /*padding=*/0);
  resolveAutoPad(node, input, window);
  return node.create<graph::ConvOp>(input, weights, bias, window.strides,
                                    window.dilations, window.pads,
                                    readGroup(node, "group"));
}

void importConv(NodeImport &node) {
  node.yield(
      createConv(node, node.operand(0), node.operand(1), node.operand(2)));
}

void importDeformConv(NodeImport &node) {
  Value input = node.operand(0), weights = node.operand(1);
  Window window = readWindow(node, input, weights);
  node.yield(node.create<graph::DeformConvOp>(
      input, weights, node.operand(2), node.operand(3), node.operand(4),
      window.strides, window.dilations, window.pads, readGroup(node, "group"),
      readGroup(node, "offset_group")));
}

//===----------------------------------------------------------------------===//
// Integers
//===----------------------------------------------------------------------===//

/// `value`, a scalar or one number per channel, to go with dimension 0 of a
/// tensor of `rank`.
static Value createPerChannel(NodeImport &node, Value value, int64_t rank) {
  if (node.findRank(value).value_or(1) == 0 || rank < 2)
    return value;
  return node.create<graph::UnsqueezeOp>(
      value, node.i64Vector(llvm::to_vector(llvm::seq<int64_t>(1, rank))));
}

/// x - zeroPoint as i32: 8-bit numbers and their sums have room there.
static Value createCentered(NodeImport &node, Value x, Value zeroPoint) {
  Type i32 = node.builder.getI32Type();
  Value wide = node.create<graph::CastOp>(x, i32);
  if (!zeroPoint)
    return wide;
  return node.create<graph::SubOp>(wide,
                                   node.create<graph::CastOp>(zeroPoint, i32));
}

/// The convolution of numbers without their zero points, in i32. Padding is
/// what a zero point stands for.
static Value createCenteredConv(NodeImport &node, Value x, Value xZeroPoint,
                                Value w, Value wZeroPoint, Value bias) {
  if (wZeroPoint)
    wZeroPoint = createPerChannel(node, wZeroPoint, node.rankOf(w));
  return createConv(node, createCentered(node, x, xZeroPoint),
                    createCentered(node, w, wZeroPoint), bias);
}

void importConvInteger(NodeImport &node) {
  node.yield(createCenteredConv(node, node.operand(0), node.operand(2),
                                node.operand(1), node.operand(3), Value()));
}

// saturate(round(conv * (x_scale * w_scale / y_scale)) + y_zero_point), in f32
// as others do.
void importQLinearConv(NodeImport &node) {
  Value w = node.operand(3), yZeroPoint = node.operand(7);
  Value sum = createCenteredConv(node, node.operand(0), node.operand(2), w,
                                 node.operand(5), node.operand(8));
  Value wScale = createPerChannel(node, node.operand(4), node.rankOf(w) - 1);
  Value scale = node.create<graph::DivOp>(
      node.create<graph::MulOp>(node.operand(1), wScale), node.operand(6));
  Type f32 = node.builder.getF32Type();
  Value scaled =
      node.create<graph::MulOp>(node.create<graph::CastOp>(sum, f32), scale);
  Value shifted =
      node.create<graph::AddOp>(node.create<graph::RoundOp>(scaled),
                                node.create<graph::CastOp>(yZeroPoint, f32));
  node.yield(node.create<graph::CastOp>(shifted, node.elementType(yZeroPoint)));
}

} // namespace atrous::onnx_frontend
