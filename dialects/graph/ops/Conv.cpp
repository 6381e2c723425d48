//===- Conv.cpp - graph.conv: types and layout
//-----------------------------===//

#include "dialects/graph/Windows.h"

#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace atrous::graph;

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

LogicalResult ConvOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                       Adaptor op,
                                       SmallVectorImpl<Type> &results) {
  ArrayRef<int64_t> strides = op.getStrides(), pads = op.getPads();
  int64_t group = op.getGroup(), spatialRank = strides.size();
  if (failed(
          verifyWindowAttributes(location, strides, op.getDilations(), pads)))
    return failure();
  if (group < 1)
    return emitOptionalError(location, "group ", group, " is not positive");
  Type elementType = getElementTypeOrSelf(op.getInput());
  RankedTensorType input = getRanked(op.getInput().getType());
  RankedTensorType weights = getRanked(op.getWeights().getType());
  if (!input || !weights)
    return addUnranked(elementType, results);

  if (input.getRank() != weights.getRank() ||
      input.getRank() != spatialRank + 2)
    return emitOptionalError(location, "input of rank ", input.getRank(),
                             ", weights of rank ", weights.getRank(), " and ",
                             spatialRank,
                             " strides do not describe one convolution");
  if (failed(checkConvChannels(location, input.getDimSize(1), weights, group)))
    return failure();
  Dims dims{getDims(input)[0], getDims(weights)[0]};
  if (op.getBias())
    if (RankedTensorType bias = getRanked(op.getBias().getType()))
      if (bias.getRank() != 1 || differ(bias.getDimSize(0), dims[1].size))
        return emitOptionalError(location, "bias ", toString(bias.getShape()),
                                 " does not match ", toString(dims[1]),
                                 " output channels");
  for (int64_t i = 0; i < spatialRank; ++i) {
    Window window{getDims(weights)[i + 2], strides[i], op.getDilations()[i],
                  pads[i], pads[i + spatialRank]};
    FailureOr<Dim> dim =
        getWindowedDim(location, i + 2, getDims(input)[i + 2], window);
    if (failed(dim))
      return failure();
    dims.push_back(*dim);
  }
  return addResult(location, dims, elementType, results);
}

LogicalResult ConvOp::verify() {
  if (failed(verifySameElementType(*this)))
    return failure();
  Type elementType = getElementTypeOrSelf(getInput());
  if (!elementType.isSignlessIntOrFloat() || elementType.isInteger(1))
    return emitError("elements of type ")
           << elementType << " cannot be convolved";
  return success();
}

//===----------------------------------------------------------------------===//
// Layout
//===----------------------------------------------------------------------===//

namespace {
/// Channel counts of a convolution of static shape.
struct Channels {
  int64_t in, out, group;
  bool isDepthwise() const { return group > 1 && in == group && out == group; }
  bool groupsFillTiles(int64_t tile) const {
    return (in / group) % tile == 0 && (out / group) % tile == 0;
  }
};
} // namespace

static FailureOr<Channels> getChannels(ConvOp op) {
  RankedTensorType input = getRanked(op.getInput().getType());
  RankedTensorType weights = getRanked(op.getWeights().getType());
  if (!input || !weights || input.isDynamicDim(1) ||
      !weights.hasStaticShape() || !isa<FloatType>(input.getElementType()))
    return failure();
  return Channels{input.getDimSize(1), weights.getDimSize(0),
                  static_cast<int64_t>(op.getGroup())};
}

/// Weights [M, C / group, ...] with these dimensions blocked.
static TensorAttr getBlocks(MLIRContext *context, ArrayRef<int64_t> dims,
                            int64_t tile) {
  SmallVector<int64_t> tiles(dims.size(), tile);
  return TensorAttr::get(context, /*symbols=*/{}, dims, tiles);
}

FailureOr<SmallVector<TensorAttr>>
ConvOp::getBlockedOperandLayouts(int64_t tile,
                                 ArrayRef<bool> operandIsBlocked) {
  FailureOr<Channels> channels = getChannels(*this);
  if (failed(channels))
    return failure();
  TensorAttr activation = getChannelBlockedLayout(getContext(), tile);
  TensorAttr weights;
  if (channels->isDepthwise()) {
    weights = getBlocks(getContext(), {0}, tile);
  } else if (channels->group > 1) {
    if (!channels->groupsFillTiles(tile))
      return failure();
    weights = getBlocks(getContext(), {1, 0}, tile);
  } else if (channels->in < tile && !operandIsBlocked[0]) {
    // The picture's three channels: read as they lie, no lane is wasted.
    activation = TensorAttr();
    weights = getBlocks(getContext(), {0}, tile);
  } else {
    weights = getBlocks(getContext(), {1, 0}, tile);
  }
  SmallVector<TensorAttr> layouts{activation, weights};
  if (getBias())
    layouts.push_back(getBlocks(getContext(), {0}, tile));
  return layouts;
}

bool ConvOp::prefersBlockedLayout(int64_t tile) {
  FailureOr<Channels> channels = getChannels(*this);
  if (failed(channels))
    return false;
  if (channels->isDepthwise())
    return 2 * channels->in >= tile;
  if (channels->group > 1)
    return channels->groupsFillTiles(tile);
  return 2 * channels->out >= tile || channels->in >= tile;
}
