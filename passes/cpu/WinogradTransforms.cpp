//===- WinogradTransforms.cpp - Weights and inputs of a filtering ---------===//

#include "passes/cpu/FlatOperand.h"
#include "passes/cpu/LinearMap.h"
#include "passes/cpu/WinogradEmitter.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

//===----------------------------------------------------------------------===//
// Phases
//===----------------------------------------------------------------------===//

namespace {
/// Phases of both dimensions, that a tile is transformed for at once.
struct PhasePair {
  const FilterPhase *y, *x;
  int64_t row, column; ///< their numbers

  /// Which of the pairs this is that are multiplied at a point.
  int64_t getNumberAt(const WinogradPlan &plan, int64_t y, int64_t x) const {
    auto rows = plan.filters[0].getPhasesAt(y);
    auto columns = plan.filters[1].getPhasesAt(x);
    return (llvm::find(rows, row) - rows.begin()) * columns.size() +
           (llvm::find(columns, column) - columns.begin());
  }
};
} // namespace

static void forEachPhase(const WinogradPlan &plan,
                         llvm::function_ref<void(const PhasePair &)> body) {
  for (auto [row, y] : llvm::enumerate(plan.filters[0].phases))
    for (auto [column, x] : llvm::enumerate(plan.filters[1].phases))
      body({&y, &x, int64_t(row), int64_t(column)});
}

/// A loop whose steps are single rows, or columns, of the input.
static Loop getInputLoop(const ConvShape &conv, unsigned dimension) {
  return conv.strides[dimension] == 1 ? conv.out[dimension]
                                      : conv.kernel[dimension];
}

//===----------------------------------------------------------------------===//
// Weights
//===----------------------------------------------------------------------===//

void cpu::emitWeights(OpBuilder &builder, const KernelContext &context,
                      const WinogradConv &conv, Value group, Value rowGroup,
                      IndexRange inBlocks, Place weights) {
  Code code = getCode(builder, context.getLoc(), conv.plan.lanes);
  Location loc = code.loc;
  const WinogradPlan &plan = conv.plan;
  linalg::GenericOp root = context.root;
  FlatOperand source(builder, context, *root.getDpsInputOperand(1));
  auto offset = [&](Loop loop, Value count) {
    return source.getOffset(builder, loc, loop, count);
  };
  auto tapOffset = [&](unsigned dimension, const FilterPhase &phase,
                       int64_t number) {
    int64_t tap = phase.firstTap + number * phase.tapStep;
    return offset(conv.shape.kernel[dimension], code.constant(tap));
  };
  Value fromGroup = offset(conv.shape.group, group);
  Value firstRow = code.multiply(rowGroup, plan.rows);
  IndexRange rows{code.constant(0), code.constant(plan.rows)};
  IndexRange channels{rows.begin, code.constant(plan.lanes)};
  Value ahead = offset(conv.shape.inLane, code.constant(kPrefetchedChannels));
  auto transform = [&](Value inBlock, Value channel, Value row) {
    Value from = code.add(fromGroup, offset(conv.shape.inBlock, inBlock));
    from = code.add(from, offset(conv.shape.inLane, channel));
    from = code.add(from, offset(conv.shape.outBlock, code.add(firstRow, row)));
    Value to = code.add(code.multiply(inBlock, plan.lanes), channel);
    to = code.add(code.multiply(to, plan.rows), row);
    to = code.add(weights.offset, code.multiply(to, plan.lanes));
    forEachPhase(plan, [&](const PhasePair &pair) {
      applyToTile(
          builder, loc, pair.y->weights, pair.x->weights,
          [&](size_t y, size_t x) {
            Value tap =
                code.add(tapOffset(0, *pair.y, y), tapOffset(1, *pair.x, x));
            Value at = code.add(from, tap);
            code.prefetch(source.getBuffer(), code.add(at, ahead));
            return code.load(source.getBuffer(), at);
          },
          [&](size_t y, size_t x, Value value) {
            int64_t point = plan.getPoint(y, x);
            int64_t before = plan.weightsBefore(point) +
                             pair.getNumberAt(plan, y, x) * plan.weightsPhase();
            code.store(value, weights.buffer, code.add(to, before));
          });
    });
  };
  code.loop(inBlocks, [&](Value inBlock) {
    code.loop(channels, [&](Value channel) {
      code.loop(rows, [&](Value row) { transform(inBlock, channel, row); });
    });
  });
}

//===----------------------------------------------------------------------===//
// Inputs
//===----------------------------------------------------------------------===//

void cpu::emitInputs(OpBuilder &builder, const KernelContext &context,
                     const WinogradConv &conv, const TileGrid &grid,
                     const TileBlock &block, IndexRange inBlocks,
                     Place inputs) {
  Code code = getCode(builder, context.getLoc(), conv.plan.lanes);
  const WinogradPlan &plan = conv.plan;
  linalg::GenericOp root = context.root;
  FlatOperand source(builder, context, *root.getDpsInputOperand(0));
  auto offset = [&](Loop loop, Value count) {
    return source.getOffset(builder, code.loc, loop, count);
  };
  Value fromGroup = code.add(offset(conv.shape.batch, block.image),
                             offset(conv.shape.group, block.group));
  // The next tile of a row shares columns with this one. Its other ones lie in
  // runs too short for the hardware to foresee.
  const MinimalFilter &columns = plan.filters[1];
  Value ahead = offset(
      getInputLoop(conv.shape, 1),
      code.constant(columns.outputs() * columns.stride * columns.dilation));
  auto isNewToNext = [&](const FilterPhase &phase, int64_t column) {
    return column + columns.outputs() >= phase.points();
  };
  auto transform = [&](Value tile) {
    SmallVector<Value> first =
        grid.getFirst(builder, code.add(block.first, tile));
    // Of all phases, row by row and column by column.
    std::map<const FilterPhase *, SmallVector<Value>> places;
    for (unsigned dimension : {0, 1})
      for (const FilterPhase &phase : plan.filters[dimension].phases)
        for (int64_t i = 0; i < phase.points(); ++i)
          places[&phase].push_back(offset(
              getInputLoop(conv.shape, dimension),
              grid.getInput(builder, dimension, phase, first[dimension], i)));
    Value toTile = code.add(inputs.offset, code.multiply(tile, plan.lanes));
    code.loop(inBlocks, [&](Value inBlock) {
      Value from = code.add(fromGroup, offset(conv.shape.inBlock, inBlock));
      Value to = code.add(toTile, code.multiply(inBlock, plan.tileStride()));
      forEachPhase(plan, [&](const PhasePair &pair) {
        auto fromRow = llvm::map_to_vector(
            places[pair.y], [&](Value row) { return code.add(row, from); });
        applyToTile(
            builder, code.loc, pair.y->input, pair.x->input,
            [&](size_t y, size_t x) {
              Value at = code.add(fromRow[y], places[pair.x][x]);
              if (isNewToNext(*pair.x, x))
                code.prefetch(source.getBuffer(), code.add(at, ahead));
              return code.load(source.getBuffer(), at);
            },
            [&](size_t y, size_t x, Value value) {
              int64_t point = plan.getPoint(y, x);
              int64_t before = plan.inputsBefore(point) +
                               pair.getNumberAt(plan, y, x) * plan.inputPhase();
              code.store(value, inputs.buffer, code.add(to, before));
            });
      });
    });
  };
  code.loop({code.constant(0), block.count}, transform);
}
