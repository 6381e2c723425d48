//===- StackPhases.cpp - Phases as output channels ------------------------===//
//
// Neighbouring phases mostly have windows of the same place and size, and
// differ in their taps alone: a kernel of 64 with stride 32 has two kinds along
// each dimension. One convolution makes all phases of a kind, as channels
//
//   [N, group, phases.., M / group, Q..]
//
// which a transposition weaves into [N, M, Q, phases, ..].
//
//===----------------------------------------------------------------------===//

#include "dialects/graph/Constants.h"
#include "passes/graph/ConvTransposePhases.h"
#include "passes/graph/SpatialPad.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace atrous;

namespace {
/// Phases begin, .. end - 1 along one dimension, which share a window.
struct PhaseRun {
  int64_t begin, end;
  SmallVector<PhaseDim> phases;
  const PhaseDim &window() const { return phases.front(); }
  int64_t size() const { return end - begin; }
};

class Stacking {
public:
  Stacking(graph::ConvTransposeOp op, OpBuilder &builder);
  Value build();

private:
  int64_t getExtra(int64_t dim);
  void findRuns(int64_t dim);
  Value assemble(SmallVector<const PhaseRun *> &chosen);
  Value createBlock(ArrayRef<const PhaseRun *> chosen);
  Value createWeights(ArrayRef<const PhaseRun *> chosen);
  Value createBias(int64_t phases);
  Value reshape(Value value, ArrayRef<graph::Dim> shape);
  Value transpose(Value value, ArrayRef<int64_t> perm);
  Value vector(ArrayRef<int64_t> values) {
    return graph::createI64Vector(builder, loc, values);
  }

  graph::ConvTransposeOp op;
  OpBuilder &builder;
  Location loc;
  RankedTensorType input, weights, output;
  int64_t rank, group, perGroup;
  graph::Dims inputDims, outputDims;
  /// Elements of each phase, per dimension.
  graph::Dims sizes;
  SmallVector<SmallVector<PhaseRun>> runs;
  /// [group, M / group, C / group, kernel...]
  Value forwardWeights;
};
} // namespace

static bool haveSameWindow(const PhaseDim &a, const PhaseDim &b) {
  return a.taps == b.taps && (a.taps == 0 || a.padBegin == b.padBegin);
}

Stacking::Stacking(graph::ConvTransposeOp op, OpBuilder &builder)
    : op(op), builder(builder), loc(op.getLoc()),
      input(cast<RankedTensorType>(op.getInput().getType())),
      weights(cast<RankedTensorType>(op.getWeights().getType())),
      output(cast<RankedTensorType>(op.getOutput().getType())),
      rank(input.getRank() - 2), group(op.getGroup()),
      perGroup(weights.getDimSize(1)), inputDims(graph::getDims(input)),
      outputDims(graph::getDims(output)) {
  for (int64_t i = 0; i < rank; ++i) {
    sizes.push_back(graph::addSizes(inputDims[i + 2], getExtra(i)));
    findRuns(i);
  }
  graph::Dims shape{group, perGroup, weights.getDimSize(0) / group};
  llvm::append_range(shape, weights.getShape().drop_front(2));
  forwardWeights = reshape(createForwardWeights(op, builder), shape);
}

/// How many elements more than the input each phase has.
int64_t Stacking::getExtra(int64_t dim) {
  return llvm::divideCeilSigned(getExcess(op, dim), op.getStrides()[dim]);
}

Value Stacking::reshape(Value value, ArrayRef<graph::Dim> shape) {
  return builder.create<graph::ReshapeOp>(
      loc, value, createSizes(builder, loc, shape), /*allowzero=*/true);
}

Value Stacking::transpose(Value value, ArrayRef<int64_t> perm) {
  return builder.create<graph::TransposeOp>(loc, value,
                                            builder.getDenseI64ArrayAttr(perm));
}

void Stacking::findRuns(int64_t dim) {
  SmallVector<PhaseRun> &found = runs.emplace_back();
  for (int64_t phase = 0; phase < op.getStrides()[dim]; ++phase) {
    PhaseDim next = getPhaseDim(op, dim, phase, getExtra(dim));
    if (found.empty() || !haveSameWindow(found.back().window(), next))
      found.push_back({phase, phase, {}});
    ++found.back().end;
    found.back().phases.push_back(next);
  }
}

