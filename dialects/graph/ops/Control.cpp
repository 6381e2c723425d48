//===- Control.cpp - Between tensors and control flow ---------------------===//

#include "dialects/graph/Lowering.h"

using namespace mlir;
using namespace atrous::graph;

LogicalResult FromItemOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                           Adaptor op,
                                           SmallVectorImpl<Type> &results) {
  return addResult(location, {}, op.getValue().getType(), results);
}

LoweredValues FromItemOp::lowerToLinalg(OpBuilder &builder,
                                        ValueRange operands) {
  RankedTensorType type = getPhysicalResultType(*this);
  Value element =
      storeScalar(builder, getLoc(), operands[0], operands[0].getType());
  return SmallVector<Value>{
      builder.create<tensor::FromElementsOp>(getLoc(), type, element)};
}

OpFoldResult RetypeOp::fold(FoldAdaptor) {
  if (getInput().getType() == getOutput().getType())
    return getInput();
  return {};
}

//===----------------------------------------------------------------------===//
// AppendOp
//===----------------------------------------------------------------------===//

LogicalResult AppendOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                         Adaptor adaptor,
                                         SmallVectorImpl<Type> &results) {
  RankedTensorType input = getRanked(adaptor.getInput().getType());
  RankedTensorType element = getRanked(adaptor.getElement().getType());
  Type elementType = getElementTypeOrSelf(adaptor.getElement().getType());
  if (!element)
    return addUnranked(elementType, results);
  if (input && input.getRank() != element.getRank() + 1)
    return emitOptionalError(location, "collects elements of rank ",
                             input.getRank() - 1, " and ", element.getRank());
  Dims dims = getDims(element);
  dims.insert(dims.begin(),
              input ? addSizes(getDims(input)[0], Dim(1)) : Dim());
  return addResult(location, dims, elementType, results);
}

StringRef AppendOp::getRuntimeFunction() { return "atrous_append"; }

SmallVector<int64_t> AppendOp::getRuntimeArguments() { return {}; }
