//===- Loop.cpp - Loop, and what it shares with If and Scan ---------------===//
//
// Branches are scf.if, loops scf.while, on tensors. Types of values that
// branches and iterations pass on say at first no more than their rank.
//
//===----------------------------------------------------------------------===//

#include "frontends/onnx/ValueForm.h"
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

Type getEmptyOrType(Type type) {
  auto ranked = dyn_cast<RankedTensorType>(type);
  if (!ranked || ranked.getRank() == 0)
    return type;
  llvm::SmallVector<int64_t> shape(ranked.getShape());
  shape.front() = ShapedType::kDynamic;
  return RankedTensorType::get(shape, ranked.getElementType());
}

Value retype(NodeImport &node, Value value, Type type) {
  if (value.getType() == type)
    return value;
  return node.builder.create<graph::RetypeOp>(node.loc, type, value);
}

llvm::SmallVector<Value> getTensors(NodeImport &node,
                                    llvm::ArrayRef<GraphValue> values,
                                    llvm::StringRef what) {
  llvm::SmallVector<Value> tensors;
  for (auto [i, value] : llvm::enumerate(values)) {
    if (!value.tensor || value.isOptional)
      node.refuse(what + " " + llvm::Twine(i) + " is no tensor");
    tensors.push_back(value.tensor);
  }
  return tensors;
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
  return node.builder.create<graph::ItemOp>(node.loc, node.builder.getI64Type(),
                                            size);
}

Value createReversed(NodeImport &node, Value value) {
  Value start = node.i64Vector(-1), step = node.i64Vector(-1);
  Value end = node.i64Vector(std::numeric_limits<int64_t>::min());
  return node.create<graph::SliceOp>(value, start, end, node.i64Vector(0),
                                     step);
}

//===----------------------------------------------------------------------===//
// Loop
//===----------------------------------------------------------------------===//

/// The type of all iterations' parts of a collected output.
static Type getCollectedType(Type part) {
  auto ranked = dyn_cast<RankedTensorType>(part);
  if (!ranked)
    return part;
  llvm::SmallVector<int64_t> shape(ranked.getRank() + 1, ShapedType::kDynamic);
  return RankedTensorType::get(shape, ranked.getElementType());
}

llvm::SmallVector<Value> createWhile(NodeImport &node, Value limit,
                                     Value condition,
                                     llvm::ArrayRef<Value> carried,
                                     IterationFn iterate) {
  OpBuilder &builder = node.builder;
  Location loc = node.loc;
  llvm::SmallVector<Value> inits{
      builder.create<arith::ConstantIntOp>(loc, 0, 64), condition};
  llvm::append_range(inits, carried);
  llvm::SmallVector<Type> types;
  // Of what there is not yet the body tells the type.
  for (Value init : inits)
    types.push_back(init.getDefiningOp<graph::EmptyScanOp>()
                        ? UnrankedTensorType::get(NodeImport::elementType(init))
                        : getLooseType(init.getType()));

  OperationState state(loc, scf::WhileOp::getOperationName());
  Block &before = state.addRegion()->emplaceBlock();
  Block &after = state.addRegion()->emplaceBlock();
  for (Type type : types)
    after.addArgument(type, loc);
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToEnd(&after);
    Iteration iteration{after.getArgument(0), after.getArgument(1), {}};
    llvm::append_range(iteration.carried, after.getArguments().drop_front(2));
    IterationResult result = iterate(iteration);
    Value one = builder.create<arith::ConstantIntOp>(loc, 1, 64);
    llvm::SmallVector<Value> next{
        builder.create<arith::AddIOp>(loc, after.getArgument(0), one),
        result.condition};
    llvm::append_range(next, result.carried);
    for (Value scan : result.scans) {
      types.push_back(getCollectedType(scan.getType()));
      Value collected = after.addArgument(types.back(), loc);
      next.push_back(node.create<graph::AppendOp>(collected, scan));
    }
    for (auto [i, init] : llvm::enumerate(inits))
      if (init.getDefiningOp<graph::EmptyScanOp>())
        types[i] = getEmptyOrType(next[i].getType());
    for (auto [value, type, argument] :
         llvm::zip(next, types, after.getArguments())) {
      argument.setType(type);
      value = retype(node, value, type);
    }
    builder.create<scf::YieldOp>(loc, next);
  }
  for (auto [init, type] : llvm::zip(inits, types))
    init = retype(node, init, type);
  for (Type type : llvm::drop_begin(types, inits.size()))
    inits.push_back(builder.create<graph::EmptyScanOp>(loc, type));

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

