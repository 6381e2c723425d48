//===- Expand.cpp - graph.expand ------------------------------------------===//

#include "dialects/graph/Broadcast.h"
#include "dialects/graph/Runtime.h"

using namespace mlir;
using namespace atrous::graph;

LogicalResult ExpandOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                         Adaptor adaptor,
                                         SmallVectorImpl<Type> &results) {
  RankedTensorType input = getRanked(adaptor.getInput().getType());
  Type elementType = getElementTypeOrSelf(adaptor.getInput().getType());
  auto shape = getShapeOperand(location, adaptor.getShape(), "shape");
  if (failed(shape))
    return failure();
  std::optional<Dims> target = getSizeElements(adaptor.getShape());
  if (!input || !target)
    return addUnranked(elementType, results);
  for (Dim dim : *target)
    if (!dim.isDynamic() && dim.size < 0)
      return emitOptionalError(location, "shape ", toString(**shape),
                               " has the negative size ", dim.size);
  FailureOr<Dims> dims = broadcastDims(location, getDims(input), *target);
  if (failed(dims))
    return failure();
  return addResult(location, *dims, elementType, results);
}

LoweredValues ExpandOp::lowerToLinalg(OpBuilder &builder, ValueRange operands) {
  if (failed(checkStatic(*this)))
    return failure();
  auto input = cast<RankedTensorType>(getInput().getType());
  auto result = cast<RankedTensorType>(getType());
  std::optional<AffineMap> map = getBroadcastMap(input, result);
  if (!map)
    return emitError("cannot read ")
           << input << " for a result of type " << result;
  return SmallVector<Value>{createMappedCopy(
      builder, getLoc(), getPhysicalResultType(*this), operands[0], *map)};
}

OpFoldResult ExpandOp::fold(FoldAdaptor) {
  RankedTensorType type = getRanked(getType());
  if (type && type.hasStaticShape() && type == getInput().getType())
    return getInput();
  return {};
}

bool ExpandOp::needsRuntime() {
  return hasRunTimeParameters(*this, getShape());
}

StringRef ExpandOp::getRuntimeFunction() { return "atrous_expand"; }

SmallVector<int64_t> ExpandOp::getRuntimeArguments() { return {}; }
