//===- ControlFlowTypes.cpp - Types where branches and iterations meet ----===//

#include "passes/graph/ShapeInference.h"

#include "dialects/graph/Constants.h"
#include "passes/graph/JoinTypes.h"

using namespace mlir;
using namespace atrous;
using graph::Dim;
using graph::Dims;

/// The value behind what an earlier run retyped.
static void stripRetype(OpOperand &operand) {
  while (auto retype = operand.get().getDefiningOp<graph::RetypeOp>()) {
    operand.set(retype.getInput());
    if (retype->use_empty())
      retype.erase();
  }
}

static void stripRetypes(Operation *op) {
  for (OpOperand &operand : op->getOpOperands())
    stripRetype(operand);
}

Value ShapeInference::retype(OpBuilder &builder, Value value, Type type) {
  if (value.getType() == type)
    return value;
  if (isEmpty(value)) {
    if (!value.hasOneUse())
      return builder.create<graph::EmptyScanOp>(value.getLoc(), type);
    value.setType(type);
    return value;
  }
  return builder.create<graph::RetypeOp>(value.getLoc(), type, value);
}

//===----------------------------------------------------------------------===//
// Control flow
//===----------------------------------------------------------------------===//

/// A scalar of a constant is one.
bool ShapeInference::foldItem(graph::ItemOp op) {
  OpBuilder builder(op);
  Type type = op.getType();
  if (auto ints = graph::getConstantInts(op.getInput(), 1);
      succeeded(ints) && ints->size() == 1) {
    op.replaceAllUsesWith(
        builder
            .create<arith::ConstantOp>(
                op.getLoc(), type, builder.getIntegerAttr(type, ints->front()))
            .getResult());
    return true;
  }
  return false;
}

/// The branch that is taken, in the place of the op: the other one says nothing
/// about shapes.
LogicalResult ShapeInference::inlineBranch(scf::IfOp op, bool condition) {
  Region &region = condition ? op.getThenRegion() : op.getElseRegion();
  if (!region.empty()) {
    Operation *yield = region.front().getTerminator();
    for (Operation &inner :
         llvm::make_early_inc_range(region.front().without_terminator())) {
      inner.moveBefore(op);
      if (failed(inferOp(&inner, Mode::refine)))
        return failure();
    }
    stripRetypes(yield);
    op->replaceAllUsesWith(yield->getOperands());
  }
  op.erase();
  return success();
}

LogicalResult ShapeInference::inferIf(scf::IfOp op, Mode mode) {
  for (Region *region : op.getRegions())
    if (!region->empty() && failed(inferBlock(region->front(), mode)))
      return failure();
  if (op.getNumResults() == 0)
    return success();
  Operation *thenYield = op.thenYield(), *elseYield = op.elseYield();
  stripRetypes(thenYield);
  stripRetypes(elseYield);
  for (OpResult result : op.getResults()) {
    unsigned i = result.getResultNumber();
    Type joined =
        joinValues(op, thenYield->getOperand(i), elseYield->getOperand(i));
    if (!joined)
      return failure();
    setType(result, joined, mode);
    for (Operation *yield : {thenYield, elseYield}) {
      OpBuilder builder(yield);
      yield->setOperand(
          i, retype(builder, yield->getOperand(i), result.getType()));
    }
  }
  return success();
}

/// `joined`, with the names that `carried` has of its own, not from `init`.
static Type keepOwnNames(Type joined, Type carried, Type init) {
  auto result = dyn_cast<RankedTensorType>(joined);
  auto old = dyn_cast<RankedTensorType>(carried);
  auto first = dyn_cast<RankedTensorType>(init);
  if (!result || !old)
    return joined;
  Dims dims = graph::getDims(result), oldDims = graph::getDims(old);
  for (auto [i, dim] : llvm::enumerate(dims)) {
    bool isInits = first && graph::getDims(first)[i].isSameAs(oldDims[i]);
    if (dim.isDynamic() && !dim.symbol && oldDims[i].isDynamic() && !isInits)
      dim = oldDims[i];
  }
  return *graph::getTensorType(std::nullopt, dims, result.getElementType());
}

