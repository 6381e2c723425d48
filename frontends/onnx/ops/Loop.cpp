//===- Control.cpp - If, Loop ---------------------------------------------===//
//
// Branches are scf.if, loops scf.while, on tensors. Types of values that
// branches and iterations pass on say at first no more than their rank.
//
//===----------------------------------------------------------------------===//

#include "frontends/onnx/ops/Control.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "onnx/onnx_pb.h"

using namespace mlir;

namespace atrous::onnx_frontend {

Type getLooseType(Type type) {
  auto ranked = dyn_cast<RankedTensorType>(type);
  if (!ranked)
    return type;
  llvm::SmallVector<int64_t> shape(ranked.getRank(), ShapedType::kDynamic);
  return RankedTensorType::get(shape, ranked.getElementType());
}

Value retype(NodeImport &node, Value value, Type type) {
  if (value.getType() == type)
    return value;
  return node.builder.create<graph::RetypeOp>(node.loc, type, value);
}

const onnx::GraphProto &getBody(NodeImport &node, llvm::StringRef name,
                                size_t numInputs) {
  const onnx::GraphProto &body = node.findAttr(name)->g();
  if (size_t(body.input_size()) != numInputs)
    node.refuse("graph " + name + " has " + llvm::Twine(body.input_size()) +
                " inputs, expected " + llvm::Twine(numInputs));
  return body;
}

Value getSize(NodeImport &node, Value value, int64_t axis) {
  axis = node.normalizeAxis(axis, node.rankOf(value));
  IntegerAttr start = node.builder.getI64IntegerAttr(axis);
  IntegerAttr end = node.builder.getI64IntegerAttr(axis + 1);
  Value size = node.create<graph::ShapeOp>(value, start, end);
  return node.builder.create<graph::ItemOp>(
      node.loc, node.builder.getI64Type(), size);
}

Value createReversed(NodeImport &node, Value value) {
  Value start = node.i64Vector(-1), step = node.i64Vector(-1);
  Value end = node.i64Vector(std::numeric_limits<int64_t>::min());
  return node.create<graph::SliceOp>(value, start, end, node.i64Vector(0),
                                     step);
}

//===----------------------------------------------------------------------===//
// If
//===----------------------------------------------------------------------===//

/// The type of what two branches give.
static Type getCommonType(NodeImport &node, unsigned index, Value a, Value b) {
  Type element = NodeImport::elementType(a);
  if (element != NodeImport::elementType(b))
    node.refuse("output " + llvm::Twine(index) +
                " has different element types in the two branches");
  if (a.getType() == b.getType())
    return a.getType();
  auto lhs = dyn_cast<RankedTensorType>(a.getType());
  auto rhs = dyn_cast<RankedTensorType>(b.getType());
  if (lhs && rhs && lhs.getRank() == rhs.getRank())
    return getLooseType(lhs);
  return UnrankedTensorType::get(element);
}

void importIf(NodeImport &node) {
  OpBuilder &builder = node.builder;
  Value condition = builder.create<graph::ItemOp>(
      node.loc, builder.getI1Type(), node.operand(0));
  OperationState state(node.loc, scf::IfOp::getOperationName());
  state.addOperands(condition);
  llvm::SmallVector<llvm::SmallVector<Value>> results;
  llvm::SmallVector<Block *> blocks;
  for (llvm::StringRef name : {"then_branch", "else_branch"}) {
    OpBuilder::InsertionGuard guard(builder);
    blocks.push_back(&state.addRegion()->emplaceBlock());
    builder.setInsertionPointToEnd(blocks.back());
    results.push_back(node.bodies.importBody(getBody(node, name, 0), {}));
    if (results.back().size() != node.numResults())
      node.refuse("graph " + name + " has " +
                  llvm::Twine(results.back().size()) + " outputs, the node " +
                  llvm::Twine(node.numResults()));
  }
  for (unsigned i = 0; i < node.numResults(); ++i)
    state.addTypes(getCommonType(node, i, results[0][i], results[1][i]));
  for (auto [block, values] : llvm::zip(blocks, results)) {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToEnd(block);
    for (auto [value, type] : llvm::zip(values, state.types))
      value = retype(node, value, type);
    builder.create<scf::YieldOp>(node.loc, values);
  }
  node.yield(builder.create(state)->getResults());
}

//===----------------------------------------------------------------------===//
// Loop
//===----------------------------------------------------------------------===//

llvm::SmallVector<Value>
createWhile(NodeImport &node, Value limit, Value condition,
            llvm::ArrayRef<Value> carried, unsigned numScans,
            IterationFn iterate) {
  OpBuilder &builder = node.builder;
  Location loc = node.loc;
  llvm::SmallVector<Value> inits{
      builder.create<arith::ConstantIntOp>(loc, 0, 64), condition};
  for (Value value : carried)
    inits.push_back(retype(node, value, getLooseType(value.getType())));
  llvm::SmallVector<Type> types = llvm::to_vector(ValueRange(inits).getTypes());

  // The body comes first: it tells what is collected.
  OperationState state(loc, scf::WhileOp::getOperationName());
  Block &before = state.addRegion()->emplaceBlock();
  Block &after = state.addRegion()->emplaceBlock();
  for (Type type : types)
    after.addArgument(type, loc);
  llvm::SmallVector<Value> next, scans;
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToEnd(&after);
    Iteration iteration{after.getArgument(0), after.getArgument(1), {}};
    llvm::append_range(iteration.carried, after.getArguments().drop_front(2));
    IterationResult result = iterate(iteration);
    Value one = builder.create<arith::ConstantIntOp>(loc, 1, 64);
    next = {builder.create<arith::AddIOp>(loc, after.getArgument(0), one),
            result.condition};
    for (auto [value, type] :
         llvm::zip(result.carried, llvm::drop_begin(types, 2)))
      next.push_back(retype(node, value, type));
    for (Value scan : result.scans) {
      auto type = UnrankedTensorType::get(NodeImport::elementType(scan));
      if (auto ranked = dyn_cast<RankedTensorType>(scan.getType())) {
        llvm::SmallVector<int64_t> shape(ranked.getRank() + 1,
                                         ShapedType::kDynamic);
        types.push_back(
            RankedTensorType::get(shape, ranked.getElementType()));
      } else {
        types.push_back(type);
      }
      Value collected = after.addArgument(types.back(), loc);
      next.push_back(retype(
          node, node.create<graph::AppendOp>(collected, scan), types.back()));
    }
    builder.create<scf::YieldOp>(loc, next);
  }
  for (unsigned i = 0; i < numScans; ++i)
    inits.push_back(builder.create<graph::EmptyScanOp>(
        loc, types[types.size() - numScans + i]));

