//===- Scan.cpp - Scan ----------------------------------------------------===//

#include "frontends/onnx/ops/Control.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "onnx/onnx_pb.h"

using namespace mlir;

namespace atrous::onnx_frontend {

namespace {
/// The axis and direction of each scanned input or output.
struct Directions {
  llvm::SmallVector<int64_t> axes, reversed;
};
} // namespace

static Directions readDirections(NodeImport &node, llvm::StringRef what,
                                 size_t count) {
  Directions result;
  result.axes = node.getInts(("scan_" + what + "_axes").str());
  result.reversed = node.getInts(("scan_" + what + "_directions").str());
  for (auto *values : {&result.axes, &result.reversed}) {
    if (values->empty())
      values->assign(count, 0);
    if (values->size() != count)
      node.refuse("scan_" + what + " attributes have " +
                  llvm::Twine(values->size()) + " values, expected " +
                  llvm::Twine(count));
  }
  for (int64_t direction : result.reversed)
    if (direction != 0 && direction != 1)
      node.refuse("scan_" + what + "_directions has the value " +
                  llvm::Twine(direction));
  return result;
}

/// The part of each scanned input that iteration `number` of `count` gets.
static llvm::SmallVector<Value> createParts(NodeImport &node,
                                            llvm::ArrayRef<Value> inputs,
                                            const Directions &directions,
                                            Value number, Value count) {
  OpBuilder &builder = node.builder;
  llvm::SmallVector<Value> parts;
  for (auto [input, axis, reversed] :
       llvm::zip(inputs, directions.axes, directions.reversed)) {
    Value index = number;
    if (reversed) {
      Value one = builder.create<arith::ConstantIntOp>(node.loc, 1, 64);
      Value last = builder.create<arith::SubIOp>(node.loc, count, one);
      index = builder.create<arith::SubIOp>(node.loc, last, number);
    }
    parts.push_back(node.create<graph::GatherOp>(
        input, node.create<graph::FromItemOp>(index),
        builder.getI64IntegerAttr(axis)));
  }
  return parts;
}

/// A collected output in its direction, its new dimension where it belongs.
static Value arrange(NodeImport &node, Value collected, int64_t axis,
                     bool reversed) {
  if (reversed)
    collected = createReversed(node, collected);
  int64_t rank = node.rankOf(collected);
  axis = node.normalizeAxis(axis, rank);
  if (axis == 0)
    return collected;
  llvm::SmallVector<int64_t> perm;
  for (int64_t dim = 1; dim < rank; ++dim)
    perm.push_back(dim);
  perm.insert(perm.begin() + axis, 0);
  return node.create<graph::TransposeOp>(
      collected, node.builder.getDenseI64ArrayAttr(perm));
}

static llvm::SmallVector<Value> createScan(NodeImport &node,
                                           const onnx::GraphProto &body,
                                           llvm::ArrayRef<Value> states,
                                           llvm::ArrayRef<Value> inputs,
                                           const Directions &inputDirections) {
  OpBuilder &builder = node.builder;
  Value count = getSize(node, inputs.front(), inputDirections.axes.front());
  Value condition = builder.create<arith::ConstantIntOp>(node.loc, 1, 1);
  auto iterate = [&](const Iteration &iteration) {
    llvm::SmallVector<GraphValue> arguments(iteration.carried.begin(),
                                            iteration.carried.end());
    llvm::append_range(arguments, createParts(node, inputs, inputDirections,
                                              iteration.number, count));
    llvm::SmallVector<Value> values = getTensors(
        node, node.bodies.importBody(body, arguments), "graph output");
    IterationResult result;
    result.condition = iteration.condition;
    for (auto [i, value] : llvm::enumerate(values))
      (i < states.size() ? result.carried : result.scans).push_back(value);
    return result;
  };
  return createWhile(node, count, condition, states, iterate);
}

/// Opset 8: each operand has a batch dimension, over which an outer loop goes.
static void importBatchedScan(NodeImport &node, const onnx::GraphProto &body,
                              size_t numInputs, size_t numStates) {
  if (node.operand(0))
    node.refuseUnsupported("sequence_lens is not supported");
  llvm::ArrayRef<Value> operands = node.operands().drop_front();
  Directions batch{llvm::SmallVector<int64_t>(operands.size(), 0),
                   llvm::SmallVector<int64_t>(operands.size(), 0)};
  Directions inner = batch;
  inner.axes.resize(numInputs);
  inner.reversed = node.getInts("directions");
  inner.reversed.resize(numInputs);
  Value count = getSize(node, operands.front(), 0);
  Value condition = node.builder.create<arith::ConstantIntOp>(node.loc, 1, 1);
  auto iterate = [&](const Iteration &iteration) {
    llvm::SmallVector<Value> parts =
        createParts(node, operands, batch, iteration.number, count);
    llvm::ArrayRef<Value> all(parts);
    IterationResult result;
    result.condition = iteration.condition;
    result.scans = createScan(node, body, all.take_front(numStates),
                              all.drop_front(numStates), inner);
    return result;
  };
  node.yield(createWhile(node, count, condition, {}, iterate));
}

void importScan(NodeImport &node) {
  size_t first = node.opset < 9 ? 1 : 0;
  size_t numOperands = node.operands().size();
  int64_t numInputs = node.getInt("num_scan_inputs", 0);
  if (numInputs < 1 || size_t(numInputs) + first > numOperands)
    node.refuse("num_scan_inputs is " + llvm::Twine(numInputs) + ", of " +
                llvm::Twine(numOperands) + " inputs");
  size_t numStates = numOperands - first - numInputs;
  const onnx::GraphProto &body =
      getBody(node, "body", numStates + size_t(numInputs));
  if (size_t(body.output_size()) != node.numResults() ||
      node.numResults() < numStates)
    node.refuse("graph body has " + llvm::Twine(body.output_size()) +
                " outputs, the node " + llvm::Twine(node.numResults()));
  size_t numScans = node.numResults() - numStates;
  if (node.opset < 9)
    return importBatchedScan(node, body, numInputs, numStates);

  Directions inputs = readDirections(node, "input", numInputs);
  Directions outputs = readDirections(node, "output", numScans);
  llvm::SmallVector<Value> results =
      createScan(node, body, node.operands().take_front(numStates),
                 node.operands().drop_front(numStates), inputs);
  for (size_t i = 0; i < numScans; ++i)
    results[numStates + i] = arrange(node, results[numStates + i],
                                     outputs.axes[i], outputs.reversed[i]);
  node.yield(results);
}

} // namespace atrous::onnx_frontend
