//===- MaxRoiPool.cpp - graph.max_roi_pool --------------------------------===//

#include "dialects/graph/Runtime.h"
#include "dialects/graph/Windows.h"

#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace atrous::graph;

LogicalResult MaxRoiPoolOp::inferReturnTypes(MLIRContext *,
                                             OptLocation location, Adaptor op,
                                             SmallVectorImpl<Type> &results) {
  ArrayRef<int64_t> pooled = op.getPooledShape();
  if (pooled.size() != 2 || pooled[0] < 1 || pooled[1] < 1)
    return emitOptionalError(location, "pooled_shape ", toString(pooled),
                             " is not two positive sizes");
  Type elementType = getElementTypeOrSelf(op.getInput());
  RankedTensorType input = getRanked(op.getInput().getType());
  RankedTensorType rois = getRanked(op.getRois().getType());
  if (!input || !rois)
    return addUnranked(elementType, results);
  if (input.getRank() != 4)
    return emitOptionalError(location, "expects an input of rank 4, got ",
                             toString(getDims(input)));
  if (rois.getRank() != 2 || differ(rois.getDimSize(1), 5))
    return emitOptionalError(location, "expects rois of shape [R, 5], got ",
                             toString(getDims(rois)));
  return addResult(location,
                   {getDims(rois)[0], getDims(input)[1], pooled[0], pooled[1]},
                   elementType, results);
}

LogicalResult MaxRoiPoolOp::verify() {
  if (failed(verifySameElementType(*this)))
    return failure();
  if (!isa<FloatType>(getElementTypeOrSelf(getInput())))
    return emitError("elements of type ")
           << getElementTypeOrSelf(getInput()) << " cannot be pooled by region";
  return success();
}

StringRef MaxRoiPoolOp::getRuntimeFunction() { return "atrous_max_roi_pool"; }

SmallVector<int64_t> MaxRoiPoolOp::getRuntimeArguments() {
  return {getPooledShape()[0], getPooledShape()[1], getBits(getSpatialScale())};
}
