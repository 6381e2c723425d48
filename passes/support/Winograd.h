//===- Winograd.h - Convolutions by minimal filtering -----------*- C++ -*-===//
//
// The filters of MinimalFilter.h nested, in two dimensions: m^2 outputs of a
// 3x3 convolution of stride 1 take (m + 2)^2 products.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_PASSES_SUPPORT_WINOGRAD_H
#define ATROUS_PASSES_SUPPORT_WINOGRAD_H

#include "dialects/kernel/Kernel.h"
#include "passes/support/ConvAnalysis.h"
#include "passes/support/MinimalFilter.h"

namespace atrous {

/// `elements` and as many more as make an odd number of cache lines: what lies
/// so far apart, and that repeatedly, does not share cache sets.
int64_t padPlane(int64_t elements);

/// Of rows and columns.
using WinogradFilters = std::array<MinimalFilter, 2>;

/// Tiles along a dimension: first those with all outputs, then those that lack
/// the last one (or more).
struct TileRuns {
  int64_t whole = 0, shorter = 0;
  int64_t size() const { return whole + shorter; }
};

/// Points that are multiplied for the same phases and tiles: rows
/// [row, row + rows) and columns likewise. They are numbered one after the
/// other.
struct PointClass {
  int64_t row, rows, column, columns;
  int64_t first;  ///< number of its first point
  int64_t phases; ///< pairs of phases, multiplied at each of its points
  /// Of a block of tiles those that need the product.
  int64_t firstTile, tiles;
  int64_t size() const { return rows * columns; }
};

/// How a kernel computes a convolution by F(m x m, r x r). A dilated one is one
/// convolution for each residue of its rows and columns.
///
/// Its memory, in elements of f32, `lanes` of which are a vector:
///   weights   [group][row group][point][phase][input channel][row][lane]
///   inputs    [image][group][block][point][phase][input block][tile][lane]
///   products  [point][output block][tile][lane]
/// where a phase is one of the pairs that are multiplied at a point. Planes of
/// points are an odd number of cache lines apart, so that a tile's points lie
/// in different cache sets.
///
/// A task of winograd_tiles is a block of tiles: all weights are transformed
/// before into memory that the threads share, inputs and products of its block
/// are its own. A task of winograd_channels is a row group: all inputs are
/// transformed before, weights of its row group and their products are its own:
/// if there is one block of tiles, those of a slice of the input channels at a
/// time, so that they stay in the cache.
///
/// A tile that lacks the last output of a dimension needs no product at
/// infinity there. Where one block has all tiles, as few as possible have four
/// outputs (13 = 4 + 3 + 3 + 3), and they are numbered so that those that need
/// a product follow each other:
///
///            | whole columns | shorter ones
///   rows     | 2nd           | 3rd
///   shorter  | 1st           | 4th
struct WinogradPlan {
  bool isByChannels = false; ///< winograd_channels
  bool isPrepared = false;   ///< all weights are transformed at load
  WinogradFilters filters;
  llvm::SmallVector<PointClass, 4> classes;
  int64_t lanes = 0;
  int64_t groups = 1, inBlocks = 1, outBlocks = 1; ///< blocks of a group
  int64_t inSlice = 1; ///< input blocks whose weights are transformed at a time
  int64_t rows = 1, columns = 1; ///< register tile: output blocks x tiles
  int64_t tiles = 1;             ///< of a block
  /// Of rows and columns, where shorter tiles are left out; else empty.
  std::array<TileRuns, 2> runs;
  /// Images, and blocks of tiles in one; kDynamic where not known.
  int64_t images = 1, blocks = 1;

  int64_t outputs() const {
    return filters[0].outputs() * filters[1].outputs();
  }
  int64_t points() const { return filters[0].points() * filters[1].points(); }
  /// Of a point and a pair of phases, in a tile and for a pair of channels.
  int64_t products() const {
    return filters[0].products() * filters[1].products();
  }
  /// Products of a block for each pair of channels, with those that fill up
  /// register tiles.
  int64_t productsOfBlock() const;
  int64_t rowGroups() const { return outBlocks / rows; }
  /// Whether tiles are numbered by their outputs.
  bool hasShorterTiles() const { return runs[0].shorter + runs[1].shorter; }
  bool isKnown() const {
    return !mlir::ShapedType::isDynamic(images) &&
           !mlir::ShapedType::isDynamic(blocks);
  }
  /// Blocks of all images and groups.
  int64_t inputBlocks() const { return images * groups * blocks; }

  /// The number of the point at `row` and `column`.
  int64_t getPoint(int64_t row, int64_t column) const;

  /// Elements of one phase of one point, of weights those of a slice.
  int64_t weightsPhase() const { return inSlice * lanes * rows * lanes; }
  int64_t inputPhase() const { return inBlocks * tileStride(); }
  /// Elements from one point of `of` to the next.
  int64_t weightsPlane(const PointClass &of) const {
    return padPlane(of.phases * weightsPhase());
  }
  int64_t inputPlane(const PointClass &of) const {
    return padPlane(of.phases * inputPhase());
  }
  int64_t productPlane() const {
    return padPlane((isByChannels ? rows : outBlocks) * tileStride());
  }
  /// Elements before a point's.
  int64_t weightsBefore(int64_t point) const;
  int64_t inputsBefore(int64_t point) const;
  /// From one block of channels to the next, of inputs and products.
  int64_t tileStride() const;

  /// Elements of a row group's weights (of a slice), a block's inputs and
  /// products.
  int64_t weightsSize() const { return weightsBefore(points()); }
  int64_t inputSize() const { return inputsBefore(points()); }
  int64_t productSize() const { return points() * productPlane(); }

  int64_t allWeightsSize() const {
    return groups * rowGroups() * weightsSize();
  }

  /// Elements that all tasks share, and that each thread needs.
  int64_t sharedSize() const {
    if (isByChannels)
      return inputBlocks() * inputSize();
    return isPrepared ? 0 : allWeightsSize();
  }
  int64_t privateSize() const {
    if (!isByChannels)
      return inputSize() + productSize();
    return (isPrepared ? 0 : weightsSize()) + productSize();
  }
  bool hasSlices() const { return inSlice < inBlocks; }
};

/// The filters of `conv` with `outputs` in a tile of each dimension that has
/// more than one tap.
WinogradFilters getWinogradFilters(const ConvShape &conv, int64_t outputs);

/// Whether F(m x m, ...) computes `conv`: two dimensions, a kernel that is not
/// large, blocked input, blocks of `lanes` channels.
bool isWinogradConv(const ConvShape &conv, int64_t lanes);

/// `size` in as few pieces of at most `limit` as can be: the largest one.
int64_t fitPieces(int64_t size, int64_t limit);

/// `conv` as `schedule` has it computed, by one of the two algorithms above.
WinogradPlan getWinogradPlan(const ConvShape &conv,
                             kernel::CpuScheduleAttr schedule,
                             bool isPrepared = false);
/// The same by blocks of `block` (outputs of a tile, tiles), and a register
/// tile of `tile` (blocks of output channels, tiles).
WinogradPlan getWinogradPlan(const ConvShape &conv, bool isByChannels,
                             std::array<int64_t, 2> block,
                             std::array<int64_t, 2> tile, int64_t lanes,
                             bool isPrepared = false);

} // namespace atrous

#endif // ATROUS_PASSES_SUPPORT_WINOGRAD_H
