//===- StrassenCosts.cpp - What Strassen's product takes ------------------===//

#include "passes/schedule/StrassenCosts.h"

#include "passes/schedule/ConvCosts.h"
#include "llvm/Support/MathExtras.h"
#include <limits>

using namespace mlir;
using namespace atrous;

/// What adding up takes for each vector of inputs, outputs and weights, by
/// level: mostly stores to memory that the first-level cache does not hold.
/// With two levels inputs come in runs that are too short for main memory.
constexpr double kInputCost[] = {9, 60}, kOutputCost[] = {16, 40},
                 kWeightCost[] = {10, 35};
/// What a multiply-add at a point takes: its sums are short.
constexpr double kProductCost = 1.04;
/// What taking up a product again takes.
constexpr double kAddCost = 3;

/// Channels of a slice, of inputs and of outputs.
constexpr int64_t kSliceChannels = 512;
/// Sums of inputs and products of a task, in bytes.
constexpr int64_t kTaskBytes = 768 << 10;

/// Of the blocks with at most `limit` pixels of a part, those whose tiles reach
/// least over their ends; of these, the largest.
static void setPixels(StrassenPlan &plan, int64_t columns, int64_t limit) {
  int64_t least = std::numeric_limits<int64_t>::max();
  int64_t first = llvm::divideCeil(plan.area, plan.parts() * limit);
  for (int64_t blocks = first; blocks < 2 * first + 2; ++blocks) {
    int64_t pixels = llvm::divideCeil(plan.area, plan.parts() * blocks);
    int64_t ofTile = fitColumns(pixels, columns);
    int64_t whole = blocks * llvm::alignTo(pixels, ofTile);
    if (whole >= least)
      continue;
    least = whole;
    plan.pixels = pixels;
    plan.columns = ofTile;
  }
}

std::optional<StrassenPlan> atrous::planStrassen(const KernelFacts &facts,
                                                 RegisterTile tile,
                                                 int64_t levels) {
  auto root = dyn_cast<linalg::GenericOp>(facts.root);
  if (!root)
    return std::nullopt;
  int64_t lanes = facts.target.getLanes();
  FailureOr<ProductShape> shape = getProductShape(root, lanes);
  if (failed(shape))
    return std::nullopt;
  StrassenPlan plan = getStrassenPlan(*shape, lanes, levels, tile.rows);
  int64_t outBlocks = plan.mainRows().blocks;
  if (plan.inPart() == 0 || outBlocks == 0)
    return std::nullopt;

  int64_t slice = std::max<int64_t>(1, kSliceChannels / lanes / plan.parts());
  plan.inSlice = fitPieces(plan.inPart(), slice);
  auto fitRows = [&](int64_t limit) {
    return int64_t(llvm::alignTo(fitPieces(outBlocks, limit), plan.rows));
  };
  plan.outSlice = fitRows(slice);
  int64_t bytesOfPixel = plan.points() * (plan.inSlice + plan.outSlice) *
                         lanes * int64_t(sizeof(float));
  setPixels(plan, tile.columns,
            std::max(tile.columns, kTaskBytes / bytesOfPixel));
  // Where there are few pixels, more threads share the output channels.
  int64_t threads = std::max<int64_t>(1, facts.target.getThreads());
  auto isIdle = [&] {
    return plan.images * plan.groups * plan.pixelBlocks() * plan.outSlices() <
           threads;
  };
  while (isIdle() && plan.outSlice > plan.rows)
    plan.outSlice = fitRows(plan.outSlice / 2);
  return plan;
}

double atrous::getStrassenCost(const KernelFacts &facts, RegisterTile tile,
                               int64_t levels) {
  StrassenPlan plan = *planStrassen(facts, tile, levels);
  int64_t threads = std::max<int64_t>(1, facts.target.getThreads());
  StrassenRows main = plan.mainRows(), rest = plan.restRows();
  double parts = plan.parts(), points = plan.points();
  // Products of a part that is left over are those of a direct product.
  double inChannels = double(plan.inPart()) * plan.lanes;
  double inRest = double(plan.inRest()) * plan.lanes;
  double ofPixel =
      (points * inChannels + parts * parts * inRest) * main.blocks +
      parts * (parts * inChannels + inRest) * rest.blocks +
      (plan.inSlices() - 1) * points * plan.outSlice * plan.outSlices() *
          kAddCost;
  double pixels =
      double(plan.pixelBlocks()) * llvm::alignTo(plan.pixels, plan.columns);
  double area = plan.area;
  double ofImage =
      pixels * ofPixel * kProductCost +
      area * plan.inBlocks * plan.outSlices() * kInputCost[levels - 1] +
      area * plan.outBlocks * kOutputCost[levels - 1];
  double images = double(plan.images) * plan.groups;
  double tasks = images * plan.pixelBlocks() * plan.outSlices();
  double weights = double(plan.groups) * plan.inBlocks * plan.lanes *
                   plan.outBlocks * kWeightCost[levels - 1];
  return (images * ofImage * getImbalance(tasks, threads) + weights) / threads;
}
