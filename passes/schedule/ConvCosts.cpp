//===- ConvCosts.cpp - What a convolution takes by each algorithm ---------===//

#include "passes/schedule/ConvCosts.h"

#include "passes/support/Winograd.h"
#include "llvm/Support/MathExtras.h"
#include <limits>

using namespace mlir;
using namespace atrous;

namespace {

/// What transforming a vector of inputs or outputs takes for each
/// point: 80 ns with the 36 of F(4x4) where a vector's multiply-add takes 0.27.
constexpr double kTransformCost = 8.3;
/// The same of weights, which come from main memory.
constexpr double kWeightsTransformCost = 14;

/// Caches that working sets are held against, in bytes.
constexpr double kPrivateCache = 768 << 10, kSharedCache = 16 << 20;
/// Inputs that each row group reads once more without waiting for them.
constexpr double kSharedInputs = 4 << 20;

struct Sizes {
  double images, groups, in, out, area;
  double tiles = 1, points = 1, products = 1; ///< of minimal filtering
  int64_t lanes, threads;
  bool isDynamic;

  double pairs() const { return groups * in * out / lanes; }
};

} // namespace

int64_t atrous::fitColumns(int64_t size, int64_t limit) {
  if (ShapedType::isDynamic(size))
    return limit;
  return fitPieces(size, limit);
}

double atrous::getImbalance(double tasks, int64_t threads) {
  double rounds = std::ceil(tasks / threads);
  return rounds * threads / tasks;
}

static int64_t assume(const Loop &loop) {
  return loop.isDynamic() ? kAssumedSize : loop.size;
}

static Sizes getSizes(const KernelFacts &facts) {
  const ConvShape &conv = *facts.conv;
  Sizes sizes;
  sizes.images = conv.batch.isDynamic() ? 1 : conv.batch.size;
  sizes.groups = conv.group.size;
  sizes.in = conv.inBlock.size * conv.inLane.size;
  sizes.out = conv.outBlock.size * conv.outLane.size;
  sizes.area = 1;
  for (const Loop &loop : conv.out)
    sizes.area *= assume(loop);
  sizes.lanes = facts.target.getLanes();
  sizes.threads = std::max<int64_t>(1, facts.target.getThreads());
  sizes.isDynamic =
      llvm::any_of(conv.out, [](const Loop &loop) { return loop.isDynamic(); });
  return sizes;
}

/// With those of filters of `outputs`.
static Sizes getSizes(const KernelFacts &facts, int64_t outputs) {
  Sizes sizes = getSizes(facts);
  const ConvShape &conv = *facts.conv;
  for (auto [filter, loop] :
       llvm::zip_equal(getWinogradFilters(conv, outputs), conv.out)) {
    sizes.tiles *= filter.countTiles(assume(loop));
    sizes.points *= filter.points();
    sizes.products *= filter.products();
  }
  return sizes;
}

/// A working set that does not fit streams from the next cache: what is
/// computed with it takes `penalty` longer, the more the less of it fits.
static double getCacheFactor(double bytes, double cache, double penalty) {
  return bytes <= cache ? 1 : 1 + penalty * (1 - cache / bytes);
}

double atrous::getDirectCost(const KernelFacts &facts, RegisterTile) {
  Sizes sizes = getSizes(facts);
  double taps = 1;
  for (const Loop &loop : facts.conv->kernel)
    taps *= loop.size;
  // Each row group reads all inputs.
  double inputs = sizes.images * sizes.groups * sizes.in * sizes.area *
                  double(sizeof(float));
  return sizes.images * sizes.pairs() * sizes.area * taps / sizes.threads *
         getCacheFactor(inputs, 2 * kPrivateCache, 0.08);
}

double atrous::getMatMulCost(const KernelFacts &facts, RegisterTile) {
  const MatMulShape &product = *facts.matmul;
  double cost = assume(product.row);
  for (const Loop &loop : product.batch)
    cost *= assume(loop);
  return cost * product.column.size * product.inner.size /
         std::max<int64_t>(1, facts.target.getThreads());
}

//===----------------------------------------------------------------------===//
// Minimal filtering
//===----------------------------------------------------------------------===//

static double getProductCost(const Sizes &sizes, double block,
                             int64_t columns) {
  double whole = std::floor(sizes.tiles / block);
  double rest = sizes.tiles - whole * block;
  double padded = whole * llvm::alignTo(int64_t(block), columns) +
                  llvm::alignTo(int64_t(rest), columns);
  return sizes.images * sizes.pairs() * padded * sizes.products;
}

