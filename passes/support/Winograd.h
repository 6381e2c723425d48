//===- Winograd.h - Minimal filtering of convolutions -----------*- C++ -*-===//
//
// F(m, r) computes m outputs of a filter of r taps from n = m + r - 1 inputs
// with n products instead of m * r (S. Winograd, "Arithmetic Complexity of
// Computations", 1980; A. Lavin and S. Gray, "Fast Algorithms for Convolutional
// Neural Networks", 2015):
//
//   output = A^T [(G weights) * (B^T input)]      * by element
//
// and nested, in two dimensions, m^2 outputs with n^2 products. The matrices
// are Toom-Cook's: polynomials are multiplied at n - 1 points and at infinity.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_PASSES_SUPPORT_WINOGRAD_H
#define ATROUS_PASSES_SUPPORT_WINOGRAD_H

#include "dialects/kernel/Kernel.h"
#include "passes/support/ConvAnalysis.h"

namespace atrous {

/// Rows of coefficients.
using Matrix = llvm::SmallVector<llvm::SmallVector<double>>;

struct WinogradMatrices {
  Matrix input;   ///< B^T, n x n
  Matrix weights; ///< G, n x r
  Matrix output;  ///< A^T, m x n
};

/// `elements` and as many more as make an odd number of cache lines: what lies
/// so far apart, and that repeatedly, does not share cache sets.
int64_t padPlane(int64_t elements);

/// The matrices of F(m, taps), m from 2 to 6. The points are those with the
/// smallest rounding error that are known: 0, +-5/8, +-3/2 for F(4, 3).
WinogradMatrices getWinogradMatrices(int64_t outputs, int64_t taps);

/// How a kernel computes a 3x3 convolution of stride 1 by F(m x m, 3x3).
/// A dilated one is one convolution for each residue of its rows and columns.
///
/// Its memory, in elements of f32, `lanes` of which are a vector:
///   weights   [group][row group][point][input channel][row][lane]
///   inputs    [image][group][block][point][input block][tile][lane]
///   products  [point][output block][tile][lane]
/// Planes of points are an odd number of cache lines apart, so that a tile's
/// points lie in different cache sets.
///
/// A task of winograd_tiles is a block of tiles: all weights are transformed
/// before into memory that the threads share, inputs and products of its block
/// are its own. A task of winograd_channels is a row group: all inputs are
/// transformed before, weights of its row group and their products are its own.
struct WinogradPlan {
  bool isByChannels = false; ///< winograd_channels
  int64_t outputs = 0;       ///< m: a tile has m x m outputs
  int64_t lanes = 0;
  int64_t groups = 1, inBlocks = 1, outBlocks = 1; ///< blocks of a group
  int64_t rows = 1, columns = 1; ///< register tile: output blocks x tiles
  int64_t tiles = 1;             ///< of a block
  /// Images, and blocks of tiles in one; kDynamic where not known.
  int64_t images = 1, blocks = 1;

  static constexpr int64_t taps = 3;
  int64_t window() const { return outputs + taps - 1; }
  int64_t points() const { return window() * window(); }
  int64_t rowGroups() const { return outBlocks / rows; }
  bool isKnown() const {
    return !mlir::ShapedType::isDynamic(images) &&
           !mlir::ShapedType::isDynamic(blocks);
  }
  /// Blocks of all images and groups.
  int64_t inputBlocks() const { return images * groups * blocks; }

  /// Elements from one point to the next.
  int64_t weightsPlane() const {
    return padPlane(inBlocks * lanes * rows * lanes);
  }
  int64_t inputPlane() const { return padPlane(inBlocks * tileStride()); }
  int64_t productPlane() const {
    return padPlane((isByChannels ? rows : outBlocks) * tileStride());
  }
  /// From one block of channels to the next, of inputs and products.
  int64_t tileStride() const;

  /// Elements of a row group's weights, a block's inputs and products.
  int64_t weightsSize() const { return points() * weightsPlane(); }
  int64_t inputSize() const { return points() * inputPlane(); }
  int64_t productSize() const { return points() * productPlane(); }

  /// Elements that all tasks share, and that each thread needs.
  int64_t sharedSize() const {
    return isByChannels ? inputBlocks() * inputSize()
                        : groups * rowGroups() * weightsSize();
  }
  int64_t privateSize() const {
    return (isByChannels ? weightsSize() : inputSize()) + productSize();
  }
};

/// Tiles in a map of such sizes, of all residues; kDynamic if a size is.
int64_t countWinogradTiles(llvm::ArrayRef<int64_t> sizes, int64_t dilation,
                           int64_t outputs);

/// Whether F(m x m, 3x3) computes `conv`: two dimensions, 3x3, stride 1, equal
/// dilations, blocked input, blocks of `lanes` channels.
bool isWinogradConv(const ConvShape &conv, int64_t lanes);

/// `conv` as `schedule` has it computed, by one of the two algorithms above.
WinogradPlan getWinogradPlan(const ConvShape &conv,
                             kernel::CpuScheduleAttr schedule);

} // namespace atrous

#endif // ATROUS_PASSES_SUPPORT_WINOGRAD_H
