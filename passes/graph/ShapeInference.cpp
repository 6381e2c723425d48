//===- ShapeInference.cpp - Types of values, through control flow ---------===//

#include "passes/graph/ShapeInference.h"

#include "dialects/graph/Constants.h"
#include "dialects/graph/SizeExpr.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"

using namespace mlir;
using namespace atrous;
using graph::Dim;
using graph::Dims;

ShapeInference::ShapeInference(func::FuncOp function,
                               std::function<bool(Operation *)> fold)
    : function(function), fold(std::move(fold)) {
  // Names that are in use already.
  auto collect = [&](Type type) {
    auto ranked = dyn_cast<RankedTensorType>(type);
    if (!ranked)
      return;
    for (Dim dim : graph::getDims(ranked))
      if (dim.symbol)
        if (auto size = graph::SizeExpr::parse(dim.symbol.getValue()))
          size->forEachName([&](StringRef name) { names.insert(name); });
  };
  for (Type type : function.getArgumentTypes())
    collect(type);
  function.walk([&](Operation *op) {
    for (Type type : op->getResultTypes())
      collect(type);
    for (Region &region : op->getRegions())
      for (Block &block : region)
        for (Type type : block.getArgumentTypes())
          collect(type);
  });
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

/// What both types say; null if they contradict each other. `inferred` wins in
/// what only an encoding says.
static Type mergeTypes(Type declared, Type inferred) {
  auto old = dyn_cast<RankedTensorType>(declared);
  auto now = dyn_cast<RankedTensorType>(inferred);
  if (getElementTypeOrSelf(declared) != getElementTypeOrSelf(inferred))
    return Type();
  if (!old || !now)
    return now ? inferred : declared;
  if (old.getRank() != now.getRank())
    return Type();
  Dims dims = graph::getDims(now);
  for (auto [dim, known] : llvm::zip(dims, graph::getDims(old))) {
    if (!known.isDynamic() && !dim.isDynamic() && known.size != dim.size)
      return Type();
    if (dim.isDynamic() && (!known.isDynamic() || !dim.symbol))
      dim = known;
  }
  auto merged = graph::getTensorType(std::nullopt, dims, now.getElementType());
  if (failed(merged))
    return Type();
  graph::TensorAttr layout = graph::getTensorAttr(now);
  return graph::withLayout(*merged,
                           layout ? layout : graph::getTensorAttr(old));
}

/// Gives each nameless dynamic size of `value`'s type a name.
Type ShapeInference::nameSizes(Type type, Value value) {
  auto ranked = dyn_cast<RankedTensorType>(type);
  if (!ranked)
    return type;
  Dims dims = graph::getDims(ranked);
  bool changed = false;
  for (auto [number, dim] : llvm::enumerate(dims)) {
    if (!dim.isDynamic() || dim.symbol)
      continue;
    std::string base = "value";
    if (auto name = dyn_cast<NameLoc>(value.getLoc()))
      base = graph::getSizeName(name.getName().getValue());
    base += "." + std::to_string(number);
    std::string unique = base;
    for (unsigned i = 0; !names.insert(unique).second; ++i)
      unique = base + "." + std::to_string(i);
    dim.symbol = StringAttr::get(type.getContext(), unique);
    changed = true;
  }
  if (!changed)
    return type;
  return *graph::getTensorType(std::nullopt, dims, ranked.getElementType());
}

void ShapeInference::setType(Value value, Type type, Mode mode) {
  // A restart keeps names, so that a loop's types settle.
  auto old = dyn_cast<RankedTensorType>(value.getType());
  auto now = dyn_cast<RankedTensorType>(type);
  if (mode == Mode::restart && old && now && old.getRank() == now.getRank()) {
    Dims dims = graph::getDims(now);
    for (auto [dim, known] : llvm::zip(dims, graph::getDims(old)))
      if (dim.isDynamic() && !dim.symbol && known.isDynamic())
        dim = known;
    type = *graph::getTensorType(std::nullopt, dims, now.getElementType());
  }
  value.setType(nameSizes(type, value));
}

/// The type of what is of type `a` or of type `b`; null (after an error at `op`)
/// where they have no common one.
Type ShapeInference::join(Operation *op, Type a, Type b) {
  auto lhs = dyn_cast<RankedTensorType>(a), rhs = dyn_cast<RankedTensorType>(b);
  if (a == b || !isa<TensorType>(a))
    return a;
  if (getElementTypeOrSelf(a) != getElementTypeOrSelf(b)) {
    emitError(op->getLoc()) << "merges values of types " << a << " and " << b;
    return {};
  }
  // Nothing is known of an unranked one yet, so names are not in common.
  if (!lhs || !rhs) {
    auto known = lhs ? lhs : rhs;
    if (!known)
      return a;
    return *graph::getTensorType(
        std::nullopt, llvm::to_vector_of<Dim>(known.getShape()),
        known.getElementType());
  }
  if (lhs.getRank() != rhs.getRank()) {
    emitError(op->getLoc()) << "merges values of ranks " << lhs.getRank()
                            << " and " << rhs.getRank();
    return {};
  }
  Dims dims = graph::getDims(lhs);
  for (auto [dim, other] : llvm::zip(dims, graph::getDims(rhs)))
    if (!dim.isSameAs(other))
      dim = Dim();
  return *graph::getTensorType(std::nullopt, dims, lhs.getElementType());
}

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
  if (auto empty = value.getDefiningOp<graph::EmptyScanOp>())
    if (value.hasOneUse()) {
      value.setType(type);
      return value;
    }
  return builder.create<graph::RetypeOp>(value.getLoc(), type, value);
}

//===----------------------------------------------------------------------===//
// Ops
//===----------------------------------------------------------------------===//

