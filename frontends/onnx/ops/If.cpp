//===- If.cpp - If --------------------------------------------------------===//

#include "frontends/onnx/ValueForm.h"
#include "frontends/onnx/ops/Control.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "onnx/onnx_pb.h"

using namespace mlir;

namespace atrous::onnx_frontend {

static llvm::SmallVector<GraphValue> importBranch(NodeImport &node,
                                                  llvm::StringRef name) {
  llvm::SmallVector<GraphValue> results =
      node.bodies.importBody(getBody(node, name, 0), {});
  if (results.size() != node.numResults())
    node.refuse("graph " + name + " has " + llvm::Twine(results.size()) +
                " outputs, the node " + llvm::Twine(node.numResults()));
  return results;
}

/// The type of what two branches give.
static Type getCommonType(Value a, Value b) {
  if (a.getDefiningOp<graph::EmptyScanOp>())
    return getEmptyOrType(b.getType());
  if (b.getDefiningOp<graph::EmptyScanOp>())
    return getEmptyOrType(a.getType());
  auto lhs = dyn_cast<RankedTensorType>(a.getType());
  auto rhs = dyn_cast<RankedTensorType>(b.getType());
  if (a.getType() == b.getType())
    return a.getType();
  if (!lhs || !rhs || lhs.getRank() != rhs.getRank())
    return UnrankedTensorType::get(NodeImport::elementType(a));
  llvm::SmallVector<int64_t> shape;
  for (auto [size, other] : llvm::zip(lhs.getShape(), rhs.getShape()))
    shape.push_back(size == other ? size : ShapedType::kDynamic);
  return RankedTensorType::get(shape, lhs.getElementType());
}

void importIf(NodeImport &node) {
  // A branch that is never taken may be one that cannot be.
  auto known = node.findConstantInts(node.operand(0));
  if (known && known->size() == 1)
    return node.yieldAny(
        importBranch(node, known->front() ? "then_branch" : "else_branch"));

  OpBuilder &builder = node.builder;
  Value condition = builder.create<graph::ItemOp>(node.loc, builder.getI1Type(),
                                                  node.operand(0));
  OperationState state(node.loc, scf::IfOp::getOperationName());
  state.addOperands(condition);
  llvm::SmallVector<llvm::SmallVector<GraphValue>> results;
  llvm::SmallVector<Block *> blocks;
  for (llvm::StringRef name : {"then_branch", "else_branch"}) {
    OpBuilder::InsertionGuard guard(builder);
    blocks.push_back(&state.addRegion()->emplaceBlock());
    builder.setInsertionPointToEnd(blocks.back());
    results.push_back(importBranch(node, name));
  }

  llvm::SmallVector<ValueForm> forms;
  for (auto [i, value] : llvm::enumerate(results[0])) {
    forms.emplace_back(value);
    forms.back().join(node.loc, "output " + llvm::Twine(i),
                      ValueForm(results[1][i]));
  }
  llvm::SmallVector<Value> tensors[2];
  for (unsigned branch : {0, 1}) {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToEnd(blocks[branch]);
    for (auto [form, value] : llvm::zip(forms, results[branch]))
      form.flatten(builder, node.loc, value, tensors[branch]);
  }
  for (auto [a, b] : llvm::zip_equal(tensors[0], tensors[1]))
    state.addTypes(getCommonType(a, b));
  for (auto [block, values] : llvm::zip(blocks, tensors)) {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToEnd(block);
    for (auto [value, type] : llvm::zip(values, state.types))
      value = retype(node, value, type);
    builder.create<scf::YieldOp>(node.loc, values);
  }

  llvm::SmallVector<Value> merged(builder.create(state)->getResults());
  llvm::ArrayRef<Value> rest(merged);
  llvm::SmallVector<GraphValue> outputs;
  for (const ValueForm &form : forms)
    outputs.push_back(form.unflatten(builder, rest));
  node.yieldAny(outputs);
}

} // namespace atrous::onnx_frontend
