//===- GraphValue.cpp - What a name of an ONNX graph stands for -----------===//

#include "frontends/onnx/GraphValue.h"
#include "dialects/graph/Graph.h"
#include "frontends/onnx/ElementTypes.h"
#include "frontends/onnx/ModelContext.h"

using namespace mlir;

namespace atrous::onnx_frontend {

Sequence::Sequence(OpBuilder &builder, Type elementType,
                   llvm::ArrayRef<Value> list)
    : elementType(elementType), list(list), block(builder.getInsertionBlock()) {
  auto place = builder.getInsertionPoint();
  last = place == block->begin() ? nullptr : &*std::prev(place);
}

Sequence::Sequence(SequenceTensors tensors)
    : elementType(getElementTypeOrSelf(tensors.data.getType())),
      tensors(tensors) {}

SequenceTensors Sequence::getTensors(Location loc) {
  if (tensors.data)
    return tensors;
  OpBuilder builder(elementType.getContext());
  if (last)
    builder.setInsertionPointAfter(last);
  else
    builder.setInsertionPointToStart(block);
  Type i64 = builder.getI64Type();
  llvm::SmallVector<Type> types = {
      RankedTensorType::get(0, elementType),
      RankedTensorType::get({0, ShapedType::kDynamic}, i64)};
  if (list.empty()) {
    tensors.data = builder.create<graph::EmptyScanOp>(loc, types[0]);
    tensors.index = builder.create<graph::EmptyScanOp>(loc, types[1]);
    return tensors;
  }
  types.clear();
  // The only error is that they are too large together.
  if (failed(graph::SequenceConstructOp::inferReturnTypes(
          builder.getContext(), loc, list, {}, nullptr, {}, types)))
    throw ImportFailure();
  auto op = builder.create<graph::SequenceConstructOp>(loc, types, list);
  tensors = {op.getData(), op.getIndex()};
  return tensors;
}

Type GraphValue::getElementType() const {
  if (tensor)
    return getElementTypeOrSelf(tensor.getType());
  return sequence ? sequence->getElementType() : Type();
}

std::string GraphValue::getTypeName() const {
  if (!hasElement())
    return "";
  std::string name = getSchemaTypeName(getElementType());
  if (sequence)
    name = "seq(" + name + ")";
  return isOptional ? "optional(" + name + ")" : name;
}

GraphValue getElement(OpBuilder &builder, Location loc,
                      const GraphValue &value) {
  if (!value.hasElement())
    refuse(loc, "takes the element of an optional that has none");
  if (value.present) {
    Value isPresent =
        builder.create<graph::ItemOp>(loc, builder.getI1Type(), value.present);
    builder.create<graph::CheckOp>(loc, isPresent,
                                   "the optional has no element");
  }
  GraphValue element = value;
  element.isOptional = false;
  element.present = Value();
  return element;
}

} // namespace atrous::onnx_frontend