static bool hasOwnFirstSize(Type type) {
  auto ranked = dyn_cast<RankedTensorType>(type);
  return ranked && ranked.getRank() > 0 && ranked.isDynamicDim(0);
}

/// Gives the values that a loop carries the types of what they are at first and
/// after an iteration.
LogicalResult ShapeInference::widenCarried(scf::WhileOp op, bool &changed) {
  changed = false;
  for (auto [init, arg, next] :
       llvm::zip(op.getInits(), op.getBeforeArguments(),
                 op.getYieldOp().getOperands())) {
    Type joined = joinTypes(op, arg.getType(), next.getType());
    // A size that is not known, which the value has of its own, may be 0.
    if (joined && (!isEmpty(init) || !hasOwnFirstSize(joined)))
      joined = joinTypes(op, joined,
                         isEmpty(init) ? getEmptyType(joined) : init.getType());
    if (!joined)
      return failure();
    joined = keepOwnNames(joined, arg.getType(), init.getType());
    joined = nameSizes(joined, arg);
    changed |= joined != arg.getType();
    arg.setType(joined);
  }
  return success();
}

/// Gives carried values of which nothing is known the types of what stands for
/// them: no iteration says more. Returns whether there are any.
static bool takeInitialTypes(scf::WhileOp op) {
  bool changed = false;
  for (auto [init, arg] : llvm::zip(op.getInits(), op.getBeforeArguments()))
    if (isa<UnrankedTensorType>(arg.getType()) &&
        isa<RankedTensorType>(init.getType())) {
      arg.setType(init.getType());
      changed = true;
    }
  return changed;
}

LogicalResult ShapeInference::inferWhile(scf::WhileOp op, Mode mode) {
  auto passOn = [&] {
    for (auto [arg, value] :
         llvm::zip(op.getAfterArguments(), op.getConditionOp().getArgs()))
      arg.setType(value.getType());
  };
  stripRetypes(op);
  stripRetypes(op.getYieldOp());
  for (auto [arg, init] : llvm::zip(op.getBeforeArguments(), op.getInits())) {
    // What is collected has the shape of what is appended or inserted.
    if (isEmpty(init))
      arg.setType(UnrankedTensorType::get(getElementTypeOrSelf(init)));
    else
      arg.setType(nameSizes(init.getType(), arg));
  }
  bool changed = true;
  while (changed) {
    if (failed(inferBlock(*op.getBeforeBody(), Mode::restart)))
      return failure();
    passOn();
    if (failed(inferBlock(*op.getAfterBody(), Mode::restart)) ||
        failed(widenCarried(op, changed)))
      return failure();
    changed = changed || takeInitialTypes(op);
  }
  // Now that the types hold for every iteration, the body may be folded.
  if (mode == Mode::refine) {
    if (failed(inferBlock(*op.getBeforeBody(), mode)) ||
        failed(inferBlock(*op.getAfterBody(), mode)))
      return failure();
  }
  retypeWhile(op);
  return success();
}

/// Makes the types at a loop's ends agree.
void ShapeInference::retypeWhile(scf::WhileOp op) {
  OpBuilder builder(op);
  for (auto [number, arg] : llvm::enumerate(op.getBeforeArguments())) {
    builder.setInsertionPoint(op);
    op->setOperand(number,
                   retype(builder, op->getOperand(number), arg.getType()));
    Operation *yield = op.getYieldOp();
    builder.setInsertionPoint(yield);
    yield->setOperand(
        number, retype(builder, yield->getOperand(number), arg.getType()));
  }
  for (auto [result, value] :
       llvm::zip(op.getResults(), op.getConditionOp().getArgs()))
    result.setType(value.getType());
}
