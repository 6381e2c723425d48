//===- MaterializeBroadcasts.cpp - Operands that may have to be stretched -===//

#include "dialects/graph/Broadcast.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "passes/graph/Passes.h"

using namespace mlir;

namespace atrous {
#define GEN_PASS_DEF_MATERIALIZEBROADCASTS
#include "passes/graph/Passes.h.inc"
} // namespace atrous

using namespace atrous;
using graph::Dim;
using graph::Dims;

/// Whether `operand` is known to have each size of `target` that it does not
/// stretch to from 1; both have the same number of dimensions from the right.
static bool fits(ArrayRef<Dim> operand, ArrayRef<Dim> target) {
  target = target.take_back(operand.size());
  return llvm::all_of(llvm::zip(operand, target), [](auto pair) {
    auto [size, wanted] = pair;
    return !size.isDynamic() || size.isSameAs(wanted);
  });
}

static StringAttr getExpression(Builder &builder, Dim dim) {
  return dim.isDynamic() ? dim.symbol
                         : builder.getStringAttr(std::to_string(dim.size));
}

/// `operand` with those of its dimensions that may have to be stretched as
/// `target` has them.
static Value expand(OpBuilder &builder, Location loc, Value operand,
                    ArrayRef<Dim> target) {
  auto type = cast<RankedTensorType>(operand.getType());
  Dims dims = graph::getDims(type);
  target = target.take_back(dims.size());
  SmallVector<Attribute> sizes;
  for (auto [dim, wanted] : llvm::zip(dims, target)) {
    if (dim.isDynamic())
      dim = wanted;
    sizes.push_back(getExpression(builder, dim));
  }
  auto shapeType = RankedTensorType::get({int64_t(sizes.size())},
                                         builder.getI64Type());
  Value shape = builder.create<graph::SizeVectorOp>(
      loc, shapeType, builder.getArrayAttr(sizes));
  return builder.create<graph::ExpandOp>(
      loc, *graph::getTensorType(std::nullopt, dims, type.getElementType()),
      operand, shape);
}

static void expandOperands(Operation *op, ArrayRef<Dim> target) {
  OpBuilder builder(op);
  for (OpOperand &operand : op->getOpOperands()) {
    auto type = dyn_cast<RankedTensorType>(operand.get().getType());
    if (type && !fits(graph::getDims(type), target))
      operand.set(expand(builder, op->getLoc(), operand.get(), target));
  }
}

/// The batch dimensions of a product's factors, and all of its bias.
static void expandProduct(graph::MatMulOp op, ArrayRef<Dim> target) {
  OpBuilder builder(op);
  bool isMatrix[] = {graph::getRanked(op.getLhs().getType()).getRank() > 1,
                     graph::getRanked(op.getRhs().getType()).getRank() > 1};
  ArrayRef<Dim> batch = target.drop_back(isMatrix[0] + isMatrix[1]);
  for (unsigned i : {0u, 1u}) {
    OpOperand &operand = op->getOpOperand(i);
    Dims dims = graph::getDims(graph::getRanked(operand.get().getType()));
    if (dims.size() < 3)
      continue;
    ArrayRef<Dim> own(dims);
    if (fits(own.drop_back(2), batch))
      continue;
    Dims wanted(batch);
    llvm::append_range(wanted, own.take_back(2));
    operand.set(expand(builder, op.getLoc(), operand.get(), wanted));
  }
  if (!op.getBias())
    return;
  Dims bias = graph::getDims(graph::getRanked(op.getBias().getType()));
  if (!fits(bias, target))
    op.getBiasMutable().assign(
        expand(builder, op.getLoc(), op.getBias(), target));
}

namespace {
struct MaterializeBroadcasts
    : atrous::impl::MaterializeBroadcastsBase<MaterializeBroadcasts> {
  void runOnOperation() override {
    getOperation().walk([](Operation *op) {
      auto product = dyn_cast<graph::MatMulOp>(op);
      if (!product && !isa<graph::ElementwiseOpInterface>(op))
        return;
      auto type = dyn_cast<RankedTensorType>(op->getResult(0).getType());
      if (!type)
        return;
      Dims target = graph::getDims(type);
      if (product)
        expandProduct(product, target);
      else
        expandOperands(op, target);
    });
  }
};
} // namespace
