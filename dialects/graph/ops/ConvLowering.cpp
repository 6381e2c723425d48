//===- ConvLowering.cpp - graph.conv as loops -----------------------------===//

#include "dialects/graph/Dims.h"
#include "dialects/graph/Loops.h"

using namespace mlir;
using namespace atrous::graph;

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
  Type sumType = getSumType(type.getElementType());
  Value zero = createNumber(builder, loc, sumType, 0);
  Value init = createFilled(builder, loc, type.clone(sumType), zero);
  auto accumulate = [](OpBuilder &b, Location loc, ValueRange args) {
    return SmallVector<Value>{
        createMultiplyAdd(b, loc, args[2], args[0], args[1])};
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
  return createZeroPadded(builder, op.getLoc(), input, low, high,
                          getPhysicalDims(op.getInput().getType()));
}

/// Sizes that must be equal, and that inference does not know.
static void checkSizes(ConvOp op, OpBuilder &builder) {
  Location loc = op.getLoc();
  Dims input = getDims(getRanked(op.getInput().getType()));
  Dims weights = getDims(getRanked(op.getWeights().getType()));
  createSizeCheck(builder, loc, input[1],
                  mulSizes(weights[1], Dim(op.getGroup())),
                  "the weights do not fit the input's channels");
  if (op.getBias())
    createSizeCheck(builder, loc,
                    getDims(getRanked(op.getBias().getType()))[0], weights[0],
                    "the bias does not fit the weights");
}

FailureOr<SmallVector<Value>> ConvOp::lowerToLinalg(OpBuilder &builder,
                                                    ValueRange operands) {
  if (failed(checkRanked(*this)))
    return failure();
  checkSizes(*this, builder);
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
  RankedTensorType type = getPhysicalResultType(*this);
  if (getBias())
    result = createChannelBias(builder, getLoc(),
                               type.clone(getSumType(type.getElementType())),
                               result,
                               operands[2], blockedOutput);
  return SmallVector<Value>{createRounded(builder, getLoc(), type, result)};
}
