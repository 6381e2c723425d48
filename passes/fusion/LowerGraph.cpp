//===- LowerGraph.cpp - Graph ops as linalg on physical tensors -----------===//

#include "passes/fusion/Passes.h"

#include "dialects/graph/Lowering.h"
#include "dialects/graph/SizeExpr.h"
#include "dialects/kernel/Kernel.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/TypeUtilities.h"
#include "passes/fusion/LowerControl.h"
#include "passes/fusion/RuntimeCall.h"
#include "passes/support/ConvAnalysis.h"
#include "passes/support/Interpreter.h"
#include "llvm/ADT/ScopedHashTable.h"

namespace atrous {
#define GEN_PASS_DEF_LOWERGRAPH
#include "passes/fusion/Passes.h.inc"
} // namespace atrous

using namespace mlir;
using namespace atrous;
using graph::Dim;
using graph::Dims;

/// Whether the runtime does `op`, whose types must be ranked.
static FailureOr<bool> isForRuntime(Operation *op) {
  auto runtime = dyn_cast<graph::RuntimeOpInterface>(op);
  if (!runtime || !runtime.needsRuntime())
    return false;
  for (Type type : op->getResultTypes())
    if (!isa<RankedTensorType>(type))
      return op->emitError("has a result of unknown rank");
  return true;
}

static FailureOr<SmallVector<Value>> lowerOp(OpBuilder &builder, Operation *op,
                                             ValueRange operands) {
  if (auto constant = dyn_cast<graph::ConstantOp>(op)) {
    auto value = cast<TypedAttr>(constant.getValue());
    return SmallVector<Value>{
        builder.create<arith::ConstantOp>(op->getLoc(), value)};
  }
  if (isControlOp(op))
    return lowerControlOp(builder, op, operands);
  FailureOr<bool> forRuntime = isForRuntime(op);
  if (failed(forRuntime))
    return failure();
  if (*forRuntime)
    return createRuntimeCall(builder, cast<graph::RuntimeOpInterface>(op),
                             operands);
  if (auto lowering = dyn_cast<graph::LinalgLoweringOpInterface>(op))
    return lowering.lowerToLinalg(
        builder, withAbsentOperands(op, llvm::to_vector(operands)));
  return op->emitError("is not lowered to linalg: an earlier pass should have "
                       "replaced '")
         << op->getName() << "'";
}

/// Names the generics in [first, last), which `op` was lowered to. Elementwise
/// ones around the contraction of an op are its padding and its bias.
static void nameParts(Operation *op, Block::iterator first,
                      Block::iterator last) {
  StringAttr name =
      StringAttr::get(op->getContext(), op->getName().stripDialect());
  auto isContraction = [](Operation &part) {
    auto generic = dyn_cast<linalg::GenericOp>(part);
    return generic && generic.getNumReductionLoops() > 0 &&
           isMultiplyAccumulate(generic);
  };
  auto contraction = std::find_if(first, last, isContraction);
  StringRef around = contraction == last ? name.getValue() : "pad";
  for (auto it = first; it != last; ++it) {
    auto generic = dyn_cast<linalg::GenericOp>(*it);
    if (!generic)
      continue;
    bool isRoot = it == contraction || generic.getNumReductionLoops() > 0;
    if (it == contraction)
      around = "bias";
    generic->setAttr(kPartNameAttr,
                     isRoot ? name : StringAttr::get(op->getContext(), around));
  }
}

namespace {
/// Lowers a function into a new body, block by block.
class FunctionLowering {
public:
  explicit FunctionLowering(func::FuncOp func)
      : func(func), builder(func.getContext()) {}
  LogicalResult run();

private:
  LogicalResult markSignature();
  void lowerArguments(Block &from, Block &to);
  LogicalResult lowerBlock(Block &from, Block &to);
  LogicalResult lower(Operation *op, Block &to);
  void lowerSelect(arith::SelectOp op);
  LogicalResult lowerRegions(Operation *op);
  LogicalResult resolveSizes(Operation *op, Block &to, Operation *before);
  Value getSize(Location loc, StringRef expression);
  void define(Value logical, Value physical);

