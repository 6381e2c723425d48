//===- AffineGrid.cpp - graph.affine_grid ---------------------------------===//

#include "dialects/graph/Loops.h"
#include "dialects/graph/Sampling.h"
#include "dialects/graph/Scalar.h"
#include "dialects/graph/Windows.h"

#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace atrous::graph;

LogicalResult AffineGridOp::inferReturnTypes(MLIRContext *,
                                             OptLocation location, Adaptor op,
                                             SmallVectorImpl<Type> &results) {
  Type elementType = getElementTypeOrSelf(op.getTheta());
  auto sizes = getShapeOperand(location, op.getSize(), "size");
  if (failed(sizes))
    return failure();
  RankedTensorType theta = getRanked(op.getTheta().getType());
  std::optional<int64_t> length = getVectorLength(op.getSize());
  if (!theta && !length)
    return addUnranked(elementType, results);
  if (theta && theta.getRank() != 3)
    return emitOptionalError(location, "expects theta of rank 3, got ",
                             toString(getDims(theta)));
  // One of them tells how many spatial dimensions there are.
  int64_t rank = length ? *length - 2 : ShapedType::kDynamic;
  if (theta && ShapedType::isDynamic(rank))
    rank =
        theta.isDynamicDim(1) ? theta.getDimSize(2) - 1 : theta.getDimSize(1);
  if (ShapedType::isDynamic(rank) ||
      (theta && theta.isDynamicDim(1) && theta.isDynamicDim(2) && !length))
    return addUnranked(elementType, results);
  if (rank < 1 || (theta && (differ(theta.getDimSize(1), rank) ||
                             differ(theta.getDimSize(2), rank + 1))))
    return emitOptionalError(location, "theta ", toString(getDims(theta)),
                             " does not map ", rank, " spatial dimensions");
  Dims dims(rank + 2);
  dims.back() = Dim(rank);
  if (std::optional<Dims> elements = getSizeElements(op.getSize());
      elements && int64_t(elements->size()) == rank + 2) {
    dims[0] = elements->front();
    std::copy(elements->begin() + 2, elements->end(), dims.begin() + 1);
  }
  // The maps that there are say how many grids are made.
  if (theta)
    dims[0] = getDims(theta)[0];
  if (*sizes) {
    for (int64_t size : **sizes)
      if (size < 1)
        return emitOptionalError(location, "size ", toString(**sizes),
                                 " is not all positive");
    if (differ(dims[0].size, (**sizes)[0]))
      return emitOptionalError(location, "size ", toString(**sizes),
                               " does not have the ", dims[0].size,
                               " maps of theta");
    if (dims[0].isDynamic() && !theta)
      dims[0] = Dim((**sizes)[0]);
  }
  return addResult(location, dims, elementType, results);
}

LogicalResult AffineGridOp::verify() {
  Type elementType = getElementTypeOrSelf(getTheta());
  if (!isa<FloatType>(elementType))
    return emitError("theta has element type ")
           << elementType << ", not a float";
  return success();
}

/// The coordinate of element `index` of `size`, from -1 to 1: of its centre,
/// where the ends are the outer edges or (aligned) the outer centres.
static Value emitCoordinate(const Sampler &sampler, Value index, Value size,
                            bool aligned) {
  Value x = sampler.toFloat(index), count = sampler.toFloat(size);
  Value one = sampler.number(1), two = sampler.number(2);
  Value doubled = sampler.mul(x, two);
  if (!aligned)
    return sampler.sub(sampler.div(sampler.add(doubled, one), count), one);
  // The only element of a dimension lies at its begin.
  Value steps = sampler.hold(sampler.sub(count, one), one, count);
  return sampler.sub(sampler.div(doubled, steps), one);
}

LoweredValues AffineGridOp::lowerToLinalg(OpBuilder &builder,
                                          ValueRange operands) {
  if (failed(checkRanked(*this)))
    return failure();
  RankedTensorType type = getPhysicalResultType(*this);
  Dims dims = getDims(type), thetaDims = getPhysicalDims(getTheta().getType());
  Type elementType = type.getElementType();
  int64_t rank = type.getRank() - 2;
  auto emitElement = [&](OpBuilder &builder, Location loc,
                         ValueRange) -> Value {
    ImplicitLocOpBuilder b(loc, builder);
    auto sumType = cast<FloatType>(getSumType(elementType));
    Sampler sampler(b, sumType);
    Value batch = b.create<linalg::IndexOp>(0);
    Value row = b.create<linalg::IndexOp>(rank + 1);
    auto factor = [&](int64_t column) {
      SmallVector<Value> indices{batch, row, createIndex(b, loc, column)};
      for (int64_t i = 1; i < 3; ++i)
        if (thetaDims[i].isDynamic())
          indices[i] = createClamped(b, loc, indices[i], thetaDims[i]);
      Value element = b.create<tensor::ExtractOp>(operands[0], indices);
      return createWidened(b, loc, element, sumType);
    };
    Value sum;
    for (int64_t column = 0; column < rank; ++column) {
      int64_t dim = rank - column;
      Value size = createSize(b, loc, dims[dim]);
      Value x = emitCoordinate(sampler, b.create<linalg::IndexOp>(dim), size,
                               getAlignCorners());
      Value term = sampler.mul(factor(column), x);
      sum = sum ? sampler.add(sum, term) : term;
    }
    return castScalar(b, loc, sampler.add(sum, factor(rank)), sumType,
                      elementType);
  };
  return SmallVector<Value>{
      createMapped(builder, getLoc(), type, {}, {}, emitElement)};
}
