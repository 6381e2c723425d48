//===- BatchNorm.cpp - graph.batch_norm -----------------------------------===//
//
// y = x * factor + shift with factor = scale / sqrt(variance + epsilon) and
// shift = bias - mean * factor, which go into the weights and the bias of the
// convolution before it wherever they are constant.
//
//===----------------------------------------------------------------------===//

#include "dialects/graph/Constants.h"
#include "dialects/graph/Loops.h"
#include "dialects/graph/Windows.h"

#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/TypeUtilities.h"
#include <cmath>

using namespace mlir;
using namespace atrous::graph;

LogicalResult BatchNormOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                            Adaptor op,
                                            SmallVectorImpl<Type> &results) {
  Type elementType = getElementTypeOrSelf(op.getInput());
  RankedTensorType input = getRanked(op.getInput().getType());
  if (!input)
    return addUnranked(elementType, results);
  if (input.getRank() < 2)
    return emitOptionalError(location, "input of rank ", input.getRank(),
                             " has no channels");
  constexpr StringLiteral names[] = {"scale", "bias", "mean", "variance"};
  for (auto [name, operand] : llvm::zip(names, op.getOperands().drop_front()))
    if (RankedTensorType parameter = getRanked(operand.getType()))
      if (parameter.getRank() != 1 ||
          differ(parameter.getDimSize(0), input.getDimSize(1)))
        return emitOptionalError(location, "input has ",
                                 toString(getDims(input)[1]), " channels, but ",
                                 name, " has shape ",
                                 toString(parameter.getShape()));
  return addResult(location, getDims(input), elementType, results);
}

LogicalResult BatchNormOp::verify() {
  if (!isa<FloatType>(getElementTypeOrSelf(getInput())))
    return emitError("elements of type ")
           << getElementTypeOrSelf(getInput()) << " cannot be normalised";
  if (getElementTypeOrSelf(getInput()) != getElementTypeOrSelf(getOutput()))
    return emitError("input and output differ in element type");
  return success();
}

FailureOr<SmallVector<TensorAttr>>
BatchNormOp::getBlockedOperandLayouts(int64_t tile, ArrayRef<bool>) {
  RankedTensorType input = getRanked(getInput().getType());
  // Lanes of padding have variance 0.
  bool finite = getEpsilon().convertToDouble() > 0;
  if (!input || input.isDynamicDim(1) ||
      (!finite && input.getDimSize(1) % tile != 0))
    return failure();
  auto parameter = TensorAttr::get(getContext(), /*symbols=*/{},
                                   /*inner_dims=*/{0}, /*inner_tiles=*/{tile});
  SmallVector<TensorAttr> layouts(5, parameter);
  layouts[0] = getChannelBlockedLayout(getContext(), tile);
  return layouts;
}

//===----------------------------------------------------------------------===//
// Canonicalization
//===----------------------------------------------------------------------===//

namespace {
/// One factor and one shift per channel.
struct Affine {
  SmallVector<double> factor, shift;
};
} // namespace

static FailureOr<Affine> getAffine(BatchNormOp op) {
  for (Value parameter : op->getOperands().drop_front())
    if (TensorAttr layout = getTensorAttr(parameter.getType());
        layout && !layout.getInnerDims().empty())
      return failure();
  FailureOr<SmallVector<double>> scale = getConstantFloats(op.getScale());
  FailureOr<SmallVector<double>> bias = getConstantFloats(op.getBias());
  FailureOr<SmallVector<double>> mean = getConstantFloats(op.getMean());
  FailureOr<SmallVector<double>> variance = getConstantFloats(op.getVariance());
  if (failed(scale) || failed(bias) || failed(mean) || failed(variance))
    return failure();
  size_t channels = scale->size();
  if (bias->size() != channels || mean->size() != channels ||
      variance->size() != channels)
    return failure();
  Affine affine;
  double epsilon = op.getEpsilon().convertToDouble();
  for (size_t c = 0; c < channels; ++c) {
    double factor = (*scale)[c] / std::sqrt((*variance)[c] + epsilon);
    affine.factor.push_back(factor);
    affine.shift.push_back((*bias)[c] - (*mean)[c] * factor);
  }
  return affine;
}

