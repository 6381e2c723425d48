//===- RNN.cpp - RNN ------------------------------------------------------===//

#include "frontends/onnx/ops/Recurrent.h"

using namespace mlir;

namespace atrous::onnx_frontend {

// H' = f(x + H R)
void importRNN(NodeImport &node) {
  Cell cell;
  cell.gates = 1;
  cell.states = 1;
  cell.activations = {"tanh"};
  cell.initialStates = {5};
  cell.inputBias = [](NodeImport &node, const Direction &direction) {
    return createWholeBias(node, direction, 1);
  };
  cell.makeStep = [](NodeImport &node, const Direction &direction) -> StepFn {
    return [&](Value x, const States &states) -> States {
      Value sum = node.create<graph::MatMulOp>(
          states[0], direction.hiddenWeights, Value(), /*transpose_rhs=*/true);
      return {
          createGate(node, direction, 0, node.create<graph::AddOp>(x, sum))};
    };
  };
  importRecurrent(node, cell);
}

} // namespace atrous::onnx_frontend
