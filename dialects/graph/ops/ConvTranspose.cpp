//===- ConvTranspose.cpp - graph.conv_transpose ---------------------------===//
//
// DecomposeConvTranspose writes it as convolutions where it can.
//
//===----------------------------------------------------------------------===//

#include "dialects/graph/Windows.h"

#include "mlir/IR/TypeUtilities.h"
#include "llvm/Support/CheckedArithmetic.h"

using namespace mlir;
using namespace atrous::graph;

/// stride * (in - 1) + output_padding + (kernel - 1) * dilation + 1 - pads
static FailureOr<Dim> getTransposedDim(OptLocation location, int64_t dim,
                                       Dim inputSize, const Window &window,
                                       int64_t outputPadding) {
  int64_t size = inputSize.size;
  int64_t kernel = window.kernel.size;
  if (inputSize.isDynamic() || window.kernel.isDynamic()) {
    Dim reach = mulSizes(subSizes(window.kernel, Dim(1)), Dim(window.dilation));
    return addSizes(
        addSizes(mulSizes(inputSize, Dim(window.stride)), reach),
        Dim(outputPadding + 1 - window.stride - window.padBegin -
            window.padEnd));
  }
  if (kernel < 1)
    return emitOptionalError(location, "kernel size ", kernel,
                             " of dimension ", dim, " is not positive");
  if (size < 1)
    return emitOptionalError(location, "dimension ", dim, " of size ", size,
                             " cannot be enlarged");
  std::optional<int64_t> result =
      llvm::checkedMulAdd(size - 1, window.stride, outputPadding);
  std::optional<int64_t> extent =
      llvm::checkedMulAdd(kernel - 1, window.dilation, int64_t(1));
  if (result && extent)
    result = llvm::checkedAdd(*result, *extent);
  if (!result || !extent)
    return emitOptionalError(location, "size of dimension ", dim,
                             " overflows 64 bits");
  // Each subtraction is of non-negative numbers.
  int64_t cropped = *result - window.padBegin;
  if (cropped < 1 || cropped - window.padEnd < 1)
    return emitOptionalError(location, "pads ", window.padBegin, " and ",
                             window.padEnd, " leave nothing of ", *result,
                             " in dimension ", dim);
  return Dim(cropped - window.padEnd);
}

static LogicalResult verifyAttributes(OptLocation location,
                                      ConvTransposeOpAdaptor op) {
  ArrayRef<int64_t> outputPadding = op.getOutputPadding();
  if (failed(verifyWindowAttributes(location, op.getStrides(),
                                    op.getDilations(), op.getPads())))
    return failure();
  if (outputPadding.size() != op.getStrides().size())
    return emitOptionalError(location, "expects ", op.getStrides().size(),
                             " values of output_padding, got ",
                             outputPadding.size());
  if (llvm::any_of(outputPadding, [](int64_t value) { return value < 0; }))
    return emitOptionalError(location, "output_padding ",
                             toString(outputPadding), " must not be negative");
  if (static_cast<int64_t>(op.getGroup()) < 1)
    return emitOptionalError(location, "group ",
                             static_cast<int64_t>(op.getGroup()),
                             " is not positive");
  return success();
}

LogicalResult
ConvTransposeOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                  Adaptor op, SmallVectorImpl<Type> &results) {
  if (failed(verifyAttributes(location, op)))
    return failure();
  Type elementType = getElementTypeOrSelf(op.getInput());
  RankedTensorType input = getRanked(op.getInput().getType());
  RankedTensorType weights = getRanked(op.getWeights().getType());
  if (!input || !weights)
    return addUnranked(elementType, results);

  ArrayRef<int64_t> strides = op.getStrides(), pads = op.getPads();
  int64_t rank = strides.size(), group = op.getGroup();
  if (input.getRank() != weights.getRank() || input.getRank() != rank + 2)
    return emitOptionalError(location, "input of rank ", input.getRank(),
                             ", weights of rank ", weights.getRank(), " and ",
                             rank, " strides do not describe one convolution");
  int64_t channels = input.getDimSize(1);
  if (differ(channels, weights.getDimSize(0)))
    return emitOptionalError(
        location, "input has ", channels, " channels, but weights ",
        toString(weights.getShape()), " expect ", weights.getDimSize(0));
  if (!ShapedType::isDynamic(channels) && channels % group != 0)
    return emitOptionalError(location, "group ", group, " does not divide ",
                             channels, " input channels");
  Dims dims{getDims(input)[0], mulSizes(getDims(weights)[1], Dim(group))};
  if (!weights.isDynamicDim(1)) {
    std::optional<int64_t> outputs =
        llvm::checkedMul(weights.getDimSize(1), group);
    if (!outputs)
      return emitOptionalError(location, "group ", group,
                               " makes too many channels");
    dims[1] = Dim(*outputs);
  }
  if (op.getBias())
    if (RankedTensorType bias = getRanked(op.getBias().getType()))
      if (bias.getRank() != 1 || differ(bias.getDimSize(0), dims[1].size))
        return emitOptionalError(location, "bias ", toString(bias.getShape()),
                                 " does not match ", toString(dims[1]),
                                 " output channels");
  for (int64_t i = 0; i < rank; ++i) {
    Window window{getDims(weights)[i + 2], strides[i], op.getDilations()[i],
                  pads[i], pads[i + rank]};
    FailureOr<Dim> dim =
        getTransposedDim(location, i + 2, getDims(input)[i + 2], window,
                         op.getOutputPadding()[i]);
    if (failed(dim))
      return failure();
    dims.push_back(*dim);
  }
  return addResult(location, dims, elementType, results);
}

LogicalResult ConvTransposeOp::verify() {
  if (failed(verifySameElementType(*this)))
    return failure();
  if (!isa<FloatType>(getElementTypeOrSelf(getInput())))
    return emitError("elements of type ")
           << getElementTypeOrSelf(getInput()) << " cannot be convolved";
  return success();
}
