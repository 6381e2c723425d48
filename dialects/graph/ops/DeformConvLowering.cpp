//===- DeformConvLowering.cpp - graph.deform_conv as loops ----------------===//

#include "dialects/graph/Dims.h"
#include "dialects/graph/Loops.h"
#include "dialects/graph/Sampling.h"

#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace atrous::graph;

namespace {
/// The lowering in steps. Loop dimensions are (n, c, k.., o..) for samples.
class DeformConvLowering {
public:
  DeformConvLowering(DeformConvOp op, ValueRange operands)
      : op(op), input(operands[0]), weights(operands[1]), offset(operands[2]),
        bias(operands[3]), mask(operands[4]), rank(op.getStrides().size()),
        inputDims(getPhysicalDims(op.getInput().getType())),
        weightDims(getPhysicalDims(op.getWeights().getType())),
        type(getPhysicalResultType(op)),
        sumType(cast<FloatType>(getSumType(type.getElementType()))) {}

  Value emit(OpBuilder &builder);

private:
  Value emitSample(ImplicitLocOpBuilder &b);
  Value loadPerTap(ImplicitLocOpBuilder &b, Value logical, Value tensor,
                   Value channel);
  RankedTensorType getSampleType() const;
  Value emitSamples(OpBuilder &builder);
  Value emitContraction(OpBuilder &builder, Value samples);

  DeformConvOp op;
  Value input, weights, offset, bias, mask;
  int64_t rank;
  Dims inputDims, weightDims;
  RankedTensorType type;
  FloatType sumType;
};
} // namespace

/// The element of `tensor` [N, channels, out...], which `logical` is lowered
/// to, for this window.
Value DeformConvLowering::loadPerTap(ImplicitLocOpBuilder &b, Value logical,
                                     Value tensor, Value channel) {
  SmallVector<Value> indices{b.create<linalg::IndexOp>(0), channel};
  for (int64_t i = 0; i < rank; ++i)
    indices.push_back(b.create<linalg::IndexOp>(2 + rank + i));
  // Nothing but the model says that sizes known at run time agree.
  Dims dims = getPhysicalDims(logical.getType()), output = getDims(type);
  for (auto [i, dim] : llvm::enumerate(dims))
    if (dim.isDynamic() && !(i != 1 && dim.isSameAs(output[i])))
      indices[i] = createClamped(b, b.getLoc(), indices[i], dim);
  return createWidened(b, b.getLoc(),
                       b.create<tensor::ExtractOp>(tensor, indices), sumType);
}

/// The input where tap (k..) of window (o..) looks.
Value DeformConvLowering::emitSample(ImplicitLocOpBuilder &b) {
  Location loc = b.getLoc();
  Sampler sampler(b, sumType);
  auto index = [&](int64_t value) { return createIndex(b, loc, value); };
  Dim perGroup =
      divSizes(inputDims[1], Dim(static_cast<int64_t>(op.getOffsetGroup())));
  Value channel = b.create<linalg::IndexOp>(1);
  // The tap's number: group, then kernel.
  Value tap = op.getOffsetGroup() == 1
                  ? index(0)
                  : b.createOrFold<arith::DivUIOp>(
                        channel, createSize(b, loc, perGroup));
  for (int64_t i = 0; i < rank; ++i)
    tap = createAdd(
        b, loc, createMul(b, loc, tap, createSize(b, loc, weightDims[i + 2])),
        b.create<linalg::IndexOp>(2 + i));
  SmallVector<Taps> taps{{Tap{b.create<linalg::IndexOp>(0), {}, {}}},
                         {Tap{channel, {}, {}}}};
  for (int64_t i = 0; i < rank; ++i) {
    Value out = b.create<linalg::IndexOp>(2 + rank + i);
    Value k = b.create<linalg::IndexOp>(2 + i);
    Value place =
        createAdd(b, loc, createMul(b, loc, out, index(op.getStrides()[i])),
                  createMul(b, loc, k, index(op.getDilations()[i])));
    place = createSub(b, loc, place, index(op.getPads()[i]));
    Value number =
        createAdd(b, loc, createMul(b, loc, tap, index(rank)), index(i));
    taps.push_back(sampler.linear(
        sampler.add(sampler.toFloat(place),
                    loadPerTap(b, op.getOffset(), offset, number)),
        createSize(b, loc, inputDims[i + 2])));
  }
  Value sample = sampler.sum(input, getElementTypeOrSelf(input), taps);
  return mask ? sampler.mul(sample, loadPerTap(b, op.getMask(), mask, tap))
              : sample;
}