  func::FuncOp func;
  OpBuilder builder;
  /// Values of the graph dialect → physical ones.
  IRMapping mapping;
  /// What is in scope: the first dimension of each name, and the values of
  /// expressions.
  using Names = llvm::ScopedHashTable<StringRef, std::pair<Value, int64_t>>;
  using Sizes = llvm::ScopedHashTable<StringRef, Value>;
  Names names;
  Sizes sizes;
};
} // namespace

/// The logical element type where the physical one does not tell it, else null.
static Attribute getElementType(Type logical, Type physical) {
  Type element = getElementTypeOrSelf(logical);
  if (element == getElementTypeOrSelf(physical))
    return {};
  return TypeAttr::get(element);
}

/// The names of the dynamic dimensions, null where there are none.
static Attribute getSymbols(Type logical) {
  auto type = dyn_cast<RankedTensorType>(logical);
  if (!type || type.hasStaticShape())
    return {};
  SmallVector<Attribute> symbols;
  for (Dim dim : graph::getDims(type))
    symbols.push_back(dim.symbol ? dim.symbol
                                 : StringAttr::get(type.getContext(), ""));
  return ArrayAttr::get(type.getContext(), symbols);
}

/// Sizes of `logical` can be taken from `physical`, from here on; not where the
/// type is another one than the tensor has: that of a loop's result.
void FunctionLowering::define(Value logical, Value physical) {
  auto type = dyn_cast<RankedTensorType>(logical.getType());
  if (!type || isa_and_present<graph::RetypeOp, graph::EmptyScanOp>(
                   logical.getDefiningOp()))
    return;
  for (auto [number, dim] : llvm::enumerate(graph::getDims(type)))
    if (dim.isDynamic() && dim.symbol && !names.count(dim.symbol.getValue()))
      names.insert(dim.symbol.getValue(), {physical, int64_t(number)});
}

void FunctionLowering::lowerArguments(Block &from, Block &to) {
  for (BlockArgument arg : from.getArguments()) {
    Value physical = to.addArgument(getPhysicalValueType(arg.getType()), arg.getLoc());
    mapping.map(arg, physical);
    define(arg, physical);
  }
}

/// The value of a size at the builder's place, or null.
Value FunctionLowering::getSize(Location loc, StringRef expression) {
  if (Value known = sizes.lookup(expression))
    return known;
  Value value;
  if (auto [tensor, dim] = names.lookup(expression); tensor) {
    value = builder.createOrFold<tensor::DimOp>(loc, tensor, dim);
  } else {
    auto expr = graph::SizeExpr::parse(expression);
    // A name that nothing has is no expression of others.
    if (!expr || expr->isName())
      return {};
    value = expr->emit(builder, loc,
                       [&](StringRef name) { return getSize(loc, name); });
  }
  if (value)
    sizes.insert(StringAttr::get(func.getContext(), expression).getValue(),
                 value);
  return value;
}

/// Replaces the graph.size_value ops among those behind `before`.
LogicalResult FunctionLowering::resolveSizes(Operation *op, Block &to,
                                             Operation *before) {
  Block::iterator first = before ? std::next(before->getIterator()) : to.begin();
  SmallVector<graph::SizeValueOp> requests;
  for (auto it = first; it != to.end(); ++it)
    it->walk([&](graph::SizeValueOp request) { requests.push_back(request); });
  if (requests.empty())
    return success();
  builder.setInsertionPoint(&to, first);
  for (graph::SizeValueOp request : requests) {
    Value size = getSize(op->getLoc(), request.getSize());
    if (!size)
      return op->emitError("needs the size '")
             << request.getSize() << "', which nothing before it has";
    request.replaceAllUsesWith(size);
  }
  builder.setInsertionPointToEnd(&to);
  for (graph::SizeValueOp request : requests)
    request.erase();
  return success();
}

/// A choice between tensors is a branch, as it was before it was simplified.
void FunctionLowering::lowerSelect(arith::SelectOp op) {
  auto yield = [&](Value value) {
    return [this, value](OpBuilder &b, Location loc) {
      b.create<scf::YieldOp>(loc, mapping.lookup(value));
    };
  };
  auto branch = builder.create<scf::IfOp>(
      op.getLoc(), mapping.lookup(op.getCondition()),
      yield(op.getTrueValue()), yield(op.getFalseValue()));
  mapping.map(op.getResult(), branch.getResult(0));
}