/// The taps of all phases of a block, [group * phases * M / group, C / group,
/// taps...]; the last tap of a phase comes first.
Value Stacking::createWeights(ArrayRef<const PhaseRun *> chosen) {
  Value value = forwardWeights;
  graph::Dims split{group, perGroup, weights.getDimSize(0) / group};
  SmallVector<int64_t> perm{0}, taps;
  int64_t outputs = group * perGroup;
  for (auto [i, run] : llvm::enumerate(chosen)) {
    SmallVector<int64_t> indices;
    for (const PhaseDim &phase : run->phases)
      for (int64_t j = phase.taps - 1; j >= 0; --j)
        indices.push_back(phase.first + phase.step * j);
    value = builder.create<graph::GatherOp>(loc, value, vector(indices),
                                            /*axis=*/3 + i);
    split.append({graph::Dim(run->size()), graph::Dim(run->window().taps)});
    perm.push_back(3 + 2 * i);
    taps.push_back(run->window().taps);
    outputs *= run->size();
  }
  perm.append({1, 2});
  for (int64_t i = 0; i < rank; ++i)
    perm.push_back(4 + 2 * i);
  graph::Dims shape{outputs, split[2]};
  llvm::append_range(shape, taps);
  return reshape(transpose(reshape(value, split), perm), shape);
}

/// The bias of as many phases, [group * phases * M / group]; null for none.
Value Stacking::createBias(int64_t phases) {
  if (!op.getBias())
    return Value();
  Value expanded = builder.create<graph::ExpandOp>(
      loc, reshape(op.getBias(), graph::Dims{group, 1, perGroup}),
      vector({group, phases, perGroup}));
  return reshape(expanded, graph::Dim(group * phases * perGroup));
}

/// The output elements of some phases, [N, M, Q, phases, ..].
Value Stacking::createBlock(ArrayRef<const PhaseRun *> chosen) {
  graph::Dims woven{outputDims[0], outputDims[1]};
  graph::Dims apart{outputDims[0], group};
  SmallVector<int64_t> perm{0, 1, 2 + rank};
  SmallVector<PhaseDim> dims;
  bool hasTaps = !llvm::is_contained(input.getShape(), 0);
  bool isEmpty = output.getDimSize(0) == 0;
  int64_t phases = 1;
  for (auto [i, run] : llvm::enumerate(chosen)) {
    woven.append({sizes[i], graph::Dim(run->size())});
    isEmpty |= sizes[i].size == 0;
    apart.push_back(run->size());
    perm.append({3 + rank + int64_t(i), 2 + int64_t(i)});
    dims.push_back(run->window());
    hasTaps &= run->window().taps > 0;
    phases *= run->size();
  }
  if (!hasTaps || isEmpty)
    return createBiasOnly(op, builder, woven);
  apart.push_back(perGroup);
  llvm::append_range(apart, sizes);
  Value stacked = createPhaseConv(op, builder, dims, createWeights(chosen),
                                  createBias(phases));
  if (phases == 1)
    return reshape(stacked, woven);
  return reshape(transpose(reshape(stacked, apart), perm), woven);
}

/// The blocks of all runs in the dimensions after those of `chosen`.
Value Stacking::assemble(SmallVector<const PhaseRun *> &chosen) {
  size_t dim = chosen.size();
  if (dim == runs.size())
    return createBlock(chosen);
  SmallVector<Value> parts;
  for (const PhaseRun &run : runs[dim]) {
    chosen.push_back(&run);
    parts.push_back(assemble(chosen));
    chosen.pop_back();
  }
  if (parts.size() == 1)
    return parts.front();
  return builder.create<graph::ConcatOp>(loc, parts, /*axis=*/3 + 2 * dim);
}

Value Stacking::build() {
  SmallVector<const PhaseRun *> chosen;
  Value value = assemble(chosen);
  graph::Dims whole{outputDims[0], outputDims[1]};
  SmallVector<int64_t> none(rank, 0), pads;
  for (int64_t i = 0; i < rank; ++i) {
    int64_t stride = op.getStrides()[i];
    whole.push_back(graph::mulSizes(sizes[i], graph::Dim(stride)));
    // The last phases may have an element too many.
    pads.push_back(getExcess(op, i) - stride * getExtra(i));
  }
  return createSpatialPad(builder, loc, reshape(value, whole), none, pads);
}

Value atrous::stackPhases(graph::ConvTransposeOp op, OpBuilder &builder) {
  Value value = Stacking(op, builder).build();
  // The same sizes may have been named in another way.
  Type type = op.getOutput().getType();
  if (value.getType() == type)
    return value;
  return builder.create<graph::RetypeOp>(op.getLoc(), type, value);
}
