//===- GRU.cpp - GRU ------------------------------------------------------===//

#include "frontends/onnx/ops/Recurrent.h"

using namespace mlir;

namespace atrous::onnx_frontend {

static bool isLinearBeforeReset(NodeImport &node) {
  return node.getInt("linear_before_reset", 0) != 0;
}

/// The bias of the hidden gate that the reset gate scales, too; null for none.
static Value createScaledBias(NodeImport &node, const Direction &direction) {
  return direction.bias && isLinearBeforeReset(node)
             ? createPart(node, direction.bias, direction.hiddenSize, 5)
             : Value();
}

static Value createInputBias(NodeImport &node, const Direction &direction) {
  if (!createScaledBias(node, direction))
    return createWholeBias(node, direction, 3);
  int64_t size = direction.hiddenSize;
  Value gates =
      node.create<graph::AddOp>(createPart(node, direction.bias, size, 0, 2),
                                createPart(node, direction.bias, size, 3, 2));
  Value hidden = createPart(node, direction.bias, size, 2);
  return node.create<graph::ConcatOp>(ValueRange{gates, hidden}, /*axis=*/0);
}

/// state x weights^T, of which `count` gates from `index` on.
static Value createProduct(NodeImport &node, const Direction &direction,
                           Value state, int64_t index, int64_t count,
                           Value bias) {
  int64_t size = direction.hiddenSize;
  Value rows = node.create<graph::SliceOp>(
      direction.hiddenWeights, node.i64Vector(index * size),
      node.i64Vector((index + count) * size), node.i64Vector(0),
      /*steps=*/Value());
  return node.create<graph::MatMulOp>(state, rows, bias,
                                      /*transpose_rhs=*/true);
}

// z, r = f(gates); h = g(x + (r * H) R) or g(x + r * (H R + b));
// H' = (1 - z) * h + z * H. Gates come in the order z, r, h.
static States createStep(NodeImport &node, const Direction &direction, Value x,
                         Value state) {
  int64_t size = direction.hiddenSize;
  Value gates = node.create<graph::AddOp>(
      createPart(node, x, size, 0, 2),
      createProduct(node, direction, state, 0, 2, Value()));
  gates = createGate(node, direction, 0, gates);
  Value update = createPart(node, gates, size, 0);
  Value reset = createPart(node, gates, size, 1);
  Value recurrent;
  if (isLinearBeforeReset(node))
    recurrent = node.create<graph::MulOp>(
        reset, createProduct(node, direction, state, 2, 1,
                             createScaledBias(node, direction)));
  else
    recurrent =
        createProduct(node, direction, node.create<graph::MulOp>(reset, state),
                      2, 1, Value());
  Value candidate = createGate(
      node, direction, 1,
      node.create<graph::AddOp>(createPart(node, x, size, 2), recurrent));
  Value rest = node.create<graph::SubOp>(node.scalar(x, 1), update);
  return {node.create<graph::AddOp>(node.create<graph::MulOp>(rest, candidate),
                                    node.create<graph::MulOp>(update, state))};
}

void importGRU(NodeImport &node) {
  Cell cell;
  cell.gates = 3;
  cell.states = 1;
  cell.activations = {"sigmoid", "tanh"};
  cell.initialStates = {5};
  cell.inputBias = createInputBias;
  cell.makeStep = [](NodeImport &node, const Direction &direction) -> StepFn {
    return [&](Value x, const States &states) {
      return createStep(node, direction, x, states[0]);
    };
  };
  importRecurrent(node, cell);
}

} // namespace atrous::onnx_frontend
