//===- DecomposeConvTranspose.cpp - Convolutions for a transposed one -----===//

#include "dialects/graph/Constants.h"
#include "passes/graph/ConvTransposePhases.h"
#include "passes/graph/Passes.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;

namespace atrous {
#define GEN_PASS_DEF_DECOMPOSECONVTRANSPOSE
#include "passes/graph/Passes.h.inc"
} // namespace atrous

using namespace atrous;

/// Weights are copied for each phase; a network's strides give at most a few
/// dozen.
constexpr int64_t kMaxPhases = 4096;

/// As many convolutions as this cost less than the transposition that takes
/// stacked ones apart.
constexpr int64_t kMaxConvolutions = 16;

namespace {
/// One convolution per phase.
class Decomposition {
public:
  Decomposition(graph::ConvTransposeOp op, OpBuilder &builder)
      : op(op), builder(builder), loc(op.getLoc()),
        output(cast<RankedTensorType>(op.getOutput().getType())),
        rank(output.getRank() - 2),
        forwardWeights(createForwardWeights(op, builder)) {}

  Value build();

private:
  Value createPhase(ArrayRef<int64_t> phase);
  Value createTaps(ArrayRef<PhaseDim> dims);

  graph::ConvTransposeOp op;
  OpBuilder &builder;
  Location loc;
  RankedTensorType output;
  int64_t rank;
  /// [M, C / group, kernel...], as graph.conv has them.
  Value forwardWeights;
};
} // namespace

/// The taps of a phase, last one first.
Value Decomposition::createTaps(ArrayRef<PhaseDim> dims) {
  SmallVector<int64_t> starts, ends, axes, steps;
  for (auto [i, dim] : llvm::enumerate(dims)) {
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
  return builder.create<graph::SliceOp>(loc, forwardWeights, vector(starts),
                                        vector(ends), vector(axes),
                                        vector(steps));
}

Value Decomposition::createPhase(ArrayRef<int64_t> phase) {
  auto input = cast<RankedTensorType>(op.getInput().getType());
  graph::Dims shape{output.getDimSize(0), output.getDimSize(1)};
  SmallVector<PhaseDim> dims;
  bool hasTaps = input.getNumElements() != 0, isEmpty = false;
  for (int64_t i = 0; i < rank; ++i) {
    int64_t left = output.getDimSize(i + 2) - phase[i];
    int64_t size = left > 0 ? llvm::divideCeil(left, op.getStrides()[i]) : 0;
    shape.push_back(size);
    dims.push_back(
        getPhaseDim(op, i, phase[i], size - input.getDimSize(i + 2)));
    hasTaps &= dims.back().taps > 0;
    isEmpty |= size == 0;
  }
  if (!hasTaps || isEmpty)
    return createBiasOnly(op, builder, shape);
  return createPhaseConv(op, builder, dims, createTaps(dims), op.getBias());
}

Value Decomposition::build() {
  ArrayRef<int64_t> strides = op.getStrides();
  SmallVector<Value> phases;
  SmallVector<int64_t> phase(rank, 0);
  for (bool more = true; more;) {
    phases.push_back(createPhase(phase));
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

/// The kernel's size is known, so that phases can be counted, and all others
/// are known or have names.
static bool isDecomposable(graph::ConvTransposeOp op) {
  auto isNamed = [](Value value, bool isStatic) {
    auto type = dyn_cast<RankedTensorType>(value.getType());
    return type && (type.hasStaticShape() ||
                    (!isStatic && !type.isDynamicDim(1) &&
                     llvm::all_of(graph::getDims(type), [](graph::Dim dim) {
                       return !dim.isDynamic() || dim.symbol;
                     })));
  };
  return isNamed(op.getInput(), false) && isNamed(op.getWeights(), true) &&
         isNamed(op.getOutput(), false) &&
         (!op.getBias() || isNamed(op.getBias(), true));
}

static FailureOr<int64_t> countPhases(graph::ConvTransposeOp op) {
  int64_t phases = 1;
  for (int64_t stride : op.getStrides())
    if (llvm::MulOverflow(phases, stride, phases) || phases > kMaxPhases)
      return emitError(op.getLoc())
             << "has strides [" << op.getStrides() << "], more than the "
             << kMaxPhases << " output phases that can be compiled";
  return phases;
}

namespace {
struct DecomposeConvTranspose
    : atrous::impl::DecomposeConvTransposeBase<DecomposeConvTranspose> {
  void runOnOperation() override {
    SmallVector<graph::ConvTransposeOp> ops;
    getOperation().walk([&](graph::ConvTransposeOp op) { ops.push_back(op); });
    for (graph::ConvTransposeOp op : ops) {
      if (!isDecomposable(op))
        continue;
      FailureOr<int64_t> phases = countPhases(op);
      if (failed(phases))
        return signalPassFailure();
      OpBuilder builder(op);
      // Weaving phases of dynamic sizes is a transposition anyway.
      bool isStatic =
          cast<ShapedType>(op.getOutput().getType()).hasStaticShape() &&
          cast<ShapedType>(op.getInput().getType()).hasStaticShape();
      Value output = !isStatic || *phases > kMaxConvolutions
                         ? stackPhases(op, builder)
                         : Decomposition(op, builder).build();
      op.getOutput().replaceAllUsesWith(output);
      op.erase();
    }
  }
};
} // namespace
