//===- RuntimeCall.cpp - Ops done by functions of the runtime -------------===//

#include "passes/fusion/RuntimeCall.h"

#include "dialects/kernel/Kernel.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;

namespace atrous {

/// Whether all types have static shapes.
static bool areStatic(ArrayRef<RankedTensorType> types) {
  return llvm::all_of(
      types, [](RankedTensorType type) { return type.hasStaticShape(); });
}

/// A kernel.extern with results of physical `types`, whose logical elements are
/// `elements`.
static kernel::ExternOp
createCall(OpBuilder &builder, graph::RuntimeOpInterface op,
           ValueRange operands, ArrayRef<RankedTensorType> types,
           ArrayRef<Type> elements, ArrayRef<int64_t> arguments) {
  Location loc = op->getLoc();
  SmallVector<int32_t> dtypes;
  for (Type type : op->getOperandTypes())
    dtypes.push_back(kernel::getDtype(getElementTypeOrSelf(type)));
  for (Type type : elements)
    dtypes.push_back(kernel::getDtype(type));
  SmallVector<Value> outputs;
  if (areStatic(types))
    for (RankedTensorType type : types)
      outputs.push_back(builder.create<tensor::EmptyOp>(loc, type.getShape(),
                                                        type.getElementType()));
  SmallVector<Type> results(types.begin(), types.end());
  return builder.create<kernel::ExternOp>(
      loc, results, op.getRuntimeFunction(), operands, outputs, arguments,
      builder.getDenseI32ArrayAttr(dtypes), op.updatesInput());
}

/// The first operand under the shape that the function computes, which gets the
/// sizes that are known to check them.
static Value createView(OpBuilder &builder, graph::RuntimeOpInterface op,
                        ValueRange operands) {
  auto type = graph::getPhysicalType(
      cast<RankedTensorType>(op->getResult(0).getType()));
  SmallVector<int64_t> arguments = op.getRuntimeArguments();
  for (int64_t size : type.getShape())
    arguments.push_back(ShapedType::isDynamic(size) ? -1 : size);
  auto shapeType =
      RankedTensorType::get({type.getRank()}, builder.getI64Type());
  kernel::ExternOp shape = createCall(builder, op, operands, shapeType,
                                      shapeType.getElementType(), arguments);
  return builder.create<tensor::ReshapeOp>(op->getLoc(), type, operands[0],
                                           shape.getResult(0));
}

SmallVector<Value> createRuntimeCall(OpBuilder &builder,
                                     graph::RuntimeOpInterface op,
                                     ValueRange operands) {
  if (op.givesView())
    return {createView(builder, op, operands)};
  SmallVector<RankedTensorType> types;
  SmallVector<Type> elements;
  for (Type type : op->getResultTypes()) {
    types.push_back(graph::getPhysicalType(cast<RankedTensorType>(type)));
    elements.push_back(getElementTypeOrSelf(type));
  }
  return SmallVector<Value>(createCall(builder, op, operands, types, elements,
                                       op.getRuntimeArguments())
                                .getResults());
}

} // namespace atrous