  for (Type type : types)
    before.addArgument(type, loc);
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToEnd(&before);
    Value go = before.getArgument(1);
    if (limit) {
      Value isLess = builder.create<arith::CmpIOp>(
          loc, arith::CmpIPredicate::slt, before.getArgument(0), limit);
      go = builder.create<arith::AndIOp>(loc, go, isLess);
    }
    builder.create<scf::ConditionOp>(loc, go, before.getArguments());
  }
  state.addOperands(inits);
  state.addTypes(types);
  return llvm::to_vector_of<Value>(
      llvm::drop_begin(builder.create(state)->getResults(), 2));
}

void importLoop(NodeImport &node) {
  OpBuilder &builder = node.builder;
  Location loc = node.loc;
  Value limit = node.operand(0), condition = node.operand(1);
  if (limit)
    limit = builder.create<graph::ItemOp>(loc, builder.getI64Type(), limit);
  if (condition)
    condition =
        builder.create<graph::ItemOp>(loc, builder.getI1Type(), condition);
  else
    condition = builder.create<arith::ConstantIntOp>(loc, 1, 1);
  llvm::ArrayRef<Value> carried = node.operands().drop_front(
      std::min<size_t>(2, node.operands().size()));
  const onnx::GraphProto &body = getBody(node, "body", carried.size() + 2);
  size_t numScans = node.numResults() - carried.size();
  if (node.numResults() < carried.size() ||
      size_t(body.output_size()) != 1 + node.numResults())
    node.refuse("graph body has " + llvm::Twine(body.output_size()) +
                " outputs, expected " + llvm::Twine(1 + node.numResults()));
  auto iterate = [&](const Iteration &iteration) {
    llvm::SmallVector<Value> arguments{
        node.create<graph::FromItemOp>(iteration.number),
        node.create<graph::FromItemOp>(iteration.condition)};
    llvm::append_range(arguments, iteration.carried);
    llvm::SmallVector<Value> values = node.bodies.importBody(body, arguments);
    IterationResult result;
    result.condition = builder.create<graph::ItemOp>(loc, builder.getI1Type(),
                                                     values.front());
    for (auto [i, value] : llvm::enumerate(llvm::drop_begin(values)))
      (i < carried.size() ? result.carried : result.scans).push_back(value);
    for (auto [i, value] : llvm::enumerate(result.carried))
      if (NodeImport::elementType(value) != NodeImport::elementType(carried[i]))
        node.refuse("carried value " + llvm::Twine(i) +
                    " changes its element type");
    return result;
  };
  node.yield(createWhile(node, limit, condition, carried, numScans, iterate));
}

} // namespace atrous::onnx_frontend
