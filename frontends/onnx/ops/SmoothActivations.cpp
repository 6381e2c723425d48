//===- SmoothActivations.cpp - Gates and sigmoid-like activations
//----------===//

#include "frontends/onnx/ops/Activations.h"
#include <cmath>

using namespace mlir;

namespace atrous::onnx_frontend {

Value createHardSigmoid(NodeImport &node, Value x, double alpha, double beta) {
  Value scaled = node.create<graph::MulOp>(x, node.scalar(x, alpha));
  Value line = node.create<graph::AddOp>(scaled, node.scalar(x, beta));
  Value low = node.create<graph::MaxOp>(line, node.scalar(x, 0));
  return node.create<graph::MinOp>(low, node.scalar(x, 1));
}

void importHardSigmoid(NodeImport &node) {
  node.yield(createHardSigmoid(node, node.operand(0),
                               node.getFloat("alpha", 0.2),
                               node.getFloat("beta", 0.5)));
}

void importHardSwish(NodeImport &node) {
  Value x = node.operand(0);
  node.yield(
      node.create<graph::MulOp>(x, createHardSigmoid(node, x, 1.0 / 6, 0.5)));
}

// As max(x, 0) + log(1 + exp(-|x|)), which cannot overflow.
Value createSoftplus(NodeImport &node, Value x) {
  Value magnitude = node.create<graph::AbsOp>(x);
  Value exp = node.create<graph::ExpOp>(node.create<graph::NegOp>(magnitude));
  Value log = node.create<graph::LogOp>(
      node.create<graph::AddOp>(exp, node.scalar(x, 1)));
  return node.create<graph::AddOp>(node.create<graph::ReluOp>(x), log);
}

void importSoftplus(NodeImport &node) {
  node.yield(createSoftplus(node, node.operand(0)));
}

Value createSoftsign(NodeImport &node, Value x) {
  Value divisor = node.create<graph::AddOp>(node.create<graph::AbsOp>(x),
                                            node.scalar(x, 1));
  return node.create<graph::DivOp>(x, divisor);
}

void importSoftsign(NodeImport &node) {
  node.yield(createSoftsign(node, node.operand(0)));
}

void importMish(NodeImport &node) {
  Value x = node.operand(0);
  node.yield(node.create<graph::MulOp>(
      x, node.create<graph::TanhOp>(createSoftplus(node, x))));
}

void importSwish(NodeImport &node) {
  Value x = node.operand(0);
  double alpha = node.getFloat("alpha", 1);
  Value scaled =
      alpha == 1 ? x : node.create<graph::MulOp>(x, node.scalar(x, alpha));
  node.yield(
      node.create<graph::MulOp>(x, node.create<graph::SigmoidOp>(scaled)));
}

/// sqrt(2 / pi) * (x + 0.044715 * x^3)
static Value createGeluTanhArgument(NodeImport &node, Value x) {
  Value square = node.create<graph::MulOp>(x, x);
  Value cube = node.create<graph::MulOp>(square, x);
  Value term = node.create<graph::MulOp>(cube, node.scalar(x, 0.044715));
  Value sum = node.create<graph::AddOp>(x, term);
  return node.create<graph::MulOp>(sum, node.scalar(x, std::sqrt(2 / M_PI)));
}

// 0.5 * x * (1 + erf(x / sqrt(2))), or with tanh for erf.
void importGelu(NodeImport &node) {
  Value x = node.operand(0);
  Value inner;
  if (node.getEnum("approximate", {"none", "tanh"}) == "tanh")
    inner = node.create<graph::TanhOp>(createGeluTanhArgument(node, x));
  else
    inner = node.create<graph::ErfOp>(
        node.create<graph::MulOp>(x, node.scalar(x, std::sqrt(0.5))));
  Value gate = node.create<graph::AddOp>(inner, node.scalar(x, 1));
  Value half = node.create<graph::MulOp>(x, node.scalar(x, 0.5));
  node.yield(node.create<graph::MulOp>(half, gate));
}

} // namespace atrous::onnx_frontend
