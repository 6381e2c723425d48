//===- Conv.cpp - graph.conv ----------------------------------------------===//

#include "dialects/graph/Loops.h"
#include "dialects/graph/Windows.h"

#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace atrous::graph;

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

static LogicalResult verifyChannels(OptLocation location, int64_t channels,
                                    RankedTensorType weights, int64_t group) {
  int64_t perGroup = weights.getDimSize(1);
  if (!ShapedType::isDynamic(channels) && channels % group != 0)
    return emitOptionalError(location, "group ", group, " does not divide ",
                             channels, " input channels");
  if (!ShapedType::isDynamic(weights.getDimSize(0)) &&
      weights.getDimSize(0) % group != 0)
    return emitOptionalError(location, "group ", group, " does not divide ",
                             weights.getDimSize(0), " output channels");
  if (ShapedType::isDynamic(channels) || ShapedType::isDynamic(perGroup) ||
      channels / group == perGroup)
    return success();
  return emitOptionalError(location, "input has ", channels,
                           " channels, but weights ",
                           toString(weights.getShape()), " with group ", group,
                           " expect ", perGroup * group);
}

LogicalResult ConvOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                       ValueRange operands,
                                       DictionaryAttr attributes,
                                       OpaqueProperties properties,
                                       RegionRange regions,
                                       SmallVectorImpl<Type> &results) {
  Adaptor op(operands, attributes, properties, regions);
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
  if (failed(verifyChannels(location, input.getDimSize(1), weights, group)))
    return failure();
  Dims dims{getDims(input)[0], getDims(weights)[0]};
  if (op.getBias())
    if (RankedTensorType bias = getRanked(op.getBias().getType()))
      if (bias.getRank() != 1 || differ(bias.getDimSize(0), dims[1].size))
        return emitOptionalError(location, "bias ", toString(bias.getShape()),
                                 " does not match ", toString(dims[1]),
                                 " output channels");
  for (int64_t i = 0; i < spatialRank; ++i) {
    Window window{weights.getDimSize(i + 2), strides[i], op.getDilations()[i],
                  pads[i], pads[i + spatialRank]};
    FailureOr<Dim> dim =
        getWindowedDim(location, i + 2, input.getDimSize(i + 2), window);
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

//===----------------------------------------------------------------------===//
// Lowering
//===----------------------------------------------------------------------===//

namespace {
/// A convolution on physical tensors, loop by loop. Channel loops differ from
/// form to form, spatial ones do not.
class ConvLowering {
public:
  ConvLowering(ConvOp op, Value input, Value weights)
      : op(op), loops(op.getContext()), input(input), weights(weights),
        rank(op.getStrides().size()), group(op.getGroup()) {}

  /// out[n, m, o..] += in[n, c, o*s + k*d..] * w[m, c, k..]
  void lowerPlain();
  /// out[n, cb, o.., ci] += in[n, cb, o*s + k*d.., ci] * w[cb, 0, k.., ci]
  void lowerDepthwise();
  /// out[n, kb, o.., ko] += in[n, cb, o*s + k*d.., ci] * w[kb, cb, k.., ci, ko]
  void lowerBlocked(OpBuilder &builder);
  /// out[n, kb, o.., ko] += in[n, c, o*s + k*d..] * w[kb, c, k.., ko]
  void lowerPlainToBlocked();
  void lowerPlainGroups(OpBuilder &builder);

  Value emit(OpBuilder &builder, Location loc);

private:
  /// `before`, then one entry per spatial dimension, then `after`.
  static SmallVector<AffineExpr> around(ArrayRef<AffineExpr> before,
                                        ArrayRef<AffineExpr> spatial,
                                        ArrayRef<AffineExpr> after) {
    SmallVector<AffineExpr> exprs(before);
    exprs.append(spatial.begin(), spatial.end());
    exprs.append(after.begin(), after.end());
    return exprs;
  }
  SmallVector<AffineExpr> windows() {
    SmallVector<AffineExpr> exprs;
    for (int64_t i = 0; i < rank; ++i)
      exprs.push_back(out[i] * op.getStrides()[i] +
                      kernel[i] * op.getDilations()[i]);
    return exprs;
  }
  void setMaps(ArrayRef<AffineExpr> inputExprs,
               ArrayRef<AffineExpr> weightExprs,
               ArrayRef<AffineExpr> outputExprs) {
    maps = {loops.map(inputExprs), loops.map(weightExprs),
            loops.map(outputExprs)};
  }
  int64_t inputSize(unsigned dim) const {
    return cast<RankedTensorType>(input.getType()).getDimSize(dim);
  }
  int64_t weightSize(unsigned dim) const {
    return cast<RankedTensorType>(weights.getType()).getDimSize(dim);
  }
  void splitWeights(OpBuilder &builder);

  ConvOp op;
  Loops loops;
  Value input, weights;
  int64_t rank, group;
  SmallVector<AffineExpr> out, kernel;
  SmallVector<AffineMap, 3> maps;
};
} // namespace

void ConvLowering::lowerPlain() {
  AffineExpr n = loops.parallel(), m = loops.parallel();
  out = loops.parallel(rank);
  // One channel per group: the group's number is both m and the channel's.
  bool depthwise = group > 1 && weightSize(1) == 1;
  AffineExpr c = depthwise ? loops.constant(0) : loops.reduction();
  kernel = loops.reduction(rank);
  setMaps(around({n, depthwise ? m : c}, windows(), {}),
          around({m, c}, kernel, {}), around({n, m}, out, {}));
}

void ConvLowering::lowerDepthwise() {
  AffineExpr n = loops.parallel(), cb = loops.parallel();
  out = loops.parallel(rank);
  AffineExpr ci = loops.parallel();
  kernel = loops.reduction(rank);
  setMaps(around({n, cb}, windows(), {ci}),
          around({cb, loops.constant(0)}, kernel, {ci}),
          around({n, cb}, out, {ci}));
}

/// Splits the weights' dimension 0 into groups and what each of them makes, so
/// that both loops are dimensions of an operand.
void ConvLowering::splitWeights(OpBuilder &builder) {
  auto type = cast<RankedTensorType>(weights.getType());
  SmallVector<int64_t> shape{group, type.getDimSize(0) / group};
  llvm::append_range(shape, type.getShape().drop_front());
  SmallVector<ReassociationIndices> reassociation{{0, 1}};
  for (int64_t dim = 1; dim < type.getRank(); ++dim)
    reassociation.push_back({dim + 1});
  weights = builder.create<tensor::ExpandShapeOp>(
      op.getLoc(), RankedTensorType::get(shape, type.getElementType()), weights,
      reassociation);
}

void ConvLowering::lowerPlainGroups(OpBuilder &builder) {
  int64_t inPerGroup = weightSize(1), outPerGroup = weightSize(0) / group;
  splitWeights(builder);
  AffineExpr n = loops.parallel(), g = loops.parallel(), m = loops.parallel();
  out = loops.parallel(rank);
  AffineExpr c = loops.reduction();
  kernel = loops.reduction(rank);
  setMaps(around({n, g * inPerGroup + c}, windows(), {}),
          around({g, m, c}, kernel, {}),
          around({n, g * outPerGroup + m}, out, {}));
}

void ConvLowering::lowerBlocked(OpBuilder &builder) {
  if (group == 1) {
    AffineExpr n = loops.parallel(), kb = loops.parallel();
    out = loops.parallel(rank);
    AffineExpr ko = loops.parallel(), cb = loops.reduction();
    kernel = loops.reduction(rank);
    AffineExpr ci = loops.reduction();
    setMaps(around({n, cb}, windows(), {ci}),
            around({kb, cb}, kernel, {ci, ko}), around({n, kb}, out, {ko}));
    return;
  }
  int64_t inPerGroup = weightSize(1), outPerGroup = weightSize(0) / group;
  splitWeights(builder);
  AffineExpr n = loops.parallel(), g = loops.parallel(), kb = loops.parallel();
  out = loops.parallel(rank);
  AffineExpr ko = loops.parallel(), cb = loops.reduction();
  kernel = loops.reduction(rank);
  AffineExpr ci = loops.reduction();
  setMaps(around({n, g * inPerGroup + cb}, windows(), {ci}),
          around({g, kb, cb}, kernel, {ci, ko}),
          around({n, g * outPerGroup + kb}, out, {ko}));
}

void ConvLowering::lowerPlainToBlocked() {
  AffineExpr n = loops.parallel(), kb = loops.parallel();
  out = loops.parallel(rank);
  AffineExpr ko = loops.parallel(), c = loops.reduction();
  kernel = loops.reduction(rank);
  setMaps(around({n, c}, windows(), {}), around({kb, c}, kernel, {ko}),
          around({n, kb}, out, {ko}));
}

Value ConvLowering::emit(OpBuilder &builder, Location loc) {
  RankedTensorType type = getPhysicalResultType(op);
  Value zero = createNumber(builder, loc, type.getElementType(), 0);
  Value init = createFilled(builder, loc, type, zero);
  auto accumulate = [](OpBuilder &b, Location loc, ValueRange args) {
    Value product = createMul(b, loc, args[0], args[1]);
    return SmallVector<Value>{createAdd(b, loc, args[2], product)};
  };
  return createGeneric(builder, loc, loops, {input, weights}, init, maps,
                       accumulate)
      .getResult(0);
}

/// The input with zeros around its spatial dimensions, or as it is.
static Value padInput(ConvOp op, OpBuilder &builder, Value input) {
  if (llvm::all_of(op.getPads(), [](int64_t pad) { return pad == 0; }))
    return input;
  auto type = cast<RankedTensorType>(input.getType());
  SmallVector<int64_t> low(type.getRank(), 0), high(type.getRank(), 0);
  int64_t rank = op.getStrides().size();
  for (int64_t i = 0; i < rank; ++i) {
    low[i + 2] = op.getPads()[i];
    high[i + 2] = op.getPads()[i + rank];
  }
  return createZeroPadded(builder, op.getLoc(), input, low, high);
}

FailureOr<SmallVector<Value>> ConvOp::lowerToLinalg(OpBuilder &builder,
                                                    ValueRange operands) {
  if (failed(checkStatic(*this)))
    return failure();
  Value input = padInput(*this, builder, operands[0]);
  bool blockedInput = isChannelBlocked(getInput().getType());
  bool blockedOutput = isChannelBlocked(getOutput().getType());
  TensorAttr layout = getTensorAttr(getWeights().getType());
  ArrayRef<int64_t> weightBlocks;
  if (layout)
    weightBlocks = layout.getInnerDims();

  ConvLowering lowering(*this, input, operands[1]);
  bool oneInputChannel = getRanked(getWeights().getType()).getDimSize(1) == 1;
  if (!blockedInput && !blockedOutput && weightBlocks.empty()) {
    bool depthwise =
        oneInputChannel && getRanked(getOutput().getType()).getDimSize(1) ==
                               static_cast<int64_t>(getGroup());
    if (getGroup() == 1 || depthwise)
      lowering.lowerPlain();
    else
      lowering.lowerPlainGroups(builder);
  } else if (blockedInput && blockedOutput &&
             weightBlocks == ArrayRef<int64_t>{1, 0}) {
    lowering.lowerBlocked(builder);
  } else if (blockedOutput && weightBlocks == ArrayRef<int64_t>{0} &&
             blockedInput && oneInputChannel) {
    lowering.lowerDepthwise();
  } else if (blockedOutput && weightBlocks == ArrayRef<int64_t>{0} &&
             !blockedInput && getGroup() == 1) {
    lowering.lowerPlainToBlocked();
  } else {
    return emitError("has no convolution for these layouts: ")
           << (*this)->getOperandTypes() << " to " << getOutput().getType();
  }
  Value result = lowering.emit(builder, getLoc());
  if (getBias())
    result = createChannelBias(builder, getLoc(), result, operands[2],
                               blockedOutput);
  return SmallVector<Value>{result};
}
