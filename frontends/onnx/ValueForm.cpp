//===- ValueForm.cpp - Values of a graph as tensors -----------------------===//

#include "frontends/onnx/ValueForm.h"
#include "dialects/graph/Constants.h"
#include "dialects/graph/Graph.h"
#include "frontends/onnx/ElementTypes.h"
#include "frontends/onnx/ModelContext.h"
#include "onnx/onnx_pb.h"

using namespace mlir;

namespace atrous::onnx_frontend {

ValueForm::ValueForm(const GraphValue &value)
    : isOptional(value.isOptional), hasFlag(value.present != nullptr),
      hasElement(value.hasElement()), elementType(value.getElementType()),
      isSequence(value.sequence != nullptr) {
  if (isSequence && value.sequence->isList())
    length = value.sequence->getList().size();
}

void ValueForm::join(Location loc, const llvm::Twine &what,
                     const ValueForm &other) {
  isOptional |= other.isOptional;
  hasFlag |= other.hasFlag || hasElement != other.hasElement;
  if (hasElement && other.hasElement) {
    if (isSequence != other.isSequence)
      refuse(loc, what + " is a tensor here and a sequence there");
    if (elementType != other.elementType)
      refuse(loc, what + " has different element types: " +
                      getSchemaTypeName(elementType) + " and " +
                      getSchemaTypeName(other.elementType));
  } else if (other.hasElement) {
    elementType = other.elementType;
    isSequence = other.isSequence;
  }
  hasElement |= other.hasElement;
  if (length != other.length)
    length.reset();
}

void ValueForm::loosen(Location loc, const GraphValue &value) {
  length.reset();
  if (!isOptional)
    return;
  hasFlag = true;
  if (hasElement)
    return;
  const onnx::TypeProto *type = value.declared;
  if (type && type->has_sequence_type()) {
    isSequence = true;
    type = &type->sequence_type().elem_type();
  }
  if (type && type->has_tensor_type())
    elementType = onnx_frontend::getElementType(
        loc.getContext(), type->tensor_type().elem_type());
  if (!elementType)
    refuse(loc, "the optional does not say of which type its element is");
  hasElement = true;
}

void ValueForm::flatten(OpBuilder &builder, Location loc,
                        const GraphValue &value,
                        llvm::SmallVectorImpl<Value> &tensors) const {
  if (hasFlag)
    tensors.push_back(value.present ? value.present
                                    : graph::createScalar(builder, loc,
                                                          builder.getI1Type(),
                                                          value.hasElement()));
  if (!hasElement)
    return;
  if (!isSequence) {
    Type type = UnrankedTensorType::get(elementType);
    tensors.push_back(value.tensor
                          ? value.tensor
                          : builder.create<graph::EmptyScanOp>(loc, type));
    return;
  }
  if (length)
    return tensors.append(value.sequence->getList().begin(),
                          value.sequence->getList().end());
  SequenceTensors pair =
      value.sequence ? value.sequence->getTensors(loc)
                     : Sequence(builder, elementType, {}).getTensors(loc);
  tensors.append({pair.data, pair.index});
}

GraphValue ValueForm::unflatten(OpBuilder &builder,
                                llvm::ArrayRef<Value> &tensors) const {
  auto take = [&] {
    Value value = tensors.front();
    tensors = tensors.drop_front();
    return value;
  };
  GraphValue value;
  value.isOptional = isOptional;
  if (hasFlag)
    value.present = take();
  if (!hasElement)
    return value;
  if (!isSequence) {
    value.tensor = take();
  } else if (length) {
    value.sequence = std::make_shared<Sequence>(builder, elementType,
                                                tensors.take_front(*length));
    tensors = tensors.drop_front(*length);
  } else {
    Value data = take();
    value.sequence = std::make_shared<Sequence>(SequenceTensors{data, take()});
  }
  return value;
}

} // namespace atrous::onnx_frontend
