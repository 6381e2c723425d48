//===- Reshape.cpp - graph.reshape, graph.flatten -------------------------===//

#include "dialects/graph/Dims.h"
#include "dialects/graph/Lowering.h"
#include "dialects/graph/Runtime.h"

using namespace mlir;
using namespace atrous::graph;

/// The product of dimensions, or an error where it is too large.
static FailureOr<Dim> countElements(OptLocation location, ArrayRef<Dim> dims) {
  Dim product = getProduct(dims);
  bool isKnown = llvm::none_of(dims, [](Dim dim) { return dim.isDynamic(); });
  if (isKnown && product.isDynamic())
    return emitOptionalError(location, "a tensor of shape ", toString(dims),
                             " is too large");
  return product;
}

//===----------------------------------------------------------------------===//
// ReshapeOp
//===----------------------------------------------------------------------===//

/// The dimensions that `shape` asks for, -1 left open; `open` becomes its
/// position, or -1.
static FailureOr<Dims> getTargetDims(OptLocation location, ArrayRef<Dim> shape,
                                     RankedTensorType input, bool allowZero,
                                     int64_t &open) {
  Dims inputDims = input ? getDims(input) : Dims();
  Dims dims;
  open = -1;
  for (auto [position, dim] : llvm::enumerate(shape)) {
    int64_t size = dim.size;
    if (dim.isDynamic()) {
      dims.push_back(dim);
      continue;
    }
    if (size < -1)
      return emitOptionalError(location, "target shape ", toListString(shape),
                               " has the negative size ", size);
    if (size == -1) {
      if (open >= 0)
        return emitOptionalError(location, "target shape ", toListString(shape),
                                 " has two -1");
      open = position;
      dims.push_back(Dim());
    } else if (size == 0 && !allowZero) {
      if (input && position >= inputDims.size())
        return emitOptionalError(location, "target shape ", toListString(shape),
                                 " copies dimension ", position,
                                 " of an input of rank ", inputDims.size());
      dims.push_back(input ? inputDims[position] : Dim());
    } else {
      dims.push_back(Dim(size));
    }
  }
  auto isZero = [](Dim dim) { return dim.size == 0; };
  if (open >= 0 && allowZero && llvm::any_of(shape, isZero))
    return emitOptionalError(location, "target shape ", toListString(shape),
                             " has both 0 and -1");
  return dims;
}

/// Fills in the dimension at `open` and checks the number of elements.
static LogicalResult fitDims(OptLocation location, ArrayRef<Dim> shape,
                             RankedTensorType input, int64_t open, Dims &dims) {
  Dims others = dims;
  if (open >= 0)
    others.erase(others.begin() + open);
  FailureOr<Dim> have = countElements(location, getDims(input));
  FailureOr<Dim> want = countElements(location, others);
  if (failed(have) || failed(want))
    return failure();
  if (have->isDynamic() || want->isDynamic()) {
    if (open >= 0)
      dims[open] = divSizes(*have, *want);
    return success();
  }
  bool fits = open < 0 ? have->size == want->size
                       : want->size != 0 && have->size % want->size == 0;
  if (!fits)
    return emitOptionalError(location, "an input of ", have->size,
                             " elements does not fit target shape ",
                             toListString(shape));
  if (open >= 0)
    dims[open] = Dim(have->size / want->size);
  return success();
}

LogicalResult ReshapeOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                          Adaptor adaptor,
                                          SmallVectorImpl<Type> &results) {
  Type elementType = getElementTypeOrSelf(adaptor.getInput().getType());
  auto shape = getShapeOperand(location, adaptor.getShape(), "shape");
  if (failed(shape))
    return failure();
  std::optional<Dims> target = getSizeElements(adaptor.getShape());
  if (!target)
    return addUnranked(elementType, results);
  RankedTensorType input = getRanked(adaptor.getInput().getType());
  int64_t open;
  FailureOr<Dims> dims =
      getTargetDims(location, *target, input, adaptor.getAllowzero(), open);
  if (failed(dims))
    return failure();
  if (input && failed(fitDims(location, *target, input, open, *dims)))
    return failure();
  return addResult(location, *dims, elementType, results);
}

LoweredValues ReshapeOp::lowerToLinalg(OpBuilder &builder,
                                       ValueRange operands) {
  return lowerAsView(*this, builder, operands);
}

bool ReshapeOp::needsRuntime() { return !infersAllSizes(*this); }

StringRef ReshapeOp::getRuntimeFunction() { return "atrous_reshape_shape"; }

SmallVector<int64_t> ReshapeOp::getRuntimeArguments() {
  return {getAllowzero()};
}

bool ReshapeOp::givesView() { return true; }

OpFoldResult ReshapeOp::fold(FoldAdaptor) {
  auto type = getRanked(getType());
  // Equal types with two unknown sizes may still move elements between them.
  if (type && type == getInput().getType() && type.getNumDynamicDims() <= 1)
    return getInput();
  return {};
}

//===----------------------------------------------------------------------===//
// FlattenOp
//===----------------------------------------------------------------------===//

LogicalResult FlattenOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                          Adaptor adaptor,
                                          SmallVectorImpl<Type> &results) {
  RankedTensorType input = getRanked(adaptor.getInput().getType());
  Type elementType = getElementTypeOrSelf(adaptor.getInput().getType());
  if (!input)
    return addResult(location, Dims(2, Dim()), elementType, results);
  // The axis may also stand behind the last dimension.
  int64_t axis = adaptor.getAxis(), rank = input.getRank();
  if (axis < -rank || axis > rank)
    return emitOptionalError(location, "axis ", axis,
                             " is out of range for rank ", rank);
  axis = axis < 0 ? axis + rank : axis;
  Dims dims = getDims(input);
  FailureOr<Dim> outer =
      countElements(location, ArrayRef(dims).take_front(axis));
  FailureOr<Dim> inner =
      countElements(location, ArrayRef(dims).drop_front(axis));
  if (failed(outer) || failed(inner))
    return failure();
  return addResult(location, {*outer, *inner}, elementType, results);
}

LoweredValues FlattenOp::lowerToLinalg(OpBuilder &builder,
                                       ValueRange operands) {
  return lowerAsView(*this, builder, operands);
}

bool FlattenOp::needsRuntime() { return !infersAllSizes(*this); }

StringRef FlattenOp::getRuntimeFunction() { return "atrous_flatten_shape"; }

SmallVector<int64_t> FlattenOp::getRuntimeArguments() {
  return {int64_t(getAxis())};
}

bool FlattenOp::givesView() { return true; }
