//===- LRN.cpp - graph.lrn ------------------------------------------------===//

#include "dialects/graph/Dims.h"
#include "dialects/graph/Loops.h"

#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace atrous::graph;

LogicalResult LRNOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                      Adaptor op,
                                      SmallVectorImpl<Type> &results) {
  Type elementType = getElementTypeOrSelf(op.getInput());
  RankedTensorType input = getRanked(op.getInput().getType());
  if (!input)
    return addUnranked(elementType, results);
  if (input.getRank() < 2)
    return emitOptionalError(location, "input of rank ", input.getRank(),
                             " has no channels");
  return addResult(location, getDims(input), elementType, results);
}

LogicalResult LRNOp::verify() {
  auto size = static_cast<int64_t>(getSize());
  if (size < 1)
    return emitError("size ") << size << " is not positive";
  if (!isa<FloatType>(getElementTypeOrSelf(getInput())))
    return emitError("elements of type ")
           << getElementTypeOrSelf(getInput()) << " cannot be normalised";
  return success();
}

/// The sum of squares over the channels around each element.
static Value sumSquares(LRNOp op, OpBuilder &builder, Value input) {
  Location loc = op.getLoc();
  RankedTensorType type = getPhysicalResultType(op);
  Type elementType = type.getElementType();
  int64_t rank = type.getRank(), size = op.getSize();
  Dim channels = getDims(type)[1];
  // More neighbours than channels on both sides add nothing.
  if (!channels.isDynamic())
    size = std::min<int64_t>(size, 2 * channels.size + 1);
  int64_t before = (size - 1) / 2;

  Loops loops(op.getContext());
  SmallVector<AffineExpr> element = loops.parallel(rank);
  AffineExpr neighbour = loops.reduction();
  auto emitBody = [&](OpBuilder &b, Location loc, ValueRange args) {
    SmallVector<Value> indices;
    for (int64_t dim = 0; dim < rank; ++dim)
      indices.push_back(b.create<linalg::IndexOp>(loc, dim));
    Value offset = b.create<linalg::IndexOp>(loc, rank);
    Value channel = createAdd(b, loc, indices[1], offset);
    channel = createSub(b, loc, channel, createIndex(b, loc, before));
    Value inBounds = createInBounds(b, loc, channel, channels);
    indices[1] = createClamped(b, loc, channel, channels);
    Value x = b.create<tensor::ExtractOp>(loc, input, indices);
    Value zero = createNumber(b, loc, elementType, 0);
    x = b.create<arith::SelectOp>(loc, inBounds, x, zero);
    return SmallVector<Value>{
        createAdd(b, loc, args[1], createMul(b, loc, x, x))};
  };
  Value zero = createNumber(builder, loc, elementType, 0);
  Value init = createFilled(builder, loc, type, zero);
  Value extents = createExtents(builder, loc, size, elementType);
  return createGeneric(builder, loc, loops, extents, init,
                       {loops.map(neighbour), loops.map(element)}, emitBody)
      .getResult(0);
}

FailureOr<SmallVector<Value>> LRNOp::lowerToLinalg(OpBuilder &builder,
                                                   ValueRange operands) {
  if (failed(checkRanked(*this)))
    return failure();
  RankedTensorType type = getPhysicalResultType(*this);
  if (llvm::is_contained(type.getShape(), 0))
    return SmallVector<Value>{operands[0]};
  Value sum = sumSquares(*this, builder, operands[0]);
  auto normalise = [&](OpBuilder &b, Location loc, ValueRange args) -> Value {
    auto number = [&](double value) {
      return createNumber(b, loc, type.getElementType(), value);
    };
    double alpha = getAlpha().convertToDouble();
    Value scaled = b.create<arith::MulFOp>(
        loc, args[1], number(alpha / static_cast<double>(getSize())));
    Value base =
        b.create<arith::AddFOp>(loc, scaled, number(getK().convertToDouble()));
    Value power =
        b.create<math::PowFOp>(loc, base, number(getBeta().convertToDouble()));
    return b.create<arith::DivFOp>(loc, args[0], power);
  };
  AffineMap identity = builder.getMultiDimIdentityMap(type.getRank());
  return SmallVector<Value>{createMapped(builder, getLoc(), type,
                                         {operands[0], sum},
                                         {identity, identity}, normalise)};
}