/// Infers the op's result types from its operands. A failure has been reported.
static LogicalResult getInferredTypes(Operation *op,
                                      SmallVectorImpl<Type> &inferred) {
  bool reported = false;
  ScopedDiagnosticHandler note(op->getContext(), [&](Diagnostic &d) {
    reported |= d.getSeverity() == DiagnosticSeverity::Error;
    return failure();
  });
  auto inference = cast<InferTypeOpInterface>(op);
  if (succeeded(inference.inferReturnTypes(
          op->getContext(), op->getLoc(), op->getOperands(),
          op->getAttrDictionary(), op->getPropertiesStorage(),
          op->getRegions(), inferred)) &&
      inferred.size() == op->getNumResults())
    return success();
  if (!reported)
    emitError(op->getLoc()) << "operands do not fit together";
  return failure();
}

/// Replaces sizes that follow from types, though not all that they are computed
/// from does.
static bool foldSizes(Operation *op) {
  auto type = op->getNumResults() == 1
                  ? dyn_cast<RankedTensorType>(op->getResult(0).getType())
                  : RankedTensorType();
  if (!type || !type.hasStaticShape() || type.getRank() > 1 ||
      !type.getElementType().isSignlessInteger(64))
    return false;
  std::optional<Dims> sizes = graph::getSizeElements(op->getResult(0));
  bool isKnown = sizes && llvm::none_of(*sizes, [](Dim size) {
                   return size.isDynamic();
                 });
  if (!isKnown || int64_t(sizes->size()) != type.getNumElements())
    return false;
  SmallVector<int64_t> values;
  for (Dim size : *sizes)
    values.push_back(size.size);
  OpBuilder builder(op);
  ArrayRef<char> bytes(reinterpret_cast<const char *>(values.data()),
                       values.size() * sizeof(int64_t));
  op->getResult(0).replaceAllUsesWith(
      graph::createConstant(builder, op->getLoc(), type, bytes));
  return true;
}

LogicalResult ShapeInference::inferOp(Operation *op, Mode mode) {
  if (auto item = dyn_cast<graph::ItemOp>(op)) {
    if (mode == Mode::refine && foldItem(item))
      item.erase();
    return success();
  }
  if (auto branch = dyn_cast<scf::IfOp>(op)) {
    APInt condition;
    if (mode == Mode::refine &&
        matchPattern(branch.getCondition(), m_ConstantInt(&condition)))
      return inlineBranch(branch, condition.getBoolValue());
    return inferIf(branch, mode);
  }
  if (auto loop = dyn_cast<scf::WhileOp>(op))
    return inferWhile(loop, mode);
  bool infers = isa_and_nonnull<graph::GraphDialect>(op->getDialect()) &&
                isa<InferTypeOpInterface>(op) && !isa<graph::ConstantOp>(op);
  if (!infers)
    return success();
  SmallVector<Type> inferred;
  if (failed(getInferredTypes(op, inferred)))
    return failure();
  for (auto [result, type] : llvm::zip(op->getResults(), inferred)) {
    Type merged =
        mode == Mode::refine ? mergeTypes(result.getType(), type) : type;
    if (!merged)
      return emitError(op->getLoc())
             << "computes " << type << " where the model says "
             << result.getType();
    setType(result, merged, mode);
  }
  if (mode == Mode::refine && (fold(op) || foldSizes(op)))
    op->erase();
  return success();
}

LogicalResult ShapeInference::inferBlock(Block &block, Mode mode) {
  for (Operation &op : llvm::make_early_inc_range(block)) {
    if (failed(inferOp(&op, mode)))
      return failure();
  }
  return success();
}

LogicalResult ShapeInference::run() {
  for (BlockArgument arg : function.getArguments())
    arg.setType(nameSizes(arg.getType(), arg));
  return inferBlock(function.getBody().front(), Mode::refine);
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
    op.replaceAllUsesWith(builder
                              .create<arith::ConstantOp>(
                                  op.getLoc(), type,
                                  builder.getIntegerAttr(type, ints->front()))
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
    Type joined = join(op, thenYield->getOperand(i).getType(),
                       elseYield->getOperand(i).getType());
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

/// Gives the values that a loop carries the types of what they are at first and
/// after an iteration.
LogicalResult ShapeInference::widenCarried(scf::WhileOp op, bool &changed) {
  changed = false;
  for (auto [init, arg, next] :
       llvm::zip(op.getInits(), op.getBeforeArguments(),
                 op.getYieldOp().getOperands())) {
    bool isCollected = init.getDefiningOp<graph::EmptyScanOp>();
    Type joined = join(op, arg.getType(), next.getType());
    if (joined && !isCollected)
      joined = join(op, joined, init.getType());
    if (!joined)
      return failure();
    joined = keepOwnNames(joined, arg.getType(), init.getType());
    joined = nameSizes(joined, arg);
    changed |= joined != arg.getType();
    arg.setType(joined);
  }
  return success();
}

LogicalResult ShapeInference::inferWhile(scf::WhileOp op, Mode mode) {
  auto passOn = [&] {
    for (auto [arg, value] : llvm::zip(op.getAfterArguments(),
                                       op.getConditionOp().getArgs()))
      arg.setType(value.getType());
  };
  stripRetypes(op);
  stripRetypes(op.getYieldOp());
  for (auto [arg, init] : llvm::zip(op.getBeforeArguments(), op.getInits())) {
    // What is collected has the shape of what is appended.
    if (init.getDefiningOp<graph::EmptyScanOp>())
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
    yield->setOperand(number, retype(builder, yield->getOperand(number),
                                     arg.getType()));
  }
  for (auto [result, value] :
       llvm::zip(op.getResults(), op.getConditionOp().getArgs()))
    result.setType(value.getType());
}
