//===- CpuRows.cpp - The table of CPU schedules ---------------------------===//

#include "passes/schedule/CpuRows.h"

#include "passes/schedule/ConvCosts.h"
#include "passes/schedule/StrassenCosts.h"
#include "passes/support/Winograd.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::kernel;

//===----------------------------------------------------------------------===//
// Fitting a tile to a shape
//===----------------------------------------------------------------------===//

/// The largest divisor of `size` up to `limit`: rows have no remainder, unless
/// their number is dynamic.
static int64_t fitRows(int64_t size, int64_t limit) {
  if (ShapedType::isDynamic(size))
    return limit;
  int64_t rows = std::min(size, limit);
  while (size % rows != 0)
    --rows;
  return rows;
}

static int64_t getImageRows(const DepthwiseShape &conv) {
  return conv.out.size() > 1 ? conv.out.end()[-2].size : 1;
}

static int64_t countRegisters(TargetAttr target) {
  return target.getIsa() == CpuIsa::avx512 ? 32 : 16;
}

/// Whether the output's rows divide by the tile's.
static bool fillsRows(Loop blocks, RegisterTile tile) {
  return blocks.size % tile.rows == 0;
}

//===----------------------------------------------------------------------===//
// Guards
//===----------------------------------------------------------------------===//

/// What every register tile asks for.
static bool isTileable(const KernelFacts &facts) {
  return facts.isF32 && facts.hasVectorEpilogue;
}

/// A blocked f32 convolution whose blocks are one vector.
static bool isConv(const KernelFacts &facts, RegisterTile tile) {
  return facts.conv && isTileable(facts) &&
         facts.conv->outLane.size == facts.target.getLanes() &&
         fillsRows(facts.conv->outBlock, tile);
}

/// Whether one tile spans the columns.
static bool isNarrow(Loop columns, RegisterTile tile) {
  return !columns.isDynamic() && columns.size <= tile.columns;
}

/// One tile spans the width of the map.
static bool isNarrowConv(const KernelFacts &facts, RegisterTile tile) {
  return isConv(facts, tile) && isNarrow(facts.conv->out.back(), tile);
}

static bool isDepthwise(const KernelFacts &facts, RegisterTile) {
  return facts.depthwise && isTileable(facts) &&
         facts.depthwise->lane.size == facts.target.getLanes();
}

/// One row of outputs: an image of one, or a sequence.
static bool isDepthwiseLine(const KernelFacts &facts, RegisterTile tile) {
  return isDepthwise(facts, tile) && getImageRows(*facts.depthwise) == 1;
}

/// Column panels of one vector, all of them whole: stores have no mask.
static bool hasPanels(const KernelFacts &facts) {
  if (!facts.matmul || !isTileable(facts) || !facts.matmul->lane)
    return false;
  auto output = cast<ShapedType>(facts.root->getOperands().back().getType());
  int64_t columns = facts.matmul->column.size * facts.matmul->lane.size;
  return facts.matmul->lane.size == facts.target.getLanes() &&
         facts.matmul->columnsInnermost && output.getShape().back() == columns;
}

static bool isMatMul(const KernelFacts &facts, RegisterTile tile) {
  return hasPanels(facts) && fillsRows(facts.matmul->column, tile);
}

/// A single row times a matrix; a lower tile will do, too.
static bool isVectorMatMul(const KernelFacts &facts, RegisterTile tile) {
  return hasPanels(facts) && isNarrow(facts.matmul->row, tile);
}

/// One that minimal filtering with `outputs` x `outputs` in a tile may do, too.
template <int64_t outputs>
static bool isWinogradByTiles(const KernelFacts &facts, RegisterTile tile) {
  WinogradUse needed = outputs > 4 ? WinogradUse::Fast : WinogradUse::Accurate;
  if (facts.winograd < needed || !isConv(facts, tile))
    return false;
  // Small tiles are for maps that a dilation takes apart.
  auto isOne = [](int64_t dilation) { return dilation == 1; };
  if (outputs < 4 && llvm::all_of(facts.conv->dilations, isOne))
    return false;
  return isWinogradConv(*facts.conv, facts.target.getLanes());
}

