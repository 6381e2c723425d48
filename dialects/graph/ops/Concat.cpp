//===- Concat.cpp - graph.concat ------------------------------------------===//

#include "dialects/graph/Broadcast.h"
#include "dialects/graph/Runtime.h"

using namespace mlir;
using namespace atrous::graph;

/// Takes the sizes of input `index` into those of the result.
static LogicalResult addInput(OptLocation location, int64_t index,
                              ArrayRef<Dim> input, int64_t axis, Dims &dims) {
  for (auto [position, dim] : llvm::enumerate(dims)) {
    Dim other = input[position];
    if (int64_t(position) == axis) {
      bool isUnknown = dim.isDynamic() || other.isDynamic();
      dim = addSizes(dim, other);
      if (!isUnknown && dim.isDynamic())
        return emitOptionalError(location, "dimension ", axis,
                                 " of the result is too large");
    } else if (dim.isDynamic()) {
      dim = other.isDynamic() && dim.symbol ? dim : other;
    } else if (!other.isDynamic() && other.size != dim.size) {
      return emitOptionalError(location, "input ", index, " has size ",
                               other.size, " in dimension ", position,
                               ", input 0 has ", dim.size);
    }
  }
  return success();
}

LogicalResult ConcatOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                         Adaptor adaptor,
                                         SmallVectorImpl<Type> &results) {
  if (adaptor.getInputs().empty())
    return emitOptionalError(location, "expects at least one input");
  if (failed(checkSameElementType(location, adaptor.getInputs())))
    return failure();
  Type elementType =
      getElementTypeOrSelf(adaptor.getInputs().front().getType());
  RankedTensorType first = getRanked(adaptor.getInputs().front().getType());
  if (!first)
    return addUnranked(elementType, results);
  FailureOr<int64_t> axis = normalizeAxis(location, adaptor.getAxis(),
                                          first.getRank(), "concat axis");
  if (failed(axis))
    return failure();
  Dims dims = getDims(first);
  for (auto [index, operand] :
       llvm::enumerate(adaptor.getInputs().drop_front())) {
    RankedTensorType type = getRanked(operand.getType());
    if (!type)
      return addUnranked(elementType, results);
    if (type.getRank() != first.getRank())
      return emitOptionalError(location, "input ", index + 1, " has rank ",
                               type.getRank(), ", input 0 has ",
                               first.getRank());
    if (failed(addInput(location, index + 1, getDims(type), *axis, dims)))
      return failure();
  }
  return addResult(location, dims, elementType, results);
}

/// The axis from the front, of an op with a ranked result.
static int64_t getAxisFromFront(ConcatOp op) {
  int64_t axis = op.getAxis();
  return axis < 0 ? axis + cast<RankedTensorType>(op.getType()).getRank()
                  : axis;
}

LoweredValues ConcatOp::lowerToLinalg(OpBuilder &builder, ValueRange operands) {
  if (failed(checkStatic(*this)))
    return failure();
  if (operands.size() == 1)
    return SmallVector<Value>{operands[0]};
  // A blocked dimension is the concatenation of whole blocks.
  return SmallVector<Value>{
      builder.create<tensor::ConcatOp>(getLoc(), getPhysicalResultType(*this),
                                       getAxisFromFront(*this), operands)};
}

FailureOr<SmallVector<TensorAttr>>
ConcatOp::getBlockedOperandLayouts(int64_t tile, ArrayRef<bool>) {
  RankedTensorType result = getRanked(getType());
  if (!result || result.getRank() < 3 || result.getElementType().isInteger(1))
    return failure();
  auto fillsBlocks = [&](Value input) {
    RankedTensorType type = getRanked(input.getType());
    return type && !type.isDynamicDim(1) && type.getDimSize(1) % tile == 0;
  };
  // Only the last input may leave lanes open: those at the result's end.
  if (getAxisFromFront(*this) == 1 &&
      !llvm::all_of(getInputs().drop_back(), fillsBlocks))
    return failure();
  return SmallVector<TensorAttr>(getNumOperands(),
                                 getChannelBlockedLayout(getContext(), tile));
}

OpFoldResult ConcatOp::fold(FoldAdaptor) {
  if (getInputs().size() == 1 && getInputs()[0].getType() == getType())
    return getInputs()[0];
  return {};
}

bool ConcatOp::needsRuntime() { return hasRunTimeParameters(*this, {}); }

StringRef ConcatOp::getRuntimeFunction() { return "atrous_concat"; }

SmallVector<int64_t> ConcatOp::getRuntimeArguments() {
  return {int64_t(getInputs().size()), getAxisFromFront(*this)};
}
