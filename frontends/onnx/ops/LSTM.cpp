//===- LSTM.cpp - LSTM ----------------------------------------------------===//

#include "frontends/onnx/ops/Recurrent.h"

using namespace mlir;

namespace atrous::onnx_frontend {

/// gate + peephole * cell; the gate itself without peepholes.
static Value createPeep(NodeImport &node, const Direction &direction,
                        Value gate, int64_t number, Value cell) {
  if (!direction.peepholes)
    return gate;
  Value peephole =
      createPart(node, direction.peepholes, direction.hiddenSize, number);
  return node.create<graph::AddOp>(gate,
                                   node.create<graph::MulOp>(peephole, cell));
}

// i, f = f(gates + P * C); C' = f * C + i * g(gates); o = f(gates + P * C');
// H' = o * h(C'). Gates come in the order i, o, f, c.
static States createStep(NodeImport &node, const Direction &direction, Value x,
                         const States &states) {
  int64_t size = direction.hiddenSize;
  Value hidden = states[0], cell = states[1];
  Value gates = node.create<graph::AddOp>(
      x, node.create<graph::MatMulOp>(hidden, direction.hiddenWeights, Value(),
                                      /*transpose_rhs=*/true));
  auto gate = [&](int64_t number, int64_t peephole, Value state) {
    Value sum =
        createPeep(node, direction, createPart(node, gates, size, number),
                   peephole, state);
    return createGate(node, direction, 0, sum);
  };
  Value input = gate(0, 0, cell);
  // Coupled gates forget what they let in.
  Value forget = node.getInt("input_forget", 0) != 0
                     ? node.create<graph::SubOp>(node.scalar(x, 1), input)
                     : gate(2, 2, cell);
  Value candidate =
      createGate(node, direction, 1, createPart(node, gates, size, 3));
  Value next =
      node.create<graph::AddOp>(node.create<graph::MulOp>(forget, cell),
                                node.create<graph::MulOp>(input, candidate));
  Value output = gate(1, 1, next);
  return {node.create<graph::MulOp>(output,
                                    createActivation(node, direction, 2, next)),
          next};
}

void importLSTM(NodeImport &node) {
  Cell cell;
  cell.gates = 4;
  cell.states = 2;
  cell.activations = {"sigmoid", "tanh", "tanh"};
  cell.initialStates = {5, 6};
  cell.peepholes = 7;
  cell.inputBias = [](NodeImport &node, const Direction &direction) {
    return createWholeBias(node, direction, 4);
  };
  cell.makeStep = [](NodeImport &node, const Direction &direction) -> StepFn {
    return [&](Value x, const States &states) {
      return createStep(node, direction, x, states);
    };
  };
  importRecurrent(node, cell);
}

} // namespace atrous::onnx_frontend
