//===- DecomposeConvTranspose.cpp - One convolution per output phase ------===//
//
// Along one dimension, with stride s, dilation d, kernel K, input I, output O:
//
//   y[o] = sum of x[i] * w[k] over s * i + k * d - pad = o
//
// Outputs of phase p are o = s * q + p. A tap k meets them if s divides
// p + pad - k * d: with g = gcd(s, d), none if g does not divide p + pad, else
// k = k0 + (s / g) * j for j = 0 .. T-1, and
//
//   i = q + a - (d / g) * j,    a = (p + pad - k0 * d) / s
//
// which is, counting the taps backwards, a convolution with T taps, stride 1,
// dilation d / g and (d / g) * (T - 1) - a elements of padding in front.
//
//===----------------------------------------------------------------------===//

#include "dialects/graph/Constants.h"
#include "dialects/graph/Dims.h"
#include "passes/graph/Passes.h"
#include "llvm/Support/MathExtras.h"
#include <numeric>

using namespace mlir;

namespace atrous {
#define GEN_PASS_DEF_DECOMPOSECONVTRANSPOSE
#include "passes/graph/Passes.h.inc"
} // namespace atrous

using namespace atrous;
using graph::Dim;
using graph::Dims;

/// Each phase is a kernel; a network's strides give at most a few dozen.
constexpr int64_t kMaxPhases = 4096;

namespace {
/// One dimension of a phase.
struct PhaseDim {
  /// Output elements of the phase.
  Dim size = 0;
  /// Number of taps that meet it; the kernel indices are first + step * j.
  int64_t taps = 0, first = 0, step = 1;
  int64_t dilation = 1, padBegin = 0, padEnd = 0;
};

class Decomposition {
public:
  Decomposition(graph::ConvTransposeOp op, OpBuilder &builder)
      : op(op), builder(builder), loc(op.getLoc()),
        input(cast<RankedTensorType>(op.getInput().getType())),
        weights(cast<RankedTensorType>(op.getWeights().getType())),
        output(cast<RankedTensorType>(op.getOutput().getType())),
        rank(input.getRank() - 2) {}

  /// Null where a phase's size cannot be told from the input's.
  Value build();

private:
  PhaseDim getPhaseDim(int64_t dim, int64_t phase);
  Value createForwardWeights();
  Value createPhase(ArrayRef<PhaseDim> dims);
  Value createTaps(ArrayRef<PhaseDim> dims);
  Value createBiasOnly(RankedTensorType type);
  Value createReshape(Value value, ArrayRef<int64_t> shape);
  RankedTensorType getType(ArrayRef<int64_t> shape) const {
    return RankedTensorType::get(shape, output.getElementType());
  }
  RankedTensorType getType(ArrayRef<Dim> dims) const {
    // Each dimension is at most as large as one that exists.
    return *graph::getTensorType(std::nullopt, dims, output.getElementType());
  }

  graph::ConvTransposeOp op;
  OpBuilder &builder;
  Location loc;
  RankedTensorType input, weights, output;
  int64_t rank;
  /// [M, C / group, kernel...], as graph.conv has them.
  Value forwardWeights;
  /// Sizes follow from the input's alone.
  bool isRegular = true;
};
} // namespace

PhaseDim Decomposition::getPhaseDim(int64_t dim, int64_t phase) {
  int64_t stride = op.getStrides()[dim], dilation = op.getDilations()[dim];
  int64_t pad = op.getPads()[dim], kernel = weights.getDimSize(dim + 2);
  Dim inputSize = graph::getDims(input)[dim + 2];
  PhaseDim result;
  Dim left = addSizes(graph::getDims(output)[dim + 2], Dim(stride - 1 - phase));
  result.size = divSizes(left, Dim(stride));
  if (!result.size.isDynamic())
    result.size = Dim(std::max<int64_t>(result.size.size, 0));
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
  // The input's own size is not in the difference.
  Dim growth = subSizes(result.size, inputSize);
  if (growth.isDynamic()) {
    isRegular = false;
    return result;
  }
  result.padEnd = growth.size - result.padBegin + reach;
  if (inputSize.isDynamic())
    return result;
  // Taps that only ever meet padding are no taps.
  int64_t firstRead = -result.padBegin;
  int64_t lastRead = inputSize.size + result.padEnd - 1;
  if (lastRead < 0 || firstRead >= inputSize.size)
    result.taps = 0;
  return result;
}

