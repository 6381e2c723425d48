//===- Split.cpp - graph.split --------------------------------------------===//

#include "dialects/graph/Dims.h"
#include "dialects/graph/Lowering.h"
#include "dialects/graph/Runtime.h"

using namespace mlir;
using namespace atrous::graph;

/// The sizes fit the dimension and the number of parts, as far as both are
/// known, or an error.
static LogicalResult checkSizes(OptLocation location, ArrayRef<int64_t> sizes,
                                int64_t count, Dim dim) {
  if (int64_t(sizes.size()) != count)
    return emitOptionalError(location, "split has ", sizes.size(),
                             " sizes for ", count, " outputs");
  int64_t sum = 0;
  for (int64_t size : sizes)
    if (size < 0 || llvm::AddOverflow(sum, size, sum))
      return emitOptionalError(location, "split ", toString(sizes),
                               " has the size ", size);
  if (!dim.isDynamic() && sum != dim.size)
    return emitOptionalError(location, "split sizes add up to ", sum,
                             ", but the dimension has size ", dim.size);
  return success();
}

LogicalResult SplitOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                        Adaptor op,
                                        SmallVectorImpl<Type> &results) {
  Type elementType = getElementTypeOrSelf(op.getInput().getType());
  int64_t count = op.getCount();
  auto sizes = getShapeOperand(location, op.getSizes(), "split");
  if (failed(sizes))
    return failure();
  RankedTensorType input = getRanked(op.getInput().getType());
  if (!input) {
    results.assign(count, UnrankedTensorType::get(elementType));
    return success();
  }
  FailureOr<int64_t> axis =
      normalizeAxis(location, op.getAxis(), input.getRank());
  if (failed(axis))
    return failure();
  Dims dims = getDims(input);
  if (*sizes && failed(checkSizes(location, **sizes, count, dims[*axis])))
    return failure();
  std::optional<Dims> parts = getSizeElements(op.getSizes());
  for (int64_t i = 0; i < count; ++i) {
    bool isKnown = parts && int64_t(parts->size()) == count;
    dims[*axis] = isKnown ? (*parts)[i] : Dim();
    if (failed(addResult(location, dims, elementType, results)))
      return failure();
  }
  return success();
}

LoweredValues SplitOp::lowerToLinalg(OpBuilder &builder, ValueRange operands) {
  if (failed(checkStatic(*this)))
    return failure();
  int64_t rank = getShape(operands[0]).size();
  int64_t axis = getAxis();
  axis = axis < 0 ? axis + rank : axis;
  SmallVector<int64_t> offsets(rank, 0);
  SmallVector<Value> parts;
  for (unsigned i = 0; i < getNumResults(); ++i) {
    ArrayRef<int64_t> shape = getPhysicalResultType(*this, i).getShape();
    parts.push_back(
        createSlice(builder, getLoc(), operands[0], offsets, shape));
    offsets[axis] += shape[axis];
  }
  return parts;
}

bool SplitOp::needsRuntime() { return hasRunTimeParameters(*this, getSizes()); }

StringRef SplitOp::getRuntimeFunction() { return "atrous_split"; }

SmallVector<int64_t> SplitOp::getRuntimeArguments() {
  return {int64_t(getAxis()), int64_t(getCount())};
}
