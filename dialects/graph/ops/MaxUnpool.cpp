//===- MaxUnpool.cpp - graph.max_unpool -----------------------------------===//

#include "dialects/graph/Runtime.h"
#include "dialects/graph/Windows.h"

#include "mlir/IR/TypeUtilities.h"
#include "llvm/Support/CheckedArithmetic.h"

using namespace mlir;
using namespace atrous::graph;

/// The dimensions that `output_shape` asks for; nothing where it is absent or
/// not constant.
static FailureOr<std::optional<Dims>>
getRequestedDims(OptLocation location, Value outputShape, int64_t rank) {
  if (!outputShape)
    return std::optional<Dims>();
  auto sizes = getShapeOperand(location, outputShape, "output_shape");
  if (failed(sizes))
    return failure();
  if (!*sizes)
    return std::optional(Dims(rank));
  if (int64_t((*sizes)->size()) != rank)
    return emitOptionalError(location, "expects ", rank,
                             " values of output_shape, got ", (*sizes)->size());
  Dims dims;
  for (int64_t size : **sizes) {
    if (size < 1)
      return emitOptionalError(location, "output_shape ", toString(**sizes),
                               " is not all positive");
    dims.push_back(size);
  }
  return std::optional(dims);
}

/// (in - 1) * stride + kernel - pads
static FailureOr<Dim> getUnpooledDim(OptLocation location, int64_t dim,
                                     int64_t size, const Window &window) {
  if (ShapedType::isDynamic(size))
    return Dim();
  std::optional<int64_t> result =
      llvm::checkedMulAdd(size - 1, window.stride, window.kernel.size);
  if (!result)
    return emitOptionalError(location, "size of dimension ", dim,
                             " overflows 64 bits");
  int64_t cropped = *result - window.padBegin;
  if (cropped < 1 || cropped - window.padEnd < 1)
    return emitOptionalError(location, "pads ", window.padBegin, " and ",
                             window.padEnd, " leave nothing of ", *result,
                             " in dimension ", dim);
  return Dim(cropped - window.padEnd);
}

LogicalResult MaxUnpoolOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                            Adaptor op,
                                            SmallVectorImpl<Type> &results) {
  ArrayRef<int64_t> kernel = op.getKernelShape(), strides = op.getStrides();
  ArrayRef<int64_t> pads = op.getPads();
  SmallVector<int64_t> dilations(strides.size(), 1);
  if (failed(verifyWindowAttributes(location, strides, dilations, pads)))
    return failure();
  if (kernel.size() != strides.size() ||
      llvm::any_of(kernel, [](int64_t size) { return size < 1; }))
    return emitOptionalError(location, "kernel_shape ", toString(kernel),
                             " does not fit strides ", toString(strides));
  Type elementType = getElementTypeOrSelf(op.getInput());
  RankedTensorType input = getRanked(op.getInput().getType());
  if (!input)
    return addUnranked(elementType, results);
  int64_t rank = kernel.size();
  if (input.getRank() != rank + 2)
    return emitOptionalError(location, "input has rank ", input.getRank(),
                             ", but kernel_shape ", toString(kernel),
                             " expects ", rank + 2);
  if (RankedTensorType indices = getRanked(op.getIndices().getType()))
    if (failed(verifyCompatibleShape(indices.getShape(), input.getShape())))
      return emitOptionalError(location, "input ", toString(getDims(input)),
                               " and indices ", toString(getDims(indices)),
                               " differ in shape");
  auto requested =
      getRequestedDims(location, op.getOutputShape(), input.getRank());
  if (failed(requested))
    return failure();
  if (*requested)
    return addResult(location, **requested, elementType, results);
  Dims inputDims = getDims(input), dims{inputDims[0], inputDims[1]};
  for (int64_t i = 0; i < rank; ++i) {
    Window window{kernel[i], strides[i], 1, pads[i], pads[i + rank]};
    FailureOr<Dim> dim =
        getUnpooledDim(location, i + 2, inputDims[i + 2].size, window);
    if (failed(dim))
      return failure();
    dims.push_back(*dim);
  }
  return addResult(location, dims, elementType, results);
}

LogicalResult MaxUnpoolOp::verify() {
  if (!getElementTypeOrSelf(getIndices()).isSignlessInteger(64))
    return emitError("indices have element type ")
           << getElementTypeOrSelf(getIndices()) << ", not i64";
  if (getElementTypeOrSelf(getInput()) != getElementTypeOrSelf(getOutput()))
    return emitError("input and output differ in element type");
  return success();
}

StringRef MaxUnpoolOp::getRuntimeFunction() { return "atrous_max_unpool"; }

SmallVector<int64_t> MaxUnpoolOp::getRuntimeArguments() {
  SmallVector<int64_t> arguments{getOutputShape() != nullptr};
  llvm::append_range(arguments, getKernelShape());
  llvm::append_range(arguments, getStrides());
  llvm::append_range(arguments, getPads());
  return arguments;
}
