//===- NonMaxSuppression.cpp - graph.non_max_suppression ------------------===//

#include "dialects/graph/Runtime.h"
#include "dialects/graph/Windows.h"

using namespace mlir;
using namespace atrous::graph;

/// The operand, if it is there, is one element of the type, or none.
static LogicalResult checkLimit(OptLocation location, Value operand, Type type,
                                StringRef what) {
  if (!operand)
    return success();
  RankedTensorType ranked = getRanked(operand.getType());
  bool isMany =
      ranked && ranked.hasStaticShape() && ranked.getNumElements() > 1;
  if (isMany || getElementTypeOrSelf(operand.getType()) != type)
    return emitOptionalError(location, what, " must be a scalar of type ", type,
                             ", got ", operand.getType());
  return success();
}

LogicalResult
NonMaxSuppressionOp::inferReturnTypes(MLIRContext *context,
                                      OptLocation location, Adaptor op,
                                      SmallVectorImpl<Type> &results) {
  Type f32 = Float32Type::get(context), i64 = IntegerType::get(context, 64);
  for (Value operand : {op.getBoxes(), op.getScores()})
    if (getElementTypeOrSelf(operand.getType()) != f32)
      return emitOptionalError(location, "boxes and scores must be f32, got ",
                               operand.getType());
  if (failed(checkRank(location, op.getBoxes(), 3, "boxes")) ||
      failed(checkRank(location, op.getScores(), 3, "scores")) ||
      failed(checkLimit(location, op.getMaxOutputBoxesPerClass(), i64,
                        "max_output_boxes_per_class")) ||
      failed(
          checkLimit(location, op.getIouThreshold(), f32, "iou_threshold")) ||
      failed(
          checkLimit(location, op.getScoreThreshold(), f32, "score_threshold")))
    return failure();
  RankedTensorType boxes = getRanked(op.getBoxes().getType());
  RankedTensorType scores = getRanked(op.getScores().getType());
  if (boxes && scores &&
      (differ(boxes.getDimSize(0), scores.getDimSize(0)) ||
       differ(boxes.getDimSize(1), scores.getDimSize(2)) ||
       differ(boxes.getDimSize(2), 4)))
    return emitOptionalError(location, "boxes ", toString(getDims(boxes)),
                             " and scores ", toString(getDims(scores)),
                             " do not fit together");
  return addResult(location, {Dim(), Dim(3)}, i64, results);
}

StringRef NonMaxSuppressionOp::getRuntimeFunction() {
  return "atrous_non_max_suppression";
}

SmallVector<int64_t> NonMaxSuppressionOp::getRuntimeArguments() {
  return {getCenterPointBox(),
          getPresenceMask({getMaxOutputBoxesPerClass(), getIouThreshold(),
                           getScoreThreshold()})};
}
