//===- Recurrent.cpp - What LSTM, GRU and RNN share -----------------------===//

#include "frontends/onnx/ops/Recurrent.h"

#include "frontends/onnx/ops/Control.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

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

Value createElement(NodeImport &node, Value x, int64_t index) {
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
  States createInitialStates(size_t index);
  States advance(const StepFn &step, Value part, Value number,
                 const States &states, Value &output);
  States runUnrolled(const Direction &direction, const StepFn &step,
                     Value products, States states, Value &outputs);
  States runLoop(const Direction &direction, const StepFn &step, Value products,
                 const States &states, Value &outputs);
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
  if (steps == 0)
    node.refuse("input has no steps");
  // Sequences as long as the input need no masks.
  if (auto values = node.findConstantInts(lengths))
    if (llvm::all_of(*values, [&](int64_t value) { return value == steps; }))
      lengths = Value();
  directions = readDirections(node, cell);
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

/// The states after step `number` (a scalar tensor, i64) on its part of the
/// products. A sequence that has ended keeps its state and gives 0, backwards
/// until it begins.
States Layer::advance(const StepFn &step, Value part, Value number,
                      const States &states, Value &output) {
  States next = step(part, states);
  output = next.front();
  if (!lengths)
    return next;
  Value column = node.create<graph::UnsqueezeOp>(lengths, node.i64Vector(1));
  Value last = node.create<graph::CastOp>(number, node.elementType(lengths));
  Value mask = node.create<graph::CompareOp>(graph::ComparePredicate::gt,
                                             column, last);
  output = node.create<graph::WhereOp>(mask, output, node.scalar(x, 0));
  for (auto [after, before] : llvm::zip(next, states))
    after = node.create<graph::WhereOp>(mask, after, before);
  return next;
}

States Layer::runUnrolled(const Direction &direction, const StepFn &step,
                          Value products, States states, Value &outputs) {
  llvm::SmallVector<Value> all(steps);
  for (int64_t i = 0; i < steps; ++i) {
    int64_t number = direction.reverse ? steps - 1 - i : i;
    Value output;
    states = advance(step, createElement(node, products, number),
                     node.scalar(node.builder.getI64Type(), number), states,
                     output);
    all[number] =
        node.create<graph::UnsqueezeOp>(output, node.i64Vector({0, 1}));
  }
  outputs = node.create<graph::ConcatOp>(all, /*axis=*/0);
  return states;
}

/// The sizes [steps, 1, batch, hidden], some of which the run tells.
static Value createOutputShape(NodeImport &node, Value x, int64_t hiddenSize) {
  auto size = [&](int64_t dim) -> Value {
    return node.create<graph::ShapeOp>(x, node.builder.getI64IntegerAttr(dim),
                                       node.builder.getI64IntegerAttr(dim + 1));
  };
  return node.create<graph::ConcatOp>(
      ValueRange{size(0), node.i64Vector(1), size(1),
                 node.i64Vector(hiddenSize)},
      /*axis=*/0);
}

States Layer::runLoop(const Direction &direction, const StepFn &step,
                      Value products, const States &states, Value &outputs) {
  OpBuilder &builder = node.builder;
  Value count = getSize(node, x, 0);
  Value condition = builder.create<arith::ConstantIntOp>(node.loc, 1, 1);
  auto iterate = [&](const Iteration &iteration) {
    Value number = iteration.number;
    if (direction.reverse) {
      Value one = builder.create<arith::ConstantIntOp>(node.loc, 1, 64);
      Value last = builder.create<arith::SubIOp>(node.loc, count, one);
      number = builder.create<arith::SubIOp>(node.loc, last, number);
    }
    Value position = node.create<graph::FromItemOp>(number);
    Value part = node.create<graph::GatherOp>(products, position,
                                              builder.getI64IntegerAttr(0));
    IterationResult result;
    result.condition = iteration.condition;
    States before(iteration.carried.begin(), iteration.carried.end());
    States next = advance(step, part, position, before,
                          result.scans.emplace_back());
    result.carried.assign(next.begin(), next.end());
    return result;
  };
  llvm::SmallVector<Value> results =
      createWhile(node, count, condition, states, iterate);
  outputs = results.pop_back_val();
  if (direction.reverse)
    outputs = createReversed(node, outputs);
  outputs = node.create<graph::ReshapeOp>(
      outputs, createOutputShape(node, x, direction.hiddenSize),
      /*allowzero=*/true);
  return States(results.begin(), results.end());
}

/// Longer sequences are loops, so that the program does not grow with them.
constexpr int64_t kMaxUnrolledSteps = 64;

/// Runs one direction; `outputs` are [steps, 1, batch, hidden].
States Layer::run(size_t index, Value &outputs) {
  const Direction &direction = directions[index];
  StepFn step = cell.makeStep(node, direction);
  Value products = node.create<graph::MatMulOp>(x, direction.inputWeights,
                                                cell.inputBias(node, direction),
                                                /*transpose_rhs=*/true);
  States states = createInitialStates(index);
  if (!ShapedType::isDynamic(steps) && steps <= kMaxUnrolledSteps)
    return runUnrolled(direction, step, products, states, outputs);
  return runLoop(direction, step, products, states, outputs);
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
