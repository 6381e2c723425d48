//===- Strassen.h - Matrix products with fewer multiplications --*- C++ -*-===//
//
// V. Strassen's product of matrices of 2 x 2 blocks takes 7 products of blocks
// instead of 8 ("Gaussian Elimination is not Optimal", 1969); this is the
// variant of S. Winograd with the fewest additions. With pixels x input
// channels times input channels x output channels, at each of 7 points
//
//   product = (sum of input blocks) * (sum of weight blocks)
//
// and each output block is a sum of products. With two levels the products of
// blocks are such ones themselves: 49 products of 4 x 4 blocks instead of 64.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_PASSES_SUPPORT_STRASSEN_H
#define ATROUS_PASSES_SUPPORT_STRASSEN_H

#include "dialects/kernel/Kernel.h"
#include "passes/support/ConvAnalysis.h"
#include "passes/support/Winograd.h"

namespace atrous {

/// The sums of one level. Columns of `input`, `weights` and rows of `output`
/// are the four blocks, row by row; points are in the order of the products.
///
/// Channels that do not divide are left over. Input channels are more terms of
/// some products: their inputs, of both halves of the pixels, by `inputRest`
/// and their weights, of both halves of the output channels, by `weightsRest`.
/// Output channels take those products whose inputs are enough for a direct
/// one, with the weights of both halves of the input channels: by `restWeights`
/// and `restOutput`, and of the input channels left over, by `restOfRest`.
struct StrassenMatrices {
  Matrix input, weights, output;
  Matrix inputRest, weightsRest;
  Matrix restWeights, restOutput, restOfRest;
};
StrassenMatrices getStrassenMatrices();

/// A product of packed matrices: a convolution with a kernel of one tap, or a
/// matrix product. Images are independent of the weights; groups have each
/// their own.
struct ProductShape {
  llvm::SmallVector<Loop, 2> images, groups;
  llvm::SmallVector<Loop, 3> pixels;
  Loop outBlock, outLane, inBlock, inLane;
  int64_t inBlocks = 1;
  int64_t blockSteps = 1; ///< of the loop `inBlock` from block to block
};

/// Failure where `root` is no such product, its channels are not in blocks of
/// `lanes`, or a size is dynamic.
mlir::FailureOr<ProductShape> getProductShape(mlir::linalg::GenericOp root,
                                              int64_t lanes);

/// The sizes of all `loops` multiplied.
int64_t countSteps(llvm::ArrayRef<Loop> loops);

/// Output channels that are computed alike: `blocks` of each of `parts` parts
/// of them, the first of which is block `first`.
struct StrassenRows {
  int64_t first, parts, blocks;
  int64_t rows; ///< of the register tile: blocks
  bool isRest;  ///< those left over
  int64_t rowGroups() const { return blocks / rows; }
};

/// How a kernel computes a product. Each dimension has 2^levels parts: of the
/// pixels, those of a block of pixels. The input blocks of a part are summed up
/// by slices, so that these stay in the cache.
///
/// Its memory, in elements of f32, `lanes` of which are a vector:
///   weights   [group][row group][point][input channel][row][lane]
///   inputs    [point][input block][pixel of the part][lane]
///   products  [point][output block][pixel of the part][lane]
/// of the output channels that are left over, after the others'. The input
/// channels that are left over stand first. Weights are transformed before into
/// memory that the threads share. A task is a block of pixels, and a slice of
/// the output channels; the last slice's has those left over, too.
struct StrassenPlan {
  int64_t levels = 1;
  int64_t lanes = 0;
  int64_t images = 1, groups = 1, area = 1; ///< pixels of an image
  int64_t inBlocks = 1, outBlocks = 1;      ///< of a group
  int64_t rows = 1, columns = 1; ///< register tile: output blocks x pixels
  int64_t pixels = 1;            ///< of a part, at most
  int64_t inSlice = 1;           ///< input blocks of a part, at most
  int64_t outSlice = 1;          ///< output blocks of a part, at most

  int64_t parts() const { return int64_t(1) << levels; }
  int64_t points() const { return levels == 1 ? 7 : 49; }
  int64_t inPart() const { return inBlocks / parts(); }
  int64_t inRest() const { return inBlocks % parts(); }
  int64_t pixelBlocks() const;
  int64_t inSlices() const;
  int64_t outSlices() const;

  StrassenRows mainRows() const;
  StrassenRows restRows() const;

  /// Elements from one point to the next.
  int64_t weightsPlane(const StrassenRows &of) const;
  int64_t inputPlane() const;
  int64_t productPlane(const StrassenRows &of) const;
  /// From one block of channels to the next, of inputs and products.
  int64_t pixelStride() const;
  /// Elements of a row group's weights, and of those of all.
  int64_t weightsSize(const StrassenRows &of) const;
  int64_t allWeightsSize(const StrassenRows &of) const;
  int64_t inputSize() const { return points() * inputPlane(); }
  int64_t productSize(const StrassenRows &of) const;

  /// Elements that all tasks share, and that each thread needs.
  int64_t sharedSize() const;
  int64_t privateSize() const;
};

/// `shape` by so many levels and rows of a register tile; blocks and slices are
/// open.
StrassenPlan getStrassenPlan(const ProductShape &shape, int64_t lanes,
                             int64_t levels, int64_t rows);

/// `shape` as `schedule` has it computed. The output channels must be enough
/// for a register tile in each part.
StrassenPlan getStrassenPlan(const ProductShape &shape,
                             kernel::CpuScheduleAttr schedule);

} // namespace atrous

#endif // ATROUS_PASSES_SUPPORT_STRASSEN_H
