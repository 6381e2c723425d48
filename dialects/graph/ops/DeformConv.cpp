//===- DeformConv.cpp - graph.deform_conv ---------------------------------===//
//
// Two steps: the input is sampled at every tap of every window, once for each
// input channel, then a contraction with the weights sums the taps.
//
//===----------------------------------------------------------------------===//

#include "dialects/graph/Loops.h"
#include "dialects/graph/Sampling.h"
#include "dialects/graph/Windows.h"

#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace atrous::graph;

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

/// `tensor` [N, channels, out...] goes with the output; its sizes fill in those
/// that are not known.
static LogicalResult mergePerTap(OptLocation location, StringRef what,
                                 RankedTensorType tensor, int64_t channels,
                                 Dims &output) {
  if (!tensor)
    return success();
  bool fits = tensor.getRank() == int64_t(output.size()) &&
              !differ(tensor.getDimSize(1), channels);
  Dims dims = getDims(tensor);
  for (unsigned i = 0; fits && i < output.size(); ++i) {
    if (i == 1)
      continue;
    fits &= !differ(output[i].size, dims[i].size);
    if (output[i].isDynamic())
      output[i] = dims[i];
  }
  if (fits)
    return success();
  Dims expected = output;
  expected[1] = Dim(channels);
  return emitOptionalError(location, "expects ", what, " of shape ",
                           toString(expected), ", got ", toString(dims));
}

static LogicalResult checkGroups(OptLocation location, DeformConvOpAdaptor op,
                                 int64_t channels) {
  int64_t group = op.getGroup(), offsetGroup = op.getOffsetGroup();
  if (group < 1)
    return emitOptionalError(location, "group ", group, " is not positive");
  if (offsetGroup < 1)
    return emitOptionalError(location, "offset_group ", offsetGroup,
                             " is not positive");
  if (!ShapedType::isDynamic(channels) && channels % offsetGroup != 0)
    return emitOptionalError(location, "offset_group ", offsetGroup,
                             " does not divide ", channels, " input channels");
  return success();
}

LogicalResult DeformConvOp::inferReturnTypes(MLIRContext *,
                                             OptLocation location, Adaptor op,
                                             SmallVectorImpl<Type> &results) {
  ArrayRef<int64_t> strides = op.getStrides(), pads = op.getPads();
  int64_t rank = strides.size();
  if (failed(
          verifyWindowAttributes(location, strides, op.getDilations(), pads)))
    return failure();
  Type elementType = getElementTypeOrSelf(op.getInput());
  RankedTensorType input = getRanked(op.getInput().getType());
  RankedTensorType weights = getRanked(op.getWeights().getType());
  if (failed(checkGroups(location, op,
                         input && input.getRank() > 1 ? input.getDimSize(1)
                                                      : ShapedType::kDynamic)))
    return failure();
  if (!input || !weights)
    return addUnranked(elementType, results);
  if (input.getRank() != weights.getRank() || input.getRank() != rank + 2)
    return emitOptionalError(location, "input of rank ", input.getRank(),
                             ", weights of rank ", weights.getRank(), " and ",
                             rank, " strides do not describe one convolution");
  if (failed(checkConvChannels(location, input.getDimSize(1), weights,
                               op.getGroup())))
    return failure();
  for (int64_t size : input.getShape().drop_front(2))
    if (size == 0)
      return emitOptionalError(location, "input ", toString(getDims(input)),
                               " has no elements to sample");
  Dims dims{getDims(input)[0], getDims(weights)[0]};
  for (int64_t i = 0; i < rank; ++i) {
    Window window{getDims(weights)[i + 2], strides[i], op.getDilations()[i],
                  pads[i], pads[i + rank]};
    FailureOr<Dim> dim =
        getWindowedDim(location, i + 2, getDims(input)[i + 2], window);
    if (failed(dim))
      return failure();
    dims.push_back(*dim);
  }
  if (op.getBias())
    if (RankedTensorType bias = getRanked(op.getBias().getType()))
      if (bias.getRank() != 1 || differ(bias.getDimSize(0), dims[1].size))
        return emitOptionalError(location, "bias ", toString(bias.getShape()),
                                 " does not match ", toString(dims[1]),
                                 " output channels");
  int64_t taps = ShapedType::kDynamic, offsets = ShapedType::kDynamic;
  ArrayRef<int64_t> kernel = weights.getShape().drop_front(2);
  if (llvm::none_of(kernel, ShapedType::isDynamic)) {
    SmallVector<int64_t> factors(kernel);
    factors.push_back(op.getOffsetGroup());
    std::optional<int64_t> product = checkedProduct(factors);
    factors.push_back(rank);
    std::optional<int64_t> all = checkedProduct(factors);
    if (!product || !all)
      return emitOptionalError(location, "offset_group ",
                               static_cast<int64_t>(op.getOffsetGroup()),
                               " makes too many channels");
    taps = *product;
    offsets = *all;
  }
  if (failed(mergePerTap(location, "offset",
                         getRanked(op.getOffset().getType()), offsets, dims)))
    return failure();
  if (op.getMask() &&
      failed(mergePerTap(location, "mask", getRanked(op.getMask().getType()),
                         taps, dims)))
    return failure();
  return addResult(location, dims, elementType, results);
}

LogicalResult DeformConvOp::verify() {
  if (failed(verifySameElementType(*this)))
    return failure();
  if (!isa<FloatType>(getElementTypeOrSelf(getInput())))
    return emitError("elements of type ")
           << getElementTypeOrSelf(getInput()) << " cannot be convolved";
  return success();
}