/// One of known size.
template <int64_t outputs>
static bool isWinogradByChannels(const KernelFacts &facts, RegisterTile tile) {
  auto isKnown = [](const Loop &loop) { return !loop.isDynamic(); };
  return isWinogradByTiles<outputs>(facts, tile) &&
         isKnown(facts.conv->batch) && llvm::all_of(facts.conv->out, isKnown);
}

/// A convolution of one tap, or a product, with enough channels for whole tiles
/// in each part.
template <int64_t levels>
static bool isStrassen(const KernelFacts &facts, RegisterTile tile) {
  RegisterTile any{1, 1};
  return facts.winograd >= WinogradUse::Accurate &&
         (isConv(facts, any) || isMatMul(facts, any)) &&
         planStrassen(facts, tile, levels);
}

/// Reads across f32.
static bool isTranspose(const KernelFacts &facts, RegisterTile tile) {
  return facts.transpose && isTileable(facts) &&
         facts.target.getLanes() == tile.columns;
}

static bool isAnything(const KernelFacts &, RegisterTile) { return true; }

//===----------------------------------------------------------------------===//
// Makers
//===----------------------------------------------------------------------===//

/// The root's parallel loops that stand before its first reduction.
static int64_t getLeadingParallel(const KernelFacts &facts) {
  auto generic = dyn_cast<linalg::GenericOp>(facts.root);
  if (!generic)
    return 0;
  auto iterators = generic.getIteratorTypesArray();
  auto isParallel = [](utils::IteratorType type) {
    return type == utils::IteratorType::parallel;
  };
  return llvm::find_if_not(iterators, isParallel) - iterators.begin();
}

static CpuScheduleAttr makeSchedule(const KernelFacts &facts,
                                    CpuAlgorithm algorithm,
                                    ArrayRef<int64_t> tile, int64_t parallel,
                                    ArrayRef<int64_t> block = {},
                                    int64_t unroll = 1) {
  TargetAttr target = facts.target;
  return CpuScheduleAttr::get(target.getContext(), algorithm, target.getIsa(),
                              target.getLanes(), tile, unroll, parallel, block);
}

static CpuScheduleAttr makeConv(const KernelFacts &facts, RegisterTile tile) {
  const ConvShape &conv = *facts.conv;
  // Images, groups, blocks and rows are tasks; columns and lanes are the tile.
  int64_t parallel = static_cast<bool>(conv.batch) +
                     static_cast<bool>(conv.group) +
                     static_cast<bool>(conv.outBlock) + conv.out.size() - 1;
  return makeSchedule(facts, CpuAlgorithm::direct_conv,
                      {fitRows(conv.outBlock.size, tile.rows),
                       fitColumns(conv.out.back().size, tile.columns)},
                      parallel);
}

template <int64_t outputs>
static CpuScheduleAttr makeWinogradByTiles(const KernelFacts &facts,
                                           RegisterTile tile) {
  return makeSchedule(facts, CpuAlgorithm::winograd_tiles,
                      {tile.rows, tile.columns}, /*parallel=*/3,
                      {outputs, getTilesByTiles(facts, tile, outputs)});
}

template <int64_t outputs>
static CpuScheduleAttr makeWinogradByChannels(const KernelFacts &facts,
                                              RegisterTile tile) {
  auto [columns, tiles] = getTilesByChannels(facts, tile, outputs);
  return makeSchedule(facts, CpuAlgorithm::winograd_channels,
                      {tile.rows, columns}, /*parallel=*/2, {outputs, tiles});
}

template <int64_t levels>
static CpuScheduleAttr makeStrassen(const KernelFacts &facts,
                                    RegisterTile tile) {
  StrassenPlan plan = *planStrassen(facts, tile, levels);
  return makeSchedule(facts, CpuAlgorithm::strassen, {plan.rows, plan.columns},
                      /*parallel=*/4,
                      {levels, plan.pixels, plan.inSlice, plan.outSlice});
}