Value Decomposition::createReshape(Value value, ArrayRef<int64_t> shape) {
  return builder.create<graph::ReshapeOp>(
      loc, getType(shape), value, graph::createI64Vector(builder, loc, shape),
      /*allowzero=*/false);
}

/// [C, M / group, kernel...] -> [M, C / group, kernel...]: the first two
/// dimensions change places within each group.
Value Decomposition::createForwardWeights() {
  int64_t group = op.getGroup();
  int64_t channels = weights.getDimSize(0), outputs = weights.getDimSize(1);
  ArrayRef<int64_t> kernel = weights.getShape().drop_front(2);
  auto withKernel = [&](std::initializer_list<int64_t> head) {
    SmallVector<int64_t> shape(head);
    llvm::append_range(shape, kernel);
    return shape;
  };
  auto transpose = [&](Value value, ArrayRef<int64_t> shape, unsigned first) {
    SmallVector<int64_t> perm(shape.size());
    std::iota(perm.begin(), perm.end(), 0);
    std::swap(perm[first], perm[first + 1]);
    return builder.create<graph::TransposeOp>(
        loc, getType(shape), value, builder.getDenseI64ArrayAttr(perm));
  };
  if (group == 1)
    return transpose(op.getWeights(), withKernel({outputs, channels}), 0);
  Value grouped = createReshape(op.getWeights(),
                                withKernel({group, channels / group, outputs}));
  Value swapped =
      transpose(grouped, withKernel({group, outputs, channels / group}), 1);
  return createReshape(swapped,
                       withKernel({group * outputs, channels / group}));
}

/// The taps of a phase, last one first.
Value Decomposition::createTaps(ArrayRef<PhaseDim> dims) {
  auto type = cast<RankedTensorType>(forwardWeights.getType());
  SmallVector<int64_t> shape(type.getShape()), starts, ends, axes, steps;
  for (auto [i, dim] : llvm::enumerate(dims)) {
    shape[i + 2] = dim.taps;
    starts.push_back(dim.first + dim.step * (dim.taps - 1));
    // One before the first tap; an end below zero would count from the back.
    ends.push_back(std::numeric_limits<int64_t>::min());
    axes.push_back(i + 2);
    steps.push_back(-dim.step);
  }
  auto vector = [&](ArrayRef<int64_t> values) {
    return graph::createI64Vector(builder, loc, values);
  };
  // Slicing backwards down to index 0 stops at dim.first, as the taps below it
  // are fewer than a step away.
  return builder.create<graph::SliceOp>(loc, getType(shape), forwardWeights,
                                        vector(starts), vector(ends),
                                        vector(axes), vector(steps));
}

/// What a phase without taps is: the bias everywhere, or zero.
Value Decomposition::createBiasOnly(RankedTensorType type) {
  Value bias = op.getBias();
  if (type.hasStaticShape() && (!bias || type.getNumElements() == 0))
    return graph::createSplat(builder, loc, type, 0.0);
  SmallVector<int64_t> shape(rank + 2, 1);
  shape[1] = output.getDimSize(1);
  Value value = bias ? createReshape(bias, shape)
                     : graph::createSplat(builder, loc, getType(shape), 0.0);
  SmallVector<Attribute> sizes;
  for (Dim dim : graph::getDims(type))
    sizes.push_back(dim.isDynamic()
                        ? dim.symbol
                        : builder.getStringAttr(std::to_string(dim.size)));
  auto shapeType =
      RankedTensorType::get({type.getRank()}, builder.getI64Type());
  return builder.create<graph::ExpandOp>(
      loc, type, value,
      builder.create<graph::SizeVectorOp>(loc, shapeType,
                                          builder.getArrayAttr(sizes)));
}

