//===- Recurrent.h - What LSTM, GRU and RNN share ---------------*- C++ -*-===//
//
// A recurrent layer of few steps is written out step by step; one of many, or of
// a number that the run tells, is a loop. The product of the whole input with the
// input weights comes first; a step only multiplies the hidden state.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_FRONTENDS_ONNX_OPS_RECURRENT_H
#define ATROUS_FRONTENDS_ONNX_OPS_RECURRENT_H

#include "frontends/onnx/NodeImport.h"
#include <functional>

namespace atrous::onnx_frontend {

/// An activation function with its parameters.
struct Activation {
  std::string name;
  double alpha = 0, beta = 0;
};

/// One direction of a layer.
struct Direction {
  bool reverse = false;
  int64_t hiddenSize = 0;
  llvm::SmallVector<Activation> activations;
  /// Bound of the sums that gates see; 0: none.
  double clip = 0;
  /// [gates * hidden, input], [gates * hidden, hidden], [2 * gates * hidden] or
  /// null, [peepholes * hidden] or null.
  mlir::Value inputWeights, hiddenWeights, bias, peepholes;
};

/// The states of a layer, [batch, hidden] each; the first one is the output.
using States = llvm::SmallVector<mlir::Value, 2>;

/// What a step computes from `x` [batch, gates * hidden], its part of the
/// product of input and weights.
using StepFn = std::function<States(mlir::Value x, const States &states)>;

/// The cell of a layer.
struct Cell {
  int64_t gates, states;
  /// Names of the activations of one direction, where none are given.
  llvm::SmallVector<llvm::StringRef> activations;
  /// Operand numbers of the initial states.
  llvm::SmallVector<unsigned> initialStates;
  /// Operand number of the peepholes; 0: the layer has none.
  unsigned peepholes = 0;
  /// The bias added to the product of input and weights, [gates * hidden].
  std::function<mlir::Value(NodeImport &, const Direction &)> inputBias;
  std::function<StepFn(NodeImport &, const Direction &)> makeStep;
};

/// Imports the node as a layer of such cells: yields the outputs of all steps,
/// then the last of each state.
void importRecurrent(NodeImport &node, const Cell &cell);

/// The activations of all directions. Parameters are taken from the lists in
/// turn, by those functions that have some.
llvm::SmallVector<Activation>
readActivations(NodeImport &node, const Cell &cell, size_t directions);

/// The directions of the node, one or two, with their weights.
llvm::SmallVector<Direction> readDirections(NodeImport &node, const Cell &cell);

/// x[index], without its first dimension; null for an absent tensor.
mlir::Value createElement(NodeImport &node, mlir::Value x, int64_t index);

/// activation(x) of a gate, whose sum is clipped first.
mlir::Value createGate(NodeImport &node, const Direction &direction,
                       unsigned number, mlir::Value x);

mlir::Value createActivation(NodeImport &node, const Direction &direction,
                             unsigned number, mlir::Value x);

/// Part `index` of [.., hidden * n] (or of a vector): `count` times hidden
/// elements of the last dimension.
mlir::Value createPart(NodeImport &node, mlir::Value x, int64_t hiddenSize,
                       int64_t index, int64_t count = 1);

/// The sum of both halves of the bias; null where there is none.
mlir::Value createWholeBias(NodeImport &node, const Direction &direction,
                            int64_t gates);

} // namespace atrous::onnx_frontend

#endif // ATROUS_FRONTENDS_ONNX_OPS_RECURRENT_H