static CpuScheduleAttr makeDepthwise(const KernelFacts &facts,
                                     RegisterTile tile) {
  const DepthwiseShape &conv = *facts.depthwise;
  int64_t parallel = static_cast<bool>(conv.batch) +
                     static_cast<bool>(conv.block) + conv.out.size() - 1;
  // The accumulators and one element leave room for so many weights.
  int64_t taps = countRegisters(facts.target) - tile.rows * tile.columns - 1;
  return makeSchedule(facts, CpuAlgorithm::depthwise,
                      {fitColumns(getImageRows(conv), tile.rows),
                       fitColumns(conv.out.back().size, tile.columns)},
                      parallel, /*block=*/{},
                      std::min(conv.kernel.back().size, taps));
}

static CpuScheduleAttr makeMatMul(const KernelFacts &facts, RegisterTile tile) {
  const MatMulShape &product = *facts.matmul;
  return makeSchedule(facts, CpuAlgorithm::matmul,
                      {fitRows(product.column.size, tile.rows),
                       fitColumns(product.row.size, tile.columns)},
                      static_cast<int64_t>(product.batch.size()) + 1);
}

static CpuScheduleAttr makeTranspose(const KernelFacts &facts, RegisterTile) {
  return makeSchedule(facts, CpuAlgorithm::transpose, {},
                      getLeadingParallel(facts));
}

/// Points of the innermost reduction loops that are `limit` operations at most.
static int64_t countUnrolledPoints(const KernelFacts &facts, int64_t limit) {
  auto generic = dyn_cast<linalg::GenericOp>(facts.root);
  if (!generic)
    return 1;
  SmallVector<int64_t> sizes = getKnownLoopSizes(generic);
  SmallVector<unsigned> dims;
  generic.getReductionDims(dims);
  int64_t operations = 0;
  generic.getBody()->walk([&](Operation *) { ++operations; });
  limit /= operations;
  int64_t points = 1;
  for (unsigned dim : llvm::reverse(dims)) {
    if (sizes[dim] < 1 || sizes[dim] > limit / points)
      break;
    points *= sizes[dim];
  }
  return points;
}

static CpuScheduleAttr makePlain(const KernelFacts &facts, RegisterTile tile) {
  return makeSchedule(facts, CpuAlgorithm::plain, {}, getLeadingParallel(facts),
                      /*block=*/{}, countUnrolledPoints(facts, tile.columns));
}

//===----------------------------------------------------------------------===//
// Costs
//===----------------------------------------------------------------------===//

template <int64_t outputs>
static double getByTilesCost(const KernelFacts &facts, RegisterTile tile) {
  return getWinogradByTilesCost(facts, tile, outputs);
}

template <int64_t outputs>
static double getByChannelsCost(const KernelFacts &facts, RegisterTile tile) {
  return getWinogradByChannelsCost(facts, tile, outputs);
}

template <int64_t levels>
static double getByStrassenCost(const KernelFacts &facts, RegisterTile tile) {
  return getStrassenCost(facts, tile, levels);
}

//===----------------------------------------------------------------------===//
// The table
//===----------------------------------------------------------------------===//

ArrayRef<CpuScheduleRow> atrous::getCpuRows() {
  static const CpuScheduleRow rows[] = {
#define COST_ROW(NAME, ISA, GUARD, COST, MAKER, ROWS, COLUMNS)                 \
  {#NAME, CpuIsa::ISA, false, {ROWS, COLUMNS}, GUARD, COST, MAKER},
#define ROW(NAME, ISA, GUARD, MAKER, ROWS, COLUMNS)                            \
  COST_ROW(NAME, ISA, GUARD, nullptr, MAKER, ROWS, COLUMNS)
#define ANY_ROW(NAME, GUARD, MAKER, ROWS, COLUMNS)                             \
  {#NAME, CpuIsa::avx2, true, {ROWS, COLUMNS}, GUARD, nullptr, MAKER},
#include "passes/schedule/cpu/Rows.inc"
  };
  return rows;
}

const CpuScheduleRow &atrous::chooseRow(const KernelFacts &facts) {
  const CpuScheduleRow *best = nullptr;
  double least = 0;
  for (const CpuScheduleRow &row : getCpuRows()) {
    if (!row.admits(facts) || (best && !row.cost))
      continue;
    if (!row.cost)
      return row;
    double cost = row.cost(facts, row.tile);
    if (best && cost >= least)
      continue;
    best = &row;
    least = cost;
  }
  return *best;
}
