//===- Recurrent.cpp - What LSTM, GRU and RNN share -----------------------===//

#include "frontends/onnx/ops/Recurrent.h"

using namespace mlir;

namespace atrous::onnx_frontend {

//===----------------------------------------------------------------------===//
// Parts of tensors
//===----------------------------------------------------------------------===//

static Value createSlice(NodeImport &node, Value x, int64_t axis, int64_t begin,
                         int64_t end) {
  return node.create<graph::SliceOp>(x, node.i64Vector(begin),
                                     node.i64Vector(end), node.i64Vector(axis),
                                     /*steps=*/Value());
}

/// x[index], without its first dimension; null for an absent tensor.
static Value createElement(NodeImport &node, Value x, int64_t index) {
  if (!x)
    return x;
  return node.create<graph::SqueezeOp>(
      createSlice(node, x, 0, index, index + 1), node.i64Vector(0));
}

Value createPart(NodeImport &node, Value x, int64_t hiddenSize, int64_t index,
                 int64_t count) {
  int64_t begin = index * hiddenSize;
  return createSlice(node, x, -1, begin, begin + count * hiddenSize);
}

Value createWholeBias(NodeImport &node, const Direction &direction,
                      int64_t gates) {
  if (!direction.bias)
    return Value();
  int64_t size = direction.hiddenSize;
  return node.create<graph::AddOp>(
      createPart(node, direction.bias, size, 0, gates),
      createPart(node, direction.bias, size, gates, gates));
}

static Value createTransposed(NodeImport &node, Value x,
                              llvm::ArrayRef<int64_t> perm) {
  return x ? node.create<graph::TransposeOp>(
                 x, node.builder.getDenseI64ArrayAttr(perm))
           : x;
}

/// Zeros [batch, hidden].
static Value createZeroState(NodeImport &node, Value x, int64_t hiddenSize) {
  int64_t batch = node.dimOf(x, 1);
  if (!ShapedType::isDynamic(batch))
    return graph::createSplat(
        node.builder, node.loc,
        RankedTensorType::get({batch, hiddenSize}, node.elementType(x)), 0);
  Value rows = node.create<graph::ShapeOp>(x, node.builder.getI64IntegerAttr(1),
                                           node.builder.getI64IntegerAttr(2));
  Value shape = node.create<graph::ConcatOp>(
      ValueRange{rows, node.i64Vector(hiddenSize)}, /*axis=*/0);
  return node.create<graph::ExpandOp>(node.scalar(x, 0), shape);
}

//===----------------------------------------------------------------------===//
// The layer
//===----------------------------------------------------------------------===//

namespace {
/// A layer on operands in the order of steps: [steps, batch, input].
class Layer {
public:
  Layer(NodeImport &node, const Cell &cell);
  void import();

private:
  void readDirections();
  States createInitialStates(size_t index);
  Value createMask(int64_t step);
  States run(size_t index, Value &outputs);

  NodeImport &node;
  const Cell &cell;
  bool batchFirst;
  Value x, lengths;
  int64_t steps;
  llvm::SmallVector<Direction> directions;
};
} // namespace

Layer::Layer(NodeImport &node, const Cell &cell)
    : node(node), cell(cell), batchFirst(node.getInt("layout", 0) != 0),
      x(node.operand(0)), lengths(node.operand(4)) {
  if (batchFirst)
    x = createTransposed(node, x, {1, 0, 2});
  steps = node.dimOf(x, 0);
  if (node.rankOf(x) != 3)
    node.refuse("input has rank " + llvm::Twine(node.rankOf(x)) +
                ", expected 3");
  if (ShapedType::isDynamic(steps))
    node.refuse("needs a static sequence length; --shape can give it");
  if (steps < 1)
    node.refuse("input has no steps");
  // Sequences as long as the input need no masks.
  if (auto values = node.findConstantInts(lengths))
    if (llvm::all_of(*values, [&](int64_t value) { return value == steps; }))
      lengths = Value();
  readDirections();
}

void Layer::readDirections() {
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
}

States Layer::createInitialStates(size_t index) {
  States states;
  for (unsigned number : cell.initialStates) {
    Value given = node.operand(number);
    if (batchFirst)
      given = createTransposed(node, given, {1, 0, 2});
    states.push_back(
        given ? createElement(node, given, index)
              : createZeroState(node, x, directions[index].hiddenSize));
  }
  return states;
}

/// Which sequences [batch, 1] reach as far as `step`.
Value Layer::createMask(int64_t step) {
  Value column = node.create<graph::UnsqueezeOp>(lengths, node.i64Vector(1));
  return node.create<graph::CompareOp>(graph::ComparePredicate::gt, column,
                                       node.scalar(column, step));
}

/// Runs one direction; `outputs` are [steps, 1, batch, hidden]. A sequence that
/// has ended keeps its state and gives 0, backwards until it begins.
States Layer::run(size_t index, Value &outputs) {
  const Direction &direction = directions[index];
  StepFn step = cell.makeStep(node, direction);
  Value products = node.create<graph::MatMulOp>(x, direction.inputWeights,
                                                cell.inputBias(node, direction),
                                                /*transpose_rhs=*/true);
  States states = createInitialStates(index);
  llvm::SmallVector<Value> all(steps);
  for (int64_t i = 0; i < steps; ++i) {
    int64_t number = direction.reverse ? steps - 1 - i : i;
    States next = step(createElement(node, products, number), states);
    Value output = next.front();
    if (lengths) {
      Value mask = createMask(number);
      output = node.create<graph::WhereOp>(mask, output, node.scalar(x, 0));
      for (auto [after, before] : llvm::zip(next, states))
        after = node.create<graph::WhereOp>(mask, after, before);
    }
    states = next;
    all[number] =
        node.create<graph::UnsqueezeOp>(output, node.i64Vector({0, 1}));
  }
  outputs = node.create<graph::ConcatOp>(all, /*axis=*/0);
  return states;
}

void Layer::import() {
  llvm::SmallVector<Value> outputs;
  llvm::SmallVector<llvm::SmallVector<Value>> lasts(cell.states);
  for (size_t i = 0; i < directions.size(); ++i) {
    States states = run(i, outputs.emplace_back());
    for (auto [last, state] : llvm::zip(lasts, states))
      last.push_back(node.create<graph::UnsqueezeOp>(state, node.i64Vector(0)));
  }
  llvm::SmallVector<Value> results{
      node.create<graph::ConcatOp>(outputs, /*axis=*/1)};
  for (ArrayRef<Value> last : lasts)
    results.push_back(node.create<graph::ConcatOp>(last, /*axis=*/0));
  if (batchFirst) {
    results[0] = createTransposed(node, results[0], {2, 0, 1, 3});
    for (Value &last : llvm::drop_begin(results))
      last = createTransposed(node, last, {1, 0, 2});
  }
  node.yield(results);
}

void importRecurrent(NodeImport &node, const Cell &cell) {
  Layer(node, cell).import();
}

} // namespace atrous::onnx_frontend