/// The form in which a loop carries its values.
static llvm::SmallVector<ValueForm>
getCarriedForms(NodeImport &node, llvm::ArrayRef<GraphValue> carried) {
  llvm::SmallVector<ValueForm> forms;
  for (const GraphValue &value : carried) {
    forms.emplace_back(value);
    forms.back().loosen(node.loc, value);
  }
  return forms;
}

/// Takes the values of `forms` from the front of `tensors`.
static llvm::SmallVector<GraphValue>
unflattenAll(NodeImport &node, llvm::ArrayRef<ValueForm> forms,
             llvm::ArrayRef<Value> &tensors) {
  llvm::SmallVector<GraphValue> values;
  for (const ValueForm &form : forms)
    values.push_back(form.unflatten(node.builder, tensors));
  return values;
}

/// Appends the tensors of what an iteration gives for the carried values.
static void flattenNext(NodeImport &node, llvm::ArrayRef<ValueForm> forms,
                        llvm::ArrayRef<GraphValue> values,
                        llvm::SmallVectorImpl<Value> &tensors) {
  for (auto [i, value] : llvm::enumerate(values)) {
    ValueForm form = forms[i];
    form.join(node.loc, "carried value " + llvm::Twine(i), ValueForm(value));
    if (form.isOptional && !forms[i].isOptional)
      node.refuse("carried value " + llvm::Twine(i) + " becomes an optional");
    forms[i].flatten(node.builder, node.loc, value, tensors);
  }
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
  llvm::ArrayRef<GraphValue> carried =
      node.inputs().drop_front(std::min<size_t>(2, node.inputs().size()));
  const onnx::GraphProto &body = getBody(node, "body", carried.size() + 2);
  if (node.numResults() < carried.size() ||
      size_t(body.output_size()) != 1 + node.numResults())
    node.refuse("graph body has " + llvm::Twine(body.output_size()) +
                " outputs, expected " + llvm::Twine(1 + node.numResults()));

  llvm::SmallVector<ValueForm> forms = getCarriedForms(node, carried);
  llvm::SmallVector<Value> inits;
  for (auto [form, value] : llvm::zip(forms, carried))
    form.flatten(builder, loc, value, inits);
  llvm::SmallVector<GraphValue> last;
  auto iterate = [&](const Iteration &iteration) {
    llvm::SmallVector<GraphValue> arguments{
        node.create<graph::FromItemOp>(iteration.number),
        node.create<graph::FromItemOp>(iteration.condition)};
    llvm::ArrayRef<Value> tensors(iteration.carried);
    llvm::append_range(arguments, unflattenAll(node, forms, tensors));
    last = node.bodies.importBody(body, arguments);
    llvm::ArrayRef<GraphValue> values(last);
    IterationResult result;
    result.condition = builder.create<graph::ItemOp>(
        loc, builder.getI1Type(),
        getTensors(node, values.take_front(), "condition").front());
    values = values.drop_front();
    flattenNext(node, forms, values.take_front(carried.size()), result.carried);
    result.scans =
        getTensors(node, values.drop_front(carried.size()), "collected output");
    return result;
  };
  llvm::SmallVector<Value> tensors =
      createWhile(node, limit, condition, inits, iterate);
  llvm::ArrayRef<Value> rest(tensors);
  llvm::SmallVector<GraphValue> results = unflattenAll(node, forms, rest);
  // What is an optional at first only must have got its element.
  for (auto [result, value] : llvm::zip(results, llvm::drop_begin(last)))
    if (!value.isOptional)
      result = getElement(builder, loc, result);
  llvm::append_range(results, rest);
  node.yieldAny(results);
}

} // namespace atrous::onnx_frontend
