//===- ShapeInference.cpp - Types of values, op by op ---------------------===//

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

/// Sizes that nobody knows of what there is not yet are 0.
static void settleEmpty(graph::EmptyScanOp op) {
  auto type = dyn_cast<RankedTensorType>(op.getType());
  if (!type)
    return;
  Dims dims = graph::getDims(type);
  for (Dim &dim : dims)
    if (dim.isDynamic() && !dim.symbol)
      dim = Dim(0);
  op.getOutput().setType(
      *graph::getTensorType(std::nullopt, dims, type.getElementType()));
}

LogicalResult ShapeInference::inferOp(Operation *op, Mode mode) {
  if (auto empty = dyn_cast<graph::EmptyScanOp>(op)) {
    settleEmpty(empty);
    return success();
  }
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