/// Of all inputs.
static double getInputCost(const Sizes &sizes) {
  return sizes.images * sizes.groups * sizes.tiles * sizes.in / sizes.lanes *
         sizes.products * kTransformCost;
}

static double getOutputCost(const Sizes &sizes) {
  return sizes.images * sizes.groups * sizes.tiles * sizes.out / sizes.lanes *
         sizes.points * kTransformCost;
}

static double getWeightsCost(const Sizes &sizes) {
  return sizes.pairs() * sizes.products * kWeightsTransformCost;
}

/// Bytes of a tile's inputs and products.
static double getTileBytes(const Sizes &sizes, double out) {
  return (sizes.products * sizes.in + sizes.points * out) * sizeof(float);
}

int64_t atrous::getTilesByTiles(const KernelFacts &facts, RegisterTile tile,
                                int64_t outputs) {
  Sizes sizes = getSizes(facts, outputs);
  int64_t groups =
      kPrivateCache / (getTileBytes(sizes, sizes.out) * tile.columns);
  return std::clamp<int64_t>(groups, 1, 3) * tile.columns;
}

double atrous::getWinogradByTilesCost(const KernelFacts &facts,
                                      RegisterTile tile, int64_t outputs) {
  Sizes sizes = getSizes(facts, outputs);
  double weights =
      sizes.products * sizes.groups * sizes.in * sizes.out * sizeof(float);
  // A map that turns out small would not pay for large weights.
  if (sizes.isDynamic && weights > 2 * kPrivateCache)
    return std::numeric_limits<double>::infinity();
  int64_t block = getTilesByTiles(facts, tile, outputs);
  double tasks = sizes.images * sizes.groups * std::ceil(sizes.tiles / block);
  double own = block * getTileBytes(sizes, sizes.out);
  double ofTasks = getProductCost(sizes, block, tile.columns) *
                       getCacheFactor(weights, 2 * kPrivateCache, 0.6) *
                       getCacheFactor(weights, kSharedCache, 2) *
                       getCacheFactor(own, kPrivateCache, 0.4) +
                   getInputCost(sizes) + getOutputCost(sizes);
  return (ofTasks * getImbalance(tasks, sizes.threads) +
          getWeightsCost(sizes)) /
         sizes.threads;
}

TileBlocks atrous::getTilesByChannels(const KernelFacts &facts,
                                      RegisterTile tile, int64_t outputs) {
  constexpr int64_t kTiles = 64;
  int64_t tiles = getSizes(facts, outputs).tiles;
  int64_t columns = fitColumns(tiles, tile.columns);
  int64_t blocks = llvm::divideCeil(tiles, kTiles);
  return {columns,
          int64_t(llvm::alignTo(llvm::divideCeil(tiles, blocks), columns))};
}

double atrous::getWinogradByChannelsCost(const KernelFacts &facts,
                                         RegisterTile tile, int64_t outputs) {
  Sizes sizes = getSizes(facts, outputs);
  if (sizes.isDynamic || facts.conv->batch.isDynamic())
    return std::numeric_limits<double>::infinity();
  auto [columns, block] = getTilesByChannels(facts, tile, outputs);
  double rows = tile.rows * sizes.lanes;
  double tasks = sizes.groups * sizes.out / rows;
  double inputs = sizes.products * sizes.images * sizes.groups * sizes.in *
                  sizes.tiles * sizeof(float);
  double own = sizes.products * rows * sizes.in * sizeof(float) +
               sizes.points * rows * block * sizeof(float);
  WinogradPlan plan =
      getWinogradPlan(*facts.conv, /*isByChannels=*/true, {outputs, block},
                      {tile.rows, columns}, sizes.lanes);
  double products =
      plan.hasShorterTiles()
          ? sizes.images * sizes.pairs() * double(plan.productsOfBlock())
          : getProductCost(sizes, block, columns);
  double ofTasks = products * getCacheFactor(own, kPrivateCache, 0.1) *
                       getCacheFactor(inputs, kSharedInputs, 1.2 / tile.rows) +
                   getOutputCost(sizes) + getWeightsCost(sizes);
  return (ofTasks * getImbalance(tasks, sizes.threads) + getInputCost(sizes)) /
         sizes.threads;
}
