//===- LowerGraph.cpp - Graph ops as linalg on physical tensors -----------===//

#include "passes/fusion/Passes.h"

#include "dialects/graph/Graph.h"
#include "dialects/kernel/Kernel.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/TypeUtilities.h"
#include "passes/fusion/RuntimeCall.h"
#include "passes/support/ConvAnalysis.h"
#include "passes/support/Interpreter.h"

namespace atrous {
#define GEN_PASS_DEF_LOWERGRAPH
#include "passes/fusion/Passes.h.inc"
} // namespace atrous

using namespace mlir;
using namespace atrous;

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
/// Lowers one function of a single block.
class FunctionLowering {
public:
  explicit FunctionLowering(func::FuncOp func)
      : func(func), block(func.getBody().front()), builder(func.getContext()) {}
  LogicalResult run();

private:
  FailureOr<Type> convertType(Type type, StringRef what, unsigned number);
  LogicalResult convertArguments();
  LogicalResult convertReturn(func::ReturnOp op);
  LogicalResult lower(Operation *op);
  Attribute getElementType(Type logical, Type physical);

  func::FuncOp func;
  Block &block;
  OpBuilder builder;
  /// Values of the graph dialect → physical ones.
  IRMapping mapping;
};
} // namespace

FailureOr<Type> FunctionLowering::convertType(Type type, StringRef what,
                                              unsigned number) {
  if (!isa<TensorType>(type))
    return type;
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor)
    return func.emitError()
           << what << " " << number << " has an unknown rank: " << type;
  return Type(graph::getPhysicalType(tensor));
}

/// The logical element type where the physical one does not tell it, else null.
Attribute FunctionLowering::getElementType(Type logical, Type physical) {
  Type element = getElementTypeOrSelf(logical);
  if (element == getElementTypeOrSelf(physical))
    return {};
  return TypeAttr::get(element);
}

/// Puts physical arguments beside the old ones, which graph ops still use.
LogicalResult FunctionLowering::convertArguments() {
  SmallVector<BlockArgument> arguments(block.getArguments());
  for (auto [number, argument] : llvm::enumerate(arguments)) {
    FailureOr<Type> type = convertType(argument.getType(), "input", number);
    if (failed(type))
      return failure();
    if (Attribute element = getElementType(argument.getType(), *type))
      func.setArgAttr(number, graph::kElementTypeAttr, element);
    mapping.map(argument, block.addArgument(*type, argument.getLoc()));
  }
  return success();
}

LogicalResult FunctionLowering::convertReturn(func::ReturnOp op) {
  for (auto [number, operand] : llvm::enumerate(op->getOpOperands())) {
    Type logical = operand.get().getType();
    FailureOr<Type> type = convertType(logical, "output", number);
    if (failed(type))
      return failure();
    if (Attribute element = getElementType(logical, *type))
      func.setResultAttr(number, graph::kElementTypeAttr, element);
    operand.set(mapping.lookup(operand.get()));
  }
  return success();
}

LogicalResult FunctionLowering::lower(Operation *op) {
  SmallVector<Value> operands;
  for (Value operand : op->getOperands())
    operands.push_back(mapping.lookup(operand));
  Operation *before = op->getPrevNode();
  builder.setInsertionPoint(op);
  if (!isa<graph::GraphDialect>(op->getDialect())) {
    builder.clone(*op, mapping);
    return success();
  }
  FailureOr<SmallVector<Value>> results = lowerOp(builder, op, operands);
  if (failed(results))
    return failure();
  nameParts(op, before ? std::next(before->getIterator()) : block.begin(),
            op->getIterator());
  mapping.map(op->getResults(), *results);
  return success();
}

LogicalResult FunctionLowering::run() {
  unsigned numArguments = block.getNumArguments();
  if (failed(convertArguments()))
    return failure();
  SmallVector<Operation *> ops;
  for (Operation &op : block.without_terminator())
    ops.push_back(&op);
  for (Operation *op : ops)
    if (failed(lower(op)))
      return failure();
  auto end = cast<func::ReturnOp>(block.getTerminator());
  if (failed(convertReturn(end)))
    return failure();
  for (Operation *op : llvm::reverse(ops))
    op->erase();
  block.eraseArguments(0, numArguments);
  func.setFunctionType(
      builder.getFunctionType(block.getArgumentTypes(), end.getOperandTypes()));
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
