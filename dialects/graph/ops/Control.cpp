//===- Control.cpp - Between tensors and control flow ---------------------===//

#include "dialects/graph/Lowering.h"

using namespace mlir;
using namespace atrous::graph;

LogicalResult FromItemOp::inferReturnTypes(
    MLIRContext *, std::optional<Location> location, ValueRange operands,
    DictionaryAttr, OpaqueProperties, RegionRange,
    SmallVectorImpl<Type> &results) {
  return addResult(location, {}, operands[0].getType(), results);
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
