//===- LowerControl.cpp - What goes in and out of control flow ------------===//

#include "passes/fusion/LowerControl.h"

#include "dialects/graph/Lowering.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace atrous;
using graph::Dims;

Type atrous::getPhysicalValueType(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  return tensor ? graph::getPhysicalType(tensor) : type;
}

/// The only element of a tensor, which is checked to be the only one.
static Value lowerItem(OpBuilder &builder, graph::ItemOp op, Value input) {
  Location loc = op.getLoc();
  auto type = cast<RankedTensorType>(input.getType());
  Value zero = graph::createIndex(builder, loc, 0);
  if (!type.hasStaticShape() || type.getNumElements() != 1) {
    Dims dims = graph::getDims(cast<RankedTensorType>(op.getInput().getType()));
    Value count = graph::createSize(builder, loc, graph::getProduct(dims));
    Value isOne =
        builder.create<arith::CmpIOp>(loc, arith::CmpIPredicate::eq, count,
                                      graph::createIndex(builder, loc, 1));
    builder.create<cf::AssertOp>(loc, isOne, "expects one element");
  }
  SmallVector<Value> indices(type.getRank(), zero);
  Value element = builder.create<tensor::ExtractOp>(loc, input, indices);
  return graph::loadScalar(builder, loc, element,
                           getElementTypeOrSelf(op.getInput().getType()));
}

/// A tensor without elements; sizes that are not known are 0. A scalar is 0.
static Value createNoElements(OpBuilder &builder, Location loc, Type logical) {
  auto type = cast<RankedTensorType>(getPhysicalValueType(logical));
  if (type.getRank() == 0)
    return builder.create<arith::ConstantOp>(
        loc, cast<TypedAttr>(builder.getZeroAttr(type)));
  SmallVector<Value> sizes(type.getNumDynamicDims(),
                           graph::createIndex(builder, loc, 0));
  return builder.create<tensor::EmptyOp>(loc, type, sizes);
}

bool atrous::isControlOp(Operation *op) {
  return isa<graph::CheckOp, graph::ItemOp, graph::RetypeOp,
             graph::EmptyScanOp>(op);
}

SmallVector<Value> atrous::lowerControlOp(OpBuilder &builder, Operation *op,
                                          ValueRange operands) {
  Location loc = op->getLoc();
  if (auto check = dyn_cast<graph::CheckOp>(op)) {
    builder.create<cf::AssertOp>(loc, operands[0], check.getMessage());
    return {};
  }
  if (auto item = dyn_cast<graph::ItemOp>(op))
    return {lowerItem(builder, item, operands[0])};
  Type type = op->getResult(0).getType();
  if (isa<graph::EmptyScanOp>(op))
    return {createNoElements(builder, loc, type)};
  Type physical = getPhysicalValueType(type);
  if (operands[0].getType() == physical)
    return {operands[0]};
  return {builder.create<tensor::CastOp>(loc, physical, operands[0])};
}