/// A constant of a floating-point type, each value rounded to it.
static Value createFloats(OpBuilder &builder, Location loc,
                          RankedTensorType type, ArrayRef<double> values) {
  auto elementType = cast<FloatType>(type.getElementType());
  int64_t size = getElementBytes(elementType);
  SmallVector<char> bytes(values.size() * size);
  for (auto [i, value] : llvm::enumerate(values)) {
    APFloat rounded(value);
    bool losesInfo;
    rounded.convert(elementType.getFloatSemantics(),
                    APFloat::rmNearestTiesToEven, &losesInfo);
    uint64_t bits = rounded.bitcastToAPInt().getZExtValue();
    std::memcpy(bytes.data() + i * size, &bits, size);
  }
  return createConstant(builder, loc, type, bytes);
}

/// `factor`, one per output channel, in a shape that broadcasts to the weights:
/// output channels are dimension 0 of a convolution's, dimension 1 and the
/// group of a transposed one's.
static Value createWeightFactor(OpBuilder &builder, Location loc,
                                RankedTensorType weights,
                                ArrayRef<double> factor, bool transposed,
                                int64_t group) {
  SmallVector<int64_t> shape(weights.getRank(), 1);
  SmallVector<double> values(factor);
  if (!transposed) {
    shape[0] = factor.size();
  } else {
    shape[1] = weights.getDimSize(1);
    if (group > 1) {
      shape[0] = weights.getDimSize(0);
      values.clear();
      int64_t inputsPerGroup = shape[0] / group;
      for (int64_t c = 0; c < shape[0]; ++c)
        llvm::append_range(
            values, factor.slice(c / inputsPerGroup * shape[1], shape[1]));
    }
  }
  return createFloats(
      builder, loc, RankedTensorType::get(shape, weights.getElementType()),
      values);
}

namespace {
/// batch_norm(conv(x, w, b)) => conv(x, w * factor, b * factor + shift). The
/// product is left to constant folding, which is fast on large weights.
template <typename ConvLikeOp>
struct FoldIntoConvolution : OpRewritePattern<BatchNormOp> {
  using OpRewritePattern<BatchNormOp>::OpRewritePattern;

  LogicalResult matchAndRewrite(BatchNormOp op,
                                PatternRewriter &rewriter) const override {
    auto conv = op.getInput().template getDefiningOp<ConvLikeOp>();
    if (!conv || !conv->hasOneUse())
      return rewriter.notifyMatchFailure(
          op, "input is no convolution, or one with other uses");
    FailureOr<Affine> affine = getAffine(op);
    auto type = getRanked(conv.getWeights().getType());
    if (failed(affine) || !getConstantElements(conv.getWeights()) ||
        type != withLayout(type, {}))
      return rewriter.notifyMatchFailure(
          op, "parameters or weights are not plain constants");
    SmallVector<double> bias(affine->factor.size(), 0.0);
    if (conv.getBias()) {
      FailureOr<SmallVector<double>> old = getConstantFloats(conv.getBias());
      if (failed(old) || old->size() != bias.size())
        return rewriter.notifyMatchFailure(op, "bias is not constant");
      bias = std::move(*old);
    }
    if (conv.getOutput().getType() != op.getOutput().getType())
      return rewriter.notifyMatchFailure(op, "types are not inferred yet");

    constexpr bool transposed = std::is_same_v<ConvLikeOp, ConvTransposeOp>;
    for (auto [c, value] : llvm::enumerate(bias))
      value = value * affine->factor[c] + affine->shift[c];
    rewriter.setInsertionPoint(conv);
    Location weightsLoc = conv.getWeights().getLoc();
    Value newWeights = rewriter.create<MulOp>(
        weightsLoc, type, conv.getWeights(),
        createWeightFactor(rewriter, weightsLoc, type, affine->factor,
                           transposed, conv.getGroup()));
    auto biasType =
        RankedTensorType::get({int64_t(bias.size())}, type.getElementType());
    Value newBias = createFloats(rewriter, op.getLoc(), biasType, bias);
    rewriter.modifyOpInPlace(conv, [&] {
      conv.getWeightsMutable().assign(newWeights);
      conv.getBiasMutable().assign(newBias);
    });
    rewriter.replaceOp(op, conv.getOutput());
    return success();
  }
};

/// batch_norm(x) => x * factor + shift
struct DecomposeBatchNorm : OpRewritePattern<BatchNormOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(BatchNormOp op,
                                PatternRewriter &rewriter) const override {
    RankedTensorType input = getRanked(op.getInput().getType());
    if (!input || input != op.getOutput().getType())
      return rewriter.notifyMatchFailure(op, "types are not inferred yet");
    FailureOr<Affine> affine = getAffine(op);
    if (failed(affine))
      return rewriter.notifyMatchFailure(op, "parameters are not constant");
    SmallVector<int64_t> shape(input.getRank() - 1, 1);
    shape[0] = affine->factor.size();
    auto type = RankedTensorType::get(shape, input.getElementType());
    Location loc = op.getLoc();
    Value factor = createFloats(rewriter, loc, type, affine->factor);
    Value shift = createFloats(rewriter, loc, type, affine->shift);
    Value scaled = rewriter.create<MulOp>(loc, input, op.getInput(), factor);
    rewriter.replaceOpWithNewOp<AddOp>(op, input, scaled, shift);
    return success();
  }
};
} // namespace

void BatchNormOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                              MLIRContext *context) {
  patterns
      .add<FoldIntoConvolution<ConvOp>, FoldIntoConvolution<ConvTransposeOp>>(
          context, /*benefit=*/2);
  patterns.add<DecomposeBatchNorm>(context, /*benefit=*/1);
}

//===----------------------------------------------------------------------===//
// Lowering
//===----------------------------------------------------------------------===//

FailureOr<SmallVector<Value>> BatchNormOp::lowerToLinalg(OpBuilder &builder,
                                                         ValueRange operands) {
  if (failed(checkRanked(*this)))
    return failure();
  Location loc = getLoc();
  RankedTensorType type = getPhysicalResultType(*this);
  Dim channels = getDims(getRanked(getInput().getType()))[1];
  for (Value parameter : getOperands().drop_front())
    createSizeCheck(builder, loc, channels,
                    getDims(getRanked(parameter.getType()))[0],
                    "a parameter does not fit the input's channels");
  RankedTensorType channelType = getSymbolicType(
      getPhysicalDims(getScale().getType()), type.getElementType());
  AffineMap channelMap = builder.getMultiDimIdentityMap(channelType.getRank());
  auto emitFactor = [&](OpBuilder &b, Location loc, ValueRange args) -> Value {
    Value epsilon = createNumber(b, loc, type.getElementType(),
                                 getEpsilon().convertToDouble());
    Value variance = b.create<arith::AddFOp>(loc, args[1], epsilon);
    Value deviation = b.create<math::SqrtOp>(loc, variance);
    return b.create<arith::DivFOp>(loc, args[0], deviation);
  };
  Value factor =
      createMapped(builder, loc, channelType, {operands[1], operands[4]},
                   {channelMap, channelMap}, emitFactor);
  auto emitShift = [](OpBuilder &b, Location loc, ValueRange args) -> Value {
    Value offset = b.create<arith::MulFOp>(loc, args[1], args[2]);
    return b.create<arith::SubFOp>(loc, args[0], offset);
  };
  Value shift = createMapped(builder, loc, channelType,
                             {operands[2], operands[3], factor},
                             {channelMap, channelMap, channelMap}, emitShift);

  int64_t rank = type.getRank();
  SmallVector<AffineExpr> channel{builder.getAffineDimExpr(1)};
  if (isChannelBlocked(getInput().getType()))
    channel.push_back(builder.getAffineDimExpr(rank - 1));
  auto broadcast =
      AffineMap::get(rank, /*symbolCount=*/0, channel, getContext());
  auto emitResult = [](OpBuilder &b, Location loc, ValueRange args) -> Value {
    Value scaled = b.create<arith::MulFOp>(loc, args[0], args[1]);
    return b.create<arith::AddFOp>(loc, scaled, args[2]);
  };
  return SmallVector<Value>{
      createMapped(builder, loc, type, {operands[0], factor, shift},
                   {builder.getMultiDimIdentityMap(rank), broadcast, broadcast},
                   emitResult)};
}
