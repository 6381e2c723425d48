//===- ConvTransposePhases.cpp - A transposed convolution taken apart -----===//

#include "passes/graph/ConvTransposePhases.h"
#include "dialects/graph/Constants.h"
#include "passes/graph/SpatialPad.h"
#include "llvm/Support/MathExtras.h"
#include <numeric>

using namespace mlir;
using namespace atrous;

static RankedTensorType getRanked(Value value) {
  return cast<RankedTensorType>(value.getType());
}

int64_t atrous::getExcess(graph::ConvTransposeOp op, int64_t dim) {
  int64_t kernel = getRanked(op.getWeights()).getDimSize(dim + 2);
  int64_t rank = op.getStrides().size();
  return op.getOutputPadding()[dim] + (kernel - 1) * op.getDilations()[dim] +
         1 - op.getStrides()[dim] - op.getPads()[dim] -
         op.getPads()[dim + rank];
}

PhaseDim atrous::getPhaseDim(graph::ConvTransposeOp op, int64_t dim,
                             int64_t phase, int64_t extra) {
  int64_t stride = op.getStrides()[dim], dilation = op.getDilations()[dim];
  int64_t pad = op.getPads()[dim];
  int64_t kernel = getRanked(op.getWeights()).getDimSize(dim + 2);
  int64_t inputSize = getRanked(op.getInput()).getDimSize(dim + 2);
  PhaseDim result;
  int64_t common = std::gcd(stride, dilation);
  result.step = stride / common;
  result.dilation = dilation / common;
  if ((phase + pad) % common != 0)
    return result;
  int64_t first = 0;
  while (first < std::min(kernel, result.step) &&
         (phase + pad - first * dilation) % stride != 0)
    ++first;
  if (first >= std::min(kernel, result.step))
    return result;

  result.first = first;
  result.taps = llvm::divideCeil(kernel - first, result.step);
  int64_t reach = result.dilation * (result.taps - 1);
  result.padBegin = reach - (phase + pad - first * dilation) / stride;
  result.padEnd = extra - result.padBegin + reach;
  if (ShapedType::isDynamic(inputSize))
    return result;
  // Taps that only ever meet padding are no taps.
  int64_t firstRead = -result.padBegin;
  int64_t lastRead = inputSize + result.padEnd - 1;
  if (lastRead < 0 || firstRead >= inputSize)
    result.taps = 0;
  return result;
}

static Value createReshape(OpBuilder &builder, Value value,
                           ArrayRef<int64_t> shape) {
  Location loc = value.getLoc();
  return builder.create<graph::ReshapeOp>(
      loc, value, graph::createI64Vector(builder, loc, shape),
      /*allowzero=*/true);
}

Value atrous::createForwardWeights(graph::ConvTransposeOp op,
                                   OpBuilder &builder) {
  RankedTensorType weights = getRanked(op.getWeights());
  int64_t group = op.getGroup();
  int64_t channels = weights.getDimSize(0), outputs = weights.getDimSize(1);
  ArrayRef<int64_t> kernel = weights.getShape().drop_front(2);
  auto withKernel = [&](std::initializer_list<int64_t> head) {
    SmallVector<int64_t> shape(head);
    llvm::append_range(shape, kernel);
    return shape;
  };
  auto transpose = [&](Value value, unsigned first) {
    SmallVector<int64_t> perm(getRanked(value).getRank());
    std::iota(perm.begin(), perm.end(), 0);
    std::swap(perm[first], perm[first + 1]);
    return builder.create<graph::TransposeOp>(
        op.getLoc(), value, builder.getDenseI64ArrayAttr(perm));
  };
  if (group == 1)
    return transpose(op.getWeights(), 0);
  Value grouped = createReshape(builder, op.getWeights(),
                                withKernel({group, channels / group, outputs}));
  return createReshape(builder, transpose(grouped, 1),
                       withKernel({group * outputs, channels / group}));
}

Value atrous::createSizes(OpBuilder &builder, Location loc,
                          ArrayRef<graph::Dim> dims) {
  SmallVector<Attribute> texts;
  SmallVector<int64_t> sizes;
  for (graph::Dim dim : dims) {
    texts.push_back(dim.isDynamic()
                        ? dim.symbol
                        : builder.getStringAttr(std::to_string(dim.size)));
    sizes.push_back(dim.size);
  }
  if (llvm::none_of(sizes, ShapedType::isDynamic))
    return graph::createI64Vector(builder, loc, sizes);
  return builder.create<graph::SizeVectorOp>(loc, builder.getArrayAttr(texts));
}

Value atrous::createBiasOnly(graph::ConvTransposeOp op, OpBuilder &builder,
                             ArrayRef<graph::Dim> shape) {
  Location loc = op.getLoc();
  Type elementType = getRanked(op.getOutput()).getElementType();
  Value bias = op.getBias();
  if (!bias)
    bias = graph::createSplat(
        builder, loc, RankedTensorType::get(shape[1].size, elementType), 0.0);
  SmallVector<int64_t> channels(shape.size(), 1);
  channels[1] = shape[1].size;
  return builder.create<graph::ExpandOp>(loc,
                                         createReshape(builder, bias, channels),
                                         createSizes(builder, loc, shape));
}

Value atrous::createPhaseConv(graph::ConvTransposeOp op, OpBuilder &builder,
                              ArrayRef<PhaseDim> dims, Value weights,
                              Value bias) {
  // A convolution pads; cropping comes before it.
  Location loc = op.getLoc();
  int64_t rank = dims.size();
  SmallVector<int64_t> dilations, pads, cropBegins, cropEnds;
  for (const PhaseDim &dim : dims) {
    dilations.push_back(dim.dilation);
    pads.push_back(std::max<int64_t>(dim.padBegin, 0));
    cropBegins.push_back(std::min<int64_t>(dim.padBegin, 0));
    cropEnds.push_back(std::min<int64_t>(dim.padEnd, 0));
  }
  for (const PhaseDim &dim : dims)
    pads.push_back(std::max<int64_t>(dim.padEnd, 0));
  Value input =
      createSpatialPad(builder, loc, op.getInput(), cropBegins, cropEnds);
  return builder.create<graph::ConvOp>(loc, input, weights, bias,
                                       SmallVector<int64_t>(rank, 1), dilations,
                                       pads, op.getGroup());
}
