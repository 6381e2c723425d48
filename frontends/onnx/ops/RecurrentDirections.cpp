//===- RecurrentDirections.cpp - Weights of each direction ----------------===//

#include "frontends/onnx/ops/Recurrent.h"

using namespace mlir;

namespace atrous::onnx_frontend {

llvm::SmallVector<Direction> readDirections(NodeImport &node,
                                             const Cell &cell) {
  std::string kind =
      node.getEnum("direction", {"forward", "reverse", "bidirectional"});
  size_t count = kind == "bidirectional" ? 2 : 1;
  Value w = node.operand(1), r = node.operand(2);
  for (Value weights : {w, r}) {
    int64_t given = node.dimOf(weights, 0);
    if (node.findRank(weights).value_or(3) != 3 ||
        (!ShapedType::isDynamic(given) && given != int64_t(count)))
      node.refuse("weights do not have " + llvm::Twine(count) +
                  " directions and rank 3");
  }
  int64_t hiddenSize = node.dimOf(r, 2);
  if (node.hasAttr("hidden_size")) {
    int64_t given = node.getInt("hidden_size", 0);
    if (!ShapedType::isDynamic(hiddenSize) && given != hiddenSize)
      node.refuse("hidden_size is " + llvm::Twine(given) +
                  ", but the weights have " + llvm::Twine(hiddenSize));
    hiddenSize = given;
  }
  if (hiddenSize < 1 || hiddenSize > INT32_MAX)
    node.refuse("needs a positive hidden_size");
  llvm::SmallVector<Activation> activations =
      readActivations(node, cell, count);
  llvm::SmallVector<Direction> directions;
  for (size_t i = 0; i < count; ++i) {
    Direction &direction = directions.emplace_back();
    direction.reverse = kind == "reverse" || i == 1;
    direction.hiddenSize = hiddenSize;
    size_t each = cell.activations.size();
    direction.activations.assign(activations.begin() + i * each,
                                 activations.begin() + (i + 1) * each);
    direction.clip = node.getFloat("clip", 0);
    direction.inputWeights = createElement(node, w, i);
    direction.hiddenWeights = createElement(node, r, i);
    direction.bias = createElement(node, node.operand(3), i);
    if (cell.peepholes != 0)
      direction.peepholes =
          createElement(node, node.operand(cell.peepholes), i);
  }
  return directions;
}

} // namespace atrous::onnx_frontend
