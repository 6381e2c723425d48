//===- RecurrentActivations.cpp - Activations of LSTM, GRU and RNN --------===//

#include "frontends/onnx/ops/Activations.h"
#include "frontends/onnx/ops/Recurrent.h"
#include "onnx/onnx_pb.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;

namespace atrous::onnx_frontend {

namespace {
/// How many parameters a function takes, and their defaults.
struct Parameters {
  bool isKnown = true;
  int count = 0;
  double alpha = 0, beta = 0;
};
} // namespace

static Parameters getParameters(llvm::StringRef name) {
  return llvm::StringSwitch<Parameters>(name)
      .Cases("relu", "tanh", "sigmoid", "softsign", "softplus", {})
      .Case("affine", {true, 2, 1, 0})
      .Case("leakyrelu", {true, 1, 0.01, 0})
      .Case("thresholdedrelu", {true, 1, 1, 0})
      .Case("scaledtanh", {true, 2, 1, 1})
      .Case("hardsigmoid", {true, 2, 0.2, 0.5})
      .Case("elu", {true, 1, 1, 0})
      .Default({false, 0, 0, 0});
}

llvm::SmallVector<Activation>
readActivations(NodeImport &node, const Cell &cell, size_t directions) {
  llvm::SmallVector<std::string> names;
  size_t count = directions * cell.activations.size();
  if (const onnx::AttributeProto *attribute = node.findAttr("activations"))
    names.append(attribute->strings().begin(), attribute->strings().end());
  else
    for (size_t i = 0; i < count; ++i)
      names.push_back(cell.activations[i % cell.activations.size()].str());
  if (names.size() < count)
    node.refuse("activations has " + llvm::Twine(names.size()) +
                " values, expected " + llvm::Twine(count));
  const onnx::AttributeProto *alphas = node.findAttr("activation_alpha");
  const onnx::AttributeProto *betas = node.findAttr("activation_beta");
  int nextAlpha = 0, nextBeta = 0;
  auto take = [](const onnx::AttributeProto *list, int &next, double fallback) {
    return list && next < list->floats_size() ? list->floats(next++) : fallback;
  };
  llvm::SmallVector<Activation> activations;
  for (size_t i = 0; i < count; ++i) {
    Activation activation{llvm::StringRef(names[i]).lower()};
    Parameters parameters = getParameters(activation.name);
    if (!parameters.isKnown)
      node.refuse("activations has the value " + quoted(names[i]));
    if (parameters.count > 0)
      activation.alpha = take(alphas, nextAlpha, parameters.alpha);
    if (parameters.count > 1)
      activation.beta = take(betas, nextBeta, parameters.beta);
    activations.push_back(std::move(activation));
  }
  return activations;
}

/// alpha * x + beta
static Value createLine(NodeImport &node, Value x, double alpha, double beta) {
  if (alpha != 1)
    x = node.create<graph::MulOp>(x, node.scalar(x, alpha));
  return beta == 0 ? x : node.create<graph::AddOp>(x, node.scalar(x, beta));
}

Value createGate(NodeImport &node, const Direction &direction, unsigned number,
                 Value x) {
  if (direction.clip > 0) {
    x = node.create<graph::MaxOp>(x, node.scalar(x, -direction.clip));
    x = node.create<graph::MinOp>(x, node.scalar(x, direction.clip));
  }
  return createActivation(node, direction, number, x);
}

Value createActivation(NodeImport &node, const Direction &direction,
                       unsigned number, Value x) {
  const auto &[name, alpha, beta] = direction.activations[number];
  if (name == "tanh")
    return node.create<graph::TanhOp>(x);
  if (name == "sigmoid")
    return node.create<graph::SigmoidOp>(x);
  if (name == "relu")
    return node.create<graph::ReluOp>(x);
  if (name == "softsign")
    return createSoftsign(node, x);
  if (name == "softplus")
    return createSoftplus(node, x);
  if (name == "affine")
    return createLine(node, x, alpha, beta);
  if (name == "leakyrelu")
    return createLeakyRelu(node, x, alpha);
  if (name == "thresholdedrelu")
    return createThresholdedRelu(node, x, alpha);
  if (name == "hardsigmoid")
    return createHardSigmoid(node, x, alpha, beta);
  if (name == "elu")
    return createElu(node, x, alpha);
  return createLine(
      node, node.create<graph::TanhOp>(createLine(node, x, beta, 0)), alpha, 0);
}

} // namespace atrous::onnx_frontend