Value Decomposition::createPhase(ArrayRef<PhaseDim> dims) {
  Dims shape = {graph::getDims(output)[0], graph::getDims(output)[1]};
  Dims cropped = graph::getDims(input);
  SmallVector<int64_t> dilations, pads, crops(2, 0);
  bool isEmpty = llvm::is_contained(output.getShape(), 0), hasTaps = true;
  for (const PhaseDim &dim : dims) {
    shape.push_back(dim.size);
    dilations.push_back(dim.dilation);
    isEmpty |= dim.size.size == 0;
    hasTaps &= dim.taps > 0;
  }
  if (isEmpty || !hasTaps || llvm::is_contained(input.getShape(), 0))
    return createBiasOnly(getType(shape));

  // A convolution pads; cropping comes before it.
  for (const PhaseDim &dim : dims) {
    pads.push_back(std::max<int64_t>(dim.padBegin, 0));
    crops.push_back(std::min<int64_t>(dim.padBegin, 0));
  }
  crops.append(2, 0);
  for (auto [i, dim] : llvm::enumerate(dims)) {
    pads.push_back(std::max<int64_t>(dim.padEnd, 0));
    crops.push_back(std::min<int64_t>(dim.padEnd, 0));
    cropped[i + 2] =
        addSizes(cropped[i + 2], Dim(crops[i + 2] + crops.back()));
  }
  Value phaseInput = op.getInput();
  if (llvm::any_of(crops, [](int64_t crop) { return crop != 0; }))
    phaseInput = builder.create<graph::PadOp>(
        loc, getType(cropped), phaseInput,
        graph::createI64Vector(builder, loc, crops), Value(), Value(),
        builder.getStringAttr("constant"));
  return builder.create<graph::ConvOp>(
      loc, getType(shape), phaseInput, createTaps(dims), op.getBias(),
      SmallVector<int64_t>(rank, 1), dilations, pads, op.getGroup());
}

Value Decomposition::build() {
  forwardWeights = createForwardWeights();
  ArrayRef<int64_t> strides = op.getStrides();
  SmallVector<Value> phases;
  SmallVector<int64_t> phase(rank, 0);
  for (bool more = true; more;) {
    SmallVector<PhaseDim> dims;
    for (int64_t i = 0; i < rank; ++i)
      dims.push_back(getPhaseDim(i, phase[i]));
    if (!isRegular)
      return {};
    phases.push_back(createPhase(dims));
    // Row major over the phase coordinates.
    int64_t digit = rank;
    while (digit > 0 && ++phase[digit - 1] == strides[digit - 1])
      phase[--digit] = 0;
    more = digit > 0;
  }
  if (phases.size() == 1)
    return phases[0];
  return builder.create<graph::InterleaveOp>(loc, output, phases, strides,
                                             output.getShape().drop_front(2));
}

/// The weights' sizes are known, and so are the numbers of channels.
static bool canDecompose(graph::ConvTransposeOp op) {
  auto input = dyn_cast<RankedTensorType>(op.getInput().getType());
  auto weights = dyn_cast<RankedTensorType>(op.getWeights().getType());
  auto output = dyn_cast<RankedTensorType>(op.getOutput().getType());
  return input && weights && output && weights.hasStaticShape() &&
         !input.isDynamicDim(1) && !output.isDynamicDim(1);
}

static LogicalResult checkPhases(graph::ConvTransposeOp op) {
  int64_t phases = 1;
  for (int64_t stride : op.getStrides())
    if (llvm::MulOverflow(phases, stride, phases) || phases > kMaxPhases)
      return emitError(op.getLoc())
             << "has strides [" << op.getStrides() << "], more than the "
             << kMaxPhases << " output phases that can be compiled";
  return success();
}

namespace {
struct DecomposeConvTranspose
    : atrous::impl::DecomposeConvTransposeBase<DecomposeConvTranspose> {
  void runOnOperation() override {
    SmallVector<graph::ConvTransposeOp> ops;
    getOperation().walk([&](graph::ConvTransposeOp op) { ops.push_back(op); });
    for (graph::ConvTransposeOp op : ops) {
      if (!canDecompose(op))
        continue;
      if (failed(checkPhases(op)))
        return signalPassFailure();
      OpBuilder builder(op);
      Value result = Decomposition(op, builder).build();
      if (!result)
        continue;
      op.getOutput().replaceAllUsesWith(result);
      op.erase();
    }
  }
};
} // namespace