/// An op of another dialect: control flow, or scalars.
LogicalResult FunctionLowering::lowerRegions(Operation *op) {
  if (auto select = dyn_cast<arith::SelectOp>(op);
      select && isa<TensorType>(select.getType())) {
    lowerSelect(select);
    return success();
  }
  OperationState state(op->getLoc(), op->getName());
  for (Value operand : op->getOperands())
    state.operands.push_back(mapping.lookup(operand));
  for (Type type : op->getResultTypes())
    state.types.push_back(getPhysicalValueType(type));
  state.attributes = llvm::to_vector(op->getAttrs());
  for (unsigned i = 0; i < op->getNumRegions(); ++i)
    state.addRegion();
  Operation *lowered = builder.create(state);
  mapping.map(op->getResults(), lowered->getResults());
  for (auto [from, to] : llvm::zip(op->getRegions(), lowered->getRegions()))
    for (Block &block : from) {
      OpBuilder::InsertionGuard guard(builder);
      Names::ScopeTy nameScope(names);
      Sizes::ScopeTy sizeScope(sizes);
      Block &body = to.emplaceBlock();
      lowerArguments(block, body);
      if (failed(lowerBlock(block, body)))
        return failure();
    }
  return success();
}

LogicalResult FunctionLowering::lower(Operation *op, Block &to) {
  if (!isa<graph::GraphDialect>(op->getDialect()))
    return lowerRegions(op);
  SmallVector<Value> operands;
  for (Value operand : op->getOperands())
    operands.push_back(mapping.lookup(operand));
  Operation *before = to.empty() ? nullptr : &to.back();
  FailureOr<SmallVector<Value>> results = lowerOp(builder, op, operands);
  if (failed(results) || failed(resolveSizes(op, to, before)))
    return failure();
  nameParts(op, before ? std::next(before->getIterator()) : to.begin(),
            to.end());
  mapping.map(op->getResults(), *results);
  return success();
}

LogicalResult FunctionLowering::lowerBlock(Block &from, Block &to) {
  builder.setInsertionPointToEnd(&to);
  for (Operation &op : from) {
    if (failed(lower(&op, to)))
      return failure();
    for (Value result : op.getResults())
      define(result, mapping.lookup(result));
  }
  return success();
}

/// Marks arguments and results whose physical type does not tell all.
LogicalResult FunctionLowering::markSignature() {
  Block &old = func.getBody().front();
  auto end = cast<func::ReturnOp>(old.getTerminator());
  auto mark = [&](Type type, auto set) {
    if (isa<UnrankedTensorType>(type)) {
      func.emitError("has a value of unknown rank");
      return failure();
    }
    if (Attribute element = getElementType(type, getPhysicalValueType(type)))
      set(graph::kElementTypeAttr, element);
    if (Attribute symbols = getSymbols(type))
      set(graph::kSymbolsAttr, symbols);
    return success();
  };
  for (BlockArgument arg : old.getArguments())
    if (failed(mark(arg.getType(), [&](StringRef name, Attribute value) {
          func.setArgAttr(arg.getArgNumber(), name, value);
        })))
      return failure();
  for (OpOperand &operand : end->getOpOperands())
    if (failed(mark(operand.get().getType(),
                    [&](StringRef name, Attribute value) {
                      func.setResultAttr(operand.getOperandNumber(), name,
                                         value);
                    })))
      return failure();
  return success();
}

LogicalResult FunctionLowering::run() {
  Block &old = func.getBody().front();
  auto *body = new Block();
  func.getBody().push_back(body);
  Names::ScopeTy nameScope(names);
  Sizes::ScopeTy sizeScope(sizes);
  if (failed(markSignature()))
    return failure();
  lowerArguments(old, *body);
  if (failed(lowerBlock(old, *body)))
    return failure();
  old.dropAllReferences();
  old.erase();
  func.setFunctionType(builder.getFunctionType(
      body->getArgumentTypes(), body->getTerminator()->getOperandTypes()));
  return success();
}

namespace {
struct LowerGraph : public atrous::impl::LowerGraphBase<LowerGraph> {
  void runOnOperation() override {
    for (auto func : getOperation().getOps<func::FuncOp>()) {
      if (func.isExternal())
        continue;
      if (!func.getBody().hasOneBlock()) {
        func.emitError("control flow between blocks is not lowered");
        return signalPassFailure();
      }
      if (failed(FunctionLowering(func).run()))
        return signalPassFailure();
    }
  }
};
} // namespace
