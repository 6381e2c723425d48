//===- Tile.cpp - graph.tile ----------------------------------------------===//

#include "dialects/graph/Dims.h"
#include "dialects/graph/Lowering.h"
#include "dialects/graph/Runtime.h"

using namespace mlir;
using namespace atrous::graph;

LogicalResult TileOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                       Adaptor adaptor,
                                       SmallVectorImpl<Type> &results) {
  RankedTensorType input = getRanked(adaptor.getInput().getType());
  Type elementType = getElementTypeOrSelf(adaptor.getInput().getType());
  auto repeats = getShapeOperand(location, adaptor.getRepeats(), "repeats");
  if (failed(repeats))
    return failure();
  if (!input)
    return addUnranked(elementType, results);
  if (!*repeats)
    return addResult(location, Dims(input.getRank(), Dim()), elementType,
                     results);
  Dims dims = getDims(input);
  if ((*repeats)->size() != dims.size())
    return emitOptionalError(location, "repeats ", toString(**repeats), " has ",
                             (*repeats)->size(),
                             " values for an input of rank ", dims.size());
  for (auto [dim, count] : llvm::zip(dims, **repeats)) {
    if (count < 0)
      return emitOptionalError(location, "repeats ", toString(**repeats),
                               " has the negative value ", count);
    Dim tiled = mulSizes(dim, Dim(count));
    if (!dim.isDynamic() && tiled.isDynamic())
      return emitOptionalError(location, "a dimension of ", dim.size,
                               " repeated ", count, " times is too large");
    dim = tiled;
  }
  return addResult(location, dims, elementType, results);
}

LoweredValues TileOp::lowerToLinalg(OpBuilder &builder, ValueRange operands) {
  if (failed(checkStatic(*this)))
    return failure();
  RankedTensorType type = getPhysicalResultType(*this);
  SmallVector<AffineExpr> exprs;
  for (auto [dim, size] : llvm::enumerate(getShape(operands[0]))) {
    AffineExpr loop = builder.getAffineDimExpr(dim);
    if (size == type.getDimSize(dim))
      exprs.push_back(loop);
    else if (size <= 1)
      exprs.push_back(builder.getAffineConstantExpr(0));
    else
      exprs.push_back(loop % size);
  }
  auto map = AffineMap::get(type.getRank(), 0, exprs, getContext());
  return SmallVector<Value>{
      createMappedCopy(builder, getLoc(), type, operands[0], map)};
}

bool TileOp::needsRuntime() {
  return hasRunTimeParameters(*this, getRepeats());
}

StringRef TileOp::getRuntimeFunction() { return "atrous_tile"; }

SmallVector<int64_t> TileOp::getRuntimeArguments() { return {}; }
