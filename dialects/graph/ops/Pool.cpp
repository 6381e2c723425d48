//===- Pool.cpp - Sliding-window pooling: types and layout ----------------===//

#include "dialects/graph/Windows.h"

#include "mlir/IR/TypeUtilities.h"
#include "llvm/Support/CheckedArithmetic.h"

using namespace mlir;
using namespace atrous::graph;

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

/// The dimensions of a pool's output; nothing where the input is unranked.
template <typename Adaptor>
static FailureOr<std::optional<Dims>> inferPooled(OptLocation location,
                                                  Adaptor op) {
  ArrayRef<int64_t> kernel = op.getKernelShape(), strides = op.getStrides();
  ArrayRef<int64_t> dilations = op.getDilations(), pads = op.getPads();
  if (kernel.size() != strides.size())
    return emitOptionalError(location, "kernel_shape ", toString(kernel),
                             " and strides ", toString(strides),
                             " differ in length");
  if (failed(verifyWindowAttributes(location, strides, dilations, pads)))
    return failure();
  RankedTensorType input = getRanked(op.getInput().getType());
  if (!input)
    return std::optional<Dims>();
  int64_t rank = kernel.size();
  if (input.getRank() != rank + 2)
    return emitOptionalError(location, "input has rank ", input.getRank(),
                             ", but kernel_shape ", toString(kernel),
                             " expects ", rank + 2);
  Dims inputDims = getDims(input), dims{inputDims[0], inputDims[1]};
  for (int64_t i = 0; i < rank; ++i) {
    Window window{kernel[i], strides[i], dilations[i], pads[i], pads[i + rank]};
    FailureOr<Dim> dim = getWindowedDim(location, i + 2, inputDims[i + 2],
                                        window, op.getCeilMode());
    if (failed(dim))
      return failure();
    // A window that lies in the padding has no maximum and no mean.
    std::optional<int64_t> extent =
        llvm::checkedMulAdd(kernel[i] - 1, dilations[i], int64_t(1));
    if (!extent || pads[i] >= *extent || pads[i + rank] >= *extent)
      return emitOptionalError(location, "pads ", toString(pads),
                               " must be smaller than the window ",
                               toString(kernel));
    dims.push_back(*dim);
  }
  return std::optional<Dims>(dims);
}

LogicalResult MaxPoolOp::inferReturnTypes(MLIRContext *context,
                                          OptLocation location, Adaptor op,
                                          SmallVectorImpl<Type> &results) {
  SmallVector<Type> elementTypes{getElementTypeOrSelf(op.getInput())};
  if (op.getWithIndices())
    elementTypes.push_back(IntegerType::get(context, 64));
  auto dims = inferPooled(location, op);
  if (failed(dims))
    return failure();
  for (Type elementType : elementTypes)
    if (failed(*dims ? addResult(location, **dims, elementType, results)
                     : addUnranked(elementType, results)))
      return failure();
  return success();
}

/// Appends the type of a pool's only result.
template <typename Adaptor>
static LogicalResult inferOnePooled(OptLocation location, Adaptor op,
                                    SmallVectorImpl<Type> &results) {
  Type elementType = getElementTypeOrSelf(op.getInput());
  auto dims = inferPooled(location, op);
  if (failed(dims))
    return failure();
  return *dims ? addResult(location, **dims, elementType, results)
               : addUnranked(elementType, results);
}

LogicalResult AveragePoolOp::inferReturnTypes(MLIRContext *,
                                              OptLocation location, Adaptor op,
                                              SmallVectorImpl<Type> &results) {
  return inferOnePooled(location, op, results);
}

LogicalResult LpPoolOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                         Adaptor op,
                                         SmallVectorImpl<Type> &results) {
  return inferOnePooled(location, op, results);
}

LogicalResult MaxPoolOp::verify() {
  if (getStorageOrder() > 1)
    return emitError("storage_order ")
           << static_cast<int64_t>(getStorageOrder()) << " is neither 0 nor 1";
  if (getElementTypeOrSelf(getInput()).isInteger(1))
    return emitError("booleans have no maximum");
  return success();
}

LogicalResult AveragePoolOp::verify() {
  Type elementType = getElementTypeOrSelf(getInput());
  if (!isa<FloatType>(elementType))
    return emitError("elements of type ") << elementType << " have no mean";
  return success();
}

LogicalResult LpPoolOp::verify() {
  Type elementType = getElementTypeOrSelf(getInput());
  if (!isa<FloatType>(elementType))
    return emitError("elements of type ") << elementType << " have no norm";
  int64_t p = getP();
  if (p < 1)
    return emitError("p ") << p << " is not positive";
  return success();
}

//===----------------------------------------------------------------------===//
// Layout
//===----------------------------------------------------------------------===//

FailureOr<SmallVector<TensorAttr>>
MaxPoolOp::getBlockedOperandLayouts(int64_t tile, ArrayRef<bool>) {
  // An index counts in the plain tensor, and differs from lane to lane.
  if (getIndices())
    return failure();
  return SmallVector<TensorAttr>{getChannelBlockedLayout(getContext(), tile)};
}

FailureOr<SmallVector<TensorAttr>>
AveragePoolOp::getBlockedOperandLayouts(int64_t tile, ArrayRef<bool>) {
  return SmallVector<TensorAttr>{getChannelBlockedLayout(getContext(), tile)};
}
