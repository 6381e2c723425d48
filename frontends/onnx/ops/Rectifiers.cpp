//===- Rectifiers.cpp - Activations that treat the two half lines apart
//----===//

#include "frontends/onnx/ops/Activations.h"
#include "llvm/ADT/Sequence.h"

using namespace mlir;

namespace atrous::onnx_frontend {

/// condition(x > bound) ? x : other
static Value createSelect(NodeImport &node, Value x, double bound,
                          Value other) {
  Value isOver = node.create<graph::CompareOp>(graph::ComparePredicate::gt, x,
                                               node.scalar(x, bound));
  return node.create<graph::WhereOp>(isOver, x, other);
}

/// max(x, 0) + slope * min(x, 0), which is x < 0 ? slope * x : x for a finite
/// slope, and needs no tensor of booleans.
static Value createLeaky(NodeImport &node, Value x, Value slope) {
  Value negative = node.create<graph::MinOp>(x, node.scalar(x, 0));
  return node.create<graph::AddOp>(
      node.create<graph::MaxOp>(x, node.scalar(x, 0)),
      node.create<graph::MulOp>(negative, slope));
}

Value createLeakyRelu(NodeImport &node, Value x, double alpha) {
  Value slope = node.scalar(x, alpha);
  // For a slope in (0, 1] the larger of the two is the right one. At 0 an
  // infinity would give NaN.
  if (alpha > 0 && alpha <= 1)
    return node.create<graph::MaxOp>(x, node.create<graph::MulOp>(x, slope));
  return createLeaky(node, x, slope);
}

void importLeakyRelu(NodeImport &node) {
  node.yield(
      createLeakyRelu(node, node.operand(0), node.getFloat("alpha", 0.01)));
}

// Before opset 7 a vector of slopes is one for each channel.
void importPRelu(NodeImport &node) {
  Value x = node.operand(0), slope = node.operand(1);
  if (node.opset < 7 && node.findRank(slope) == 1 && node.rankOf(x) > 2)
    slope = node.create<graph::UnsqueezeOp>(
        slope, node.i64Vector(llvm::to_vector(
                   llvm::seq<int64_t>(1, node.rankOf(x) - 1))));
  node.yield(createLeaky(node, x, slope));
}

/// alpha * (exp(x) - 1)
static Value createExpMinusOne(NodeImport &node, Value x, double alpha) {
  Value exp = node.create<graph::ExpOp>(x);
  Value difference = node.create<graph::SubOp>(exp, node.scalar(x, 1));
  return node.create<graph::MulOp>(difference, node.scalar(x, alpha));
}

// NaN takes the exponential, which keeps it.
Value createElu(NodeImport &node, Value x, double alpha) {
  return createSelect(node, x, 0, createExpMinusOne(node, x, alpha));
}

void importElu(NodeImport &node) {
  node.yield(createElu(node, node.operand(0), node.getFloat("alpha", 1)));
}

void importSelu(NodeImport &node) {
  Value x = node.operand(0);
  bool isFirst = node.opset < 6; // which had fewer digits
  double alpha =
      node.getFloat("alpha", isFirst ? 1.6732 : 1.67326319217681884765625);
  double gamma =
      node.getFloat("gamma", isFirst ? 1.0507 : 1.05070102214813232421875);
  node.yield(node.create<graph::MulOp>(createElu(node, x, alpha),
                                       node.scalar(x, gamma)));
}

// max(0, x) + min(0, alpha * (exp(x / alpha) - 1))
void importCelu(NodeImport &node) {
  Value x = node.operand(0);
  double alpha = node.getFloat("alpha", 1);
  if (alpha == 0)
    node.refuse("alpha is 0, which divides by zero");
  Value zero = node.scalar(x, 0);
  Value scaled = node.create<graph::DivOp>(x, node.scalar(x, alpha));
  Value low =
      node.create<graph::MinOp>(createExpMinusOne(node, scaled, alpha), zero);
  Value high = node.create<graph::MaxOp>(x, zero);
  node.yield(node.create<graph::AddOp>(high, low));
}

Value createThresholdedRelu(NodeImport &node, Value x, double alpha) {
  return createSelect(node, x, alpha, node.scalar(x, 0));
}

void importThresholdedRelu(NodeImport &node) {
  node.yield(
      createThresholdedRelu(node, node.operand(0), node.getFloat("alpha", 1)));
}

// Towards zero by bias, and zero where |x| <= lambd. Integers are compared with
// fractions, in f64.
void importShrink(NodeImport &node) {
  Value x = node.operand(0);
  Type type = node.elementType(x);
  if (!node.isFloat(x))
    x = node.create<graph::CastOp>(x, node.builder.getF64Type());
  double lambd = node.getFloat("lambd", 0.5), bias = node.getFloat("bias", 0);
  Value isLow = node.create<graph::CompareOp>(graph::ComparePredicate::lt, x,
                                              node.scalar(x, -lambd));
  Value isHigh = node.create<graph::CompareOp>(graph::ComparePredicate::gt, x,
                                               node.scalar(x, lambd));
  Value high = node.create<graph::WhereOp>(
      isHigh, node.create<graph::SubOp>(x, node.scalar(x, bias)),
      node.scalar(x, 0));
  Value result = node.create<graph::WhereOp>(
      isLow, node.create<graph::AddOp>(x, node.scalar(x, bias)), high);
  if (node.elementType(result) != type)
    result = node.create<graph::CastOp>(result, type);
  node.yield(result);
}

} // namespace atrous::onnx_frontend
