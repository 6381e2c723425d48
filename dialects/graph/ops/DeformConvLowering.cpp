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
        kernel(getShape(weights).drop_front(2)),
        type(getPhysicalResultType(op)),
        sumType(cast<FloatType>(getSumType(type.getElementType()))) {}

  Value emit(OpBuilder &builder);

private:
  Value emitSample(ImplicitLocOpBuilder &b);
  Value loadPerTap(ImplicitLocOpBuilder &b, Value tensor, Value channel);
  Value emitSamples(OpBuilder &builder);
  Value emitContraction(OpBuilder &builder, Value samples);

  DeformConvOp op;
  Value input, weights, offset, bias, mask;
  int64_t rank;
  ArrayRef<int64_t> kernel;
  RankedTensorType type;
  FloatType sumType;
};
} // namespace

/// The element of `tensor` [N, channels, out...] for this window.
Value DeformConvLowering::loadPerTap(ImplicitLocOpBuilder &b, Value tensor,
                                     Value channel) {
  SmallVector<Value> indices{b.create<linalg::IndexOp>(0), channel};
  for (int64_t i = 0; i < rank; ++i)
    indices.push_back(b.create<linalg::IndexOp>(2 + rank + i));
  return createWidened(b, b.getLoc(),
                       b.create<tensor::ExtractOp>(tensor, indices), sumType);
}

/// The input where tap (k..) of window (o..) looks.
Value DeformConvLowering::emitSample(ImplicitLocOpBuilder &b) {
  Location loc = b.getLoc();
  Sampler sampler(b, sumType);
  auto index = [&](int64_t value) { return createIndex(b, loc, value); };
  int64_t perGroup =
      getShape(input)[1] / static_cast<int64_t>(op.getOffsetGroup());
  Value channel = b.create<linalg::IndexOp>(1);
  // The tap's number: group, then kernel.
  Value tap = op.getOffsetGroup() == 1
                  ? index(0)
                  : b.createOrFold<arith::DivUIOp>(channel, index(perGroup));
  for (int64_t i = 0; i < rank; ++i)
    tap = createAdd(b, loc, createMul(b, loc, tap, index(kernel[i])),
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
        sampler.add(sampler.toFloat(place), loadPerTap(b, offset, number)),
        index(getShape(input)[i + 2])));
  }
  Value sample = sampler.sum(input, getElementTypeOrSelf(input), taps);
  return mask ? sampler.mul(sample, loadPerTap(b, mask, tap)) : sample;
}

/// The samples as [N, C, kernel..., out...].
Value DeformConvLowering::emitSamples(OpBuilder &builder) {
  SmallVector<int64_t> shape(getShape(input).take_front(2));
  llvm::append_range(shape, kernel);
  llvm::append_range(shape, type.getShape().drop_front(2));
  return createMapped(builder, op.getLoc(),
                      RankedTensorType::get(shape, sumType), {}, {},
                      [&](OpBuilder &b, Location loc, ValueRange) {
                        ImplicitLocOpBuilder implicit(loc, b);
                        return emitSample(implicit);
                      });
}

/// out[n, g, m, o..] += samples[n, g, c, k.., o..] * w[g, m, c, k..]
Value DeformConvLowering::emitContraction(OpBuilder &builder, Value samples) {
  Location loc = op.getLoc();
  int64_t group = op.getGroup();
  auto splitDim = [&](Value tensor, int64_t dim) {
    SmallVector<int64_t> shape(getShape(tensor));
    shape[dim] /= group;
    shape.insert(shape.begin() + dim, group);
    return createReshaped(builder, loc, tensor, shape);
  };
  samples = splitDim(samples, 1);
  Value split = splitDim(weights, 0);
  SmallVector<int64_t> shape(type.getShape());
  shape[1] /= group;
  shape.insert(shape.begin() + 1, group);

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
  Value sum =
      createFilled(builder, loc, RankedTensorType::get(shape, sumType), zero);
  sum = createGeneric(builder, loc, loops, {samples, split}, sum,
                      {loops.map(sample), loops.map(weight), loops.map(result)},
                      [](OpBuilder &b, Location loc, ValueRange args) {
                        return SmallVector<Value>{createMultiplyAdd(
                            b, loc, args[2], args[0], args[1])};
                      })
            .getResult(0);
  return createReshaped(builder, loc, sum, type.getShape());
}

Value DeformConvLowering::emit(OpBuilder &builder) {
  Location loc = op.getLoc();
  Value zero = createNumber(builder, loc, sumType, 0);
  bool isEmpty = type.getNumElements() == 0 || getShape(input)[1] == 0;
  Value result = isEmpty ? createFilled(builder, loc, type.clone(sumType), zero)
                         : emitContraction(builder, emitSamples(builder));
  if (bias)
    result = createChannelBias(builder, loc, type.clone(sumType), result, bias,
                               /*blocked=*/false);
  return createRounded(builder, loc, type, result);
}

LoweredValues DeformConvOp::lowerToLinalg(OpBuilder &builder,
                                          ValueRange operands) {
  if (failed(checkStatic(*this)))
    return failure();
  return SmallVector<Value>{DeformConvLowering(*this, operands).emit(builder)};
}
