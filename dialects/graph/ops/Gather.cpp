//===- Gather.cpp - graph.gather ------------------------------------------===//

#include "dialects/graph/Constants.h"
#include "dialects/graph/Dims.h"
#include "dialects/graph/Lowering.h"
#include "dialects/graph/Runtime.h"
#include "dialects/graph/Scalar.h"

using namespace mlir;
using namespace atrous::graph;

/// Constant indices must lie in the dimension; others are checked when run.
static LogicalResult checkIndices(OptLocation location, Value indices,
                                  Dim dim) {
  RankedTensorType type = getRanked(indices.getType());
  if (dim.isDynamic() || !type)
    return success();
  if (dim.size == 0 && type.hasStaticShape() && type.getNumElements() > 0)
    return emitOptionalError(location, "gathers from a dimension of size 0");
  FailureOr<SmallVector<int64_t>> values = getConstantInts(indices);
  if (failed(values))
    return success();
  for (int64_t value : *values)
    if (value < -dim.size || value >= dim.size)
      return emitOptionalError(location, "index ", value,
                               " is out of range for a dimension of size ",
                               dim.size);
  return success();
}

LogicalResult GatherOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                         Adaptor adaptor,
                                         SmallVectorImpl<Type> &results) {
  RankedTensorType input = getRanked(adaptor.getInput().getType());
  RankedTensorType indices = getRanked(adaptor.getIndices().getType());
  Type elementType = getElementTypeOrSelf(adaptor.getInput().getType());
  Type indexType = getElementTypeOrSelf(adaptor.getIndices().getType());
  if (!isa<IntegerType>(indexType) || indexType.isInteger(1))
    return emitOptionalError(location, "indices must be integers, got ",
                             indexType);
  if (!input)
    return addUnranked(elementType, results);
  FailureOr<int64_t> axis =
      normalizeAxis(location, adaptor.getAxis(), input.getRank());
  if (failed(axis))
    return failure();
  Dims dims = getDims(input);
  if (failed(checkIndices(location, adaptor.getIndices(), dims[*axis])))
    return failure();
  if (!indices)
    return addUnranked(elementType, results);
  Dims indexDims = getDims(indices);
  dims.erase(dims.begin() + *axis);
  dims.insert(dims.begin() + *axis, indexDims.begin(), indexDims.end());
  return addResult(location, dims, elementType, results);
}

/// `index` as an index from the front, inside the dimension whatever it is.
static Value emitIndex(ImplicitLocOpBuilder &b, Value index, Type logicalType,
                       int64_t size) {
  Value zero = b.create<arith::ConstantIndexOp>(0);
  Value last = b.create<arith::ConstantIndexOp>(size - 1);
  if (logicalType.isUnsignedInteger()) {
    index = b.create<arith::IndexCastUIOp>(b.getIndexType(), index);
    return b.create<arith::MinUIOp>(index, last);
  }
  index = b.create<arith::IndexCastOp>(b.getIndexType(), index);
  Value fromEnd =
      b.create<arith::AddIOp>(index, b.create<arith::ConstantIndexOp>(size));
  index = selectValue(b, lessThan(b, index, zero), fromEnd, index);
  index = b.create<arith::MaxSIOp>(index, zero);
  return b.create<arith::MinSIOp>(index, last);
}

/// gather with one constant index, a slice.
static Value lowerSingleIndex(GatherOp op, OpBuilder &builder, Value input,
                              int64_t axis, int64_t index) {
  SmallVector<int64_t> sizes(getShape(input));
  SmallVector<int64_t> offsets(sizes.size(), 0);
  offsets[axis] = index < 0 ? index + sizes[axis] : index;
  sizes[axis] = 1;
  Value slice = createSlice(builder, op.getLoc(), input, offsets, sizes);
  return createReshaped(builder, op.getLoc(), slice,
                        getPhysicalResultType(op).getShape());
}

LoweredValues GatherOp::lowerToLinalg(OpBuilder &builder, ValueRange operands) {
  if (failed(checkStatic(*this)))
    return failure();
  Value input = operands[0], indices = operands[1];
  int64_t rank = getShape(input).size();
  int64_t indexRank = getShape(indices).size();
  int64_t axis = getAxis();
  axis = axis < 0 ? axis + rank : axis;
  int64_t size = getShape(input)[axis];
  RankedTensorType type = getPhysicalResultType(*this);
  FailureOr<SmallVector<int64_t>> values =
      getConstantInts(getIndices(), /*limit=*/1);
  if (succeeded(values) && values->size() == 1 && type.getNumElements() > 0)
    return SmallVector<Value>{
        lowerSingleIndex(*this, builder, input, axis, values->front())};

  SmallVector<AffineExpr> exprs;
  for (int64_t dim = 0; dim < indexRank; ++dim)
    exprs.push_back(builder.getAffineDimExpr(axis + dim));
  auto map = AffineMap::get(type.getRank(), 0, exprs, getContext());
  Type indexType = getElementTypeOrSelf(getIndices().getType());
  auto emitElement = [&](OpBuilder &bodyBuilder, Location loc,
                         ValueRange elements) -> Value {
    ImplicitLocOpBuilder b(loc, bodyBuilder);
    SmallVector<Value> position;
    for (int64_t dim = 0; dim < rank; ++dim) {
      if (dim == axis)
        position.push_back(emitIndex(b, elements[0], indexType, size));
      else
        position.push_back(
            b.create<linalg::IndexOp>(dim < axis ? dim : dim + indexRank - 1));
    }
    return b.create<tensor::ExtractOp>(input, position);
  };
  return SmallVector<Value>{
      createMapped(builder, getLoc(), type, indices, map, emitElement)};
}

bool GatherOp::needsRuntime() {
  return hasRunTimeParameters(*this, getIndices());
}

StringRef GatherOp::getRuntimeFunction() { return "atrous_gather"; }

SmallVector<int64_t> GatherOp::getRuntimeArguments() {
  return {int64_t(getAxis())};
}
