//===- ConvCosts.h - What a convolution takes by each algorithm -*- C++ -*-===//
//
// In multiply-adds of vectors that one thread could do meanwhile, so that the
// figures hold for every CPU of an ISA. The constants were measured with
// kernel-bench; docs/results has the page.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_PASSES_SCHEDULE_CONVCOSTS_H
#define ATROUS_PASSES_SCHEDULE_CONVCOSTS_H

#include "passes/schedule/CpuRows.h"

namespace atrous {

/// The direct algorithm; the same for all register tiles that fit. Sizes that
/// are dynamic count as 128.
double getDirectCost(const KernelFacts &facts, RegisterTile tile);

/// The same of a product with a matrix in column panels.
double getMatMulCost(const KernelFacts &facts, RegisterTile tile);

/// How much longer `tasks` of equal size take than if the threads could share
/// the last of them, too.
double getImbalance(double tasks, int64_t threads);

/// Minimal filtering with tiles of `outputs` x `outputs`. Infinite where a size
/// that decides is dynamic.
double getWinogradByTilesCost(const KernelFacts &facts, RegisterTile tile,
                              int64_t outputs);
double getWinogradByChannelsCost(const KernelFacts &facts, RegisterTile tile,
                                 int64_t outputs);

/// `size` in as few tiles as `limit` allows, all as wide as can be: 33 pixels
/// in tiles of at most 14 are 3 of 11, not 2 of 14 and one of 5. Of a dynamic
/// size, most are of `limit`.
int64_t fitColumns(int64_t size, int64_t limit);

/// Tiles in a block: enough to use what is loaded of the weights
/// often, few enough for the second-level cache.
int64_t getTilesByTiles(const KernelFacts &facts, RegisterTile tile,
                        int64_t outputs);

/// The register tile's columns and the tiles of a block.
struct TileBlocks {
  int64_t columns, tiles;
};
TileBlocks getTilesByChannels(const KernelFacts &facts, RegisterTile tile,
                              int64_t outputs);

} // namespace atrous

#endif // ATROUS_PASSES_SCHEDULE_CONVCOSTS_H