/// [N, C, kernel..., out...]
RankedTensorType DeformConvLowering::getSampleType() const {
  Dims dims{inputDims[0], inputDims[1]};
  dims.append(weightDims.begin() + 2, weightDims.end());
  Dims output = getDims(type);
  dims.append(output.begin() + 2, output.end());
  return getSymbolicType(dims, sumType);
}

Value DeformConvLowering::emitSamples(OpBuilder &builder) {
  return createMapped(builder, op.getLoc(), getSampleType(), {}, {},
                      [&](OpBuilder &b, Location loc, ValueRange) {
                        ImplicitLocOpBuilder implicit(loc, b);
                        return emitSample(implicit);
                      });
}

/// out[n, g, m, o..] += samples[n, g, c, k.., o..] * w[g, m, c, k..]
Value DeformConvLowering::emitContraction(OpBuilder &builder, Value samples) {
  Location loc = op.getLoc();
  int64_t group = op.getGroup();
  auto split = [&](RankedTensorType whole, int64_t dim) {
    Dims dims = getDims(whole);
    dims[dim] = divSizes(dims[dim], Dim(group));
    dims.insert(dims.begin() + dim, Dim(group));
    return getSymbolicType(dims, whole.getElementType());
  };
  samples = createReshaped(builder, loc, samples, split(getSampleType(), 1));
  auto weightType =
      getSymbolicType(weightDims, getElementTypeOrSelf(weights.getType()));
  Value factors = createReshaped(builder, loc, weights, split(weightType, 0));
  RankedTensorType sumsType = type.clone(sumType);

  Loops loops(op.getContext());
  AffineExpr n = loops.parallel(), g = loops.parallel(), m = loops.parallel();
  SmallVector<AffineExpr> out = loops.parallel(rank);
  AffineExpr c = loops.reduction();
  SmallVector<AffineExpr> taps = loops.reduction(rank);
  SmallVector<AffineExpr> sample{n, g, c}, weight{g, m, c}, result{n, g, m};
  sample.append(taps);
  sample.append(out);
  weight.append(taps);
  result.append(out);
  Value zero = createNumber(builder, loc, sumType, 0);
  Value sum = createFilled(builder, loc, split(sumsType, 1), zero);
  sum = createGeneric(builder, loc, loops, {samples, factors}, sum,
                      {loops.map(sample), loops.map(weight), loops.map(result)},
                      [](OpBuilder &b, Location loc, ValueRange args) {
                        return SmallVector<Value>{createMultiplyAdd(
                            b, loc, args[2], args[0], args[1])};
                      })
            .getResult(0);
  return createReshaped(builder, loc, sum, sumsType);
}

Value DeformConvLowering::emit(OpBuilder &builder) {
  Location loc = op.getLoc();
  Value zero = createNumber(builder, loc, sumType, 0);
  bool isEmpty =
      llvm::is_contained(type.getShape(), 0) || inputDims[1].size == 0;
  Value result = isEmpty ? createFilled(builder, loc, type.clone(sumType), zero)
                         : emitContraction(builder, emitSamples(builder));
  if (bias)
    result = createChannelBias(builder, loc, type.clone(sumType), result, bias,
                               /*blocked=*/false);
  return createRounded(builder, loc, type, result);
}

LoweredValues DeformConvOp::lowerToLinalg(OpBuilder &builder,
                                          ValueRange operands) {
  if (failed(checkRanked(*this)))
    return failure();
  return SmallVector<Value>{DeformConvLowering(*this, operands).emit(builder)};
}
