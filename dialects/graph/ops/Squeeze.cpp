//===- Squeeze.cpp - graph.squeeze, graph.unsqueeze -----------------------===//

#include "dialects/graph/Dims.h"
#include "dialects/graph/Lowering.h"
#include "dialects/graph/Runtime.h"

using namespace mlir;
using namespace atrous::graph;

/// The type of a squeeze or unsqueeze whose axes are not constant: the rank
/// changes by their number.
static LogicalResult addWithRankChange(OptLocation location,
                                       RankedTensorType input, Value axes,
                                       int64_t sign, Type elementType,
                                       SmallVectorImpl<Type> &results) {
  std::optional<int64_t> count = getVectorLength(axes);
  if (!input || !count || input.getRank() + sign * *count < 0)
    return addUnranked(elementType, results);
  return addResult(location, Dims(input.getRank() + sign * *count, Dim()),
                   elementType, results);
}

LogicalResult SqueezeOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                          Adaptor adaptor,
                                          SmallVectorImpl<Type> &results) {
  RankedTensorType input = getRanked(adaptor.getInput().getType());
  Type elementType = getElementTypeOrSelf(adaptor.getInput().getType());
  Dims dims = input ? getDims(input) : Dims();
  if (!adaptor.getAxes()) {
    if (!input || !input.hasStaticShape())
      return addUnranked(elementType, results);
    llvm::erase_if(dims, [](Dim dim) { return dim.size == 1; });
    return addResult(location, dims, elementType, results);
  }
  auto values = getShapeOperand(location, adaptor.getAxes(), "axes");
  if (failed(values))
    return failure();
  if (!input || !*values)
    return addWithRankChange(location, input, adaptor.getAxes(), -1,
                             elementType, results);
  auto axes = normalizeAxes(location, **values, input.getRank());
  if (failed(axes))
    return failure();
  Dims kept;
  for (auto [axis, dim] : llvm::enumerate(dims)) {
    if (!llvm::is_contained(*axes, int64_t(axis)))
      kept.push_back(dim);
    else if (!dim.isDynamic() && dim.size != 1)
      return emitOptionalError(location, "cannot remove dimension ", axis,
                               " of size ", dim.size);
  }
  return addResult(location, kept, elementType, results);
}

LoweredValues SqueezeOp::lowerToLinalg(OpBuilder &builder,
                                       ValueRange operands) {
  return lowerAsView(*this, builder, operands);
}

bool SqueezeOp::needsRuntime() {
  return hasRunTimeParameters(*this, getAxes());
}

StringRef SqueezeOp::getRuntimeFunction() { return "atrous_squeeze_shape"; }

SmallVector<int64_t> SqueezeOp::getRuntimeArguments() {
  return {getAxes() != nullptr};
}

bool SqueezeOp::givesView() { return true; }

//===----------------------------------------------------------------------===//
// UnsqueezeOp
//===----------------------------------------------------------------------===//

LogicalResult UnsqueezeOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                            Adaptor adaptor,
                                            SmallVectorImpl<Type> &results) {
  RankedTensorType input = getRanked(adaptor.getInput().getType());
  Type elementType = getElementTypeOrSelf(adaptor.getInput().getType());
  auto values = getShapeOperand(location, adaptor.getAxes(), "axes");
  if (failed(values))
    return failure();
  if (!input || !*values)
    return addWithRankChange(location, input, adaptor.getAxes(), 1, elementType,
                             results);
  auto axes =
      normalizeAxes(location, **values, input.getRank() + (*values)->size());
  if (failed(axes))
    return failure();
  Dims dims = getDims(input);
  llvm::sort(*axes);
  for (int64_t axis : *axes)
    dims.insert(dims.begin() + axis, Dim(1));
  return addResult(location, dims, elementType, results);
}

LoweredValues UnsqueezeOp::lowerToLinalg(OpBuilder &builder,
                                         ValueRange operands) {
  return lowerAsView(*this, builder, operands);
}

bool UnsqueezeOp::needsRuntime() { return !infersAllSizes(*this); }

StringRef UnsqueezeOp::getRuntimeFunction() { return "atrous_unsqueeze_shape"; }

SmallVector<int64_t> UnsqueezeOp::getRuntimeArguments() { return {}; }

bool UnsqueezeOp::givesView() { return true; }
