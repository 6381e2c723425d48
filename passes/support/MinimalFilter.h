//===- MinimalFilter.h - Minimal filtering in one dimension -----*- C++ -*-===//
//
// F(m, r) computes m outputs of a filter of r taps from n = m + r - 1 inputs
// with n products instead of m * r (S. Winograd, "Arithmetic Complexity of
// Computations", 1980; A. Lavin and S. Gray, "Fast Algorithms for Convolutional
// Neural Networks", 2015):
//
//   outputs = A^T [(G weights) * (B^T inputs)]      * by element
//
// The matrices are Toom-Cook's: polynomials are multiplied at n - 1 points and
// at infinity, or at n points.
//
// A filter of stride s is the sum of s filters of stride 1, each of every s-th
// tap on every s-th input; a long one is the sum of short ones. All of these
// phases are multiplied at the same points, so that their products are added up
// before A^T.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_PASSES_SUPPORT_MINIMALFILTER_H
#define ATROUS_PASSES_SUPPORT_MINIMALFILTER_H

#include "llvm/ADT/SmallVector.h"
#include <cstdint>

namespace atrous {

/// Rows of coefficients.
using Matrix = llvm::SmallVector<llvm::SmallVector<double>>;

/// Taps firstTap, firstTap + tapStep, ... of a filter.
struct FilterPhase {
  int64_t firstTap = 0, tapStep = 1, taps = 1;
  Matrix weights; ///< G, points x taps
  Matrix input;   ///< B^T, points x points

  /// Of the filter's points the first so many; also the inputs.
  int64_t points() const { return input.size(); }
};

/// How outputs of a filter are computed, m in a tile. A dilated filter's are
/// dilation apart from each other.
struct MinimalFilter {
  int64_t taps = 1, stride = 1, dilation = 1;
  Matrix output; ///< A^T, outputs x points
  llvm::SmallVector<FilterPhase, 2> phases;

  int64_t outputs() const { return output.size(); }
  int64_t points() const { return output.front().size(); }
  /// Products of a tile: of a phase and a point.
  int64_t products() const;
  /// Phases that are multiplied at `point`.
  llvm::SmallVector<int64_t, 2> getPhasesAt(int64_t point) const;
  /// Whether the last output alone needs the product at `point`: it is
  /// infinity.
  bool isOfLastOutput(int64_t point) const {
    return outputs() > 1 && point == points() - 1;
  }
  /// Tiles of an output of `size`.
  int64_t countTiles(int64_t size) const;
};

/// F(outputs, taps), `outputs` from 2 to 6; of one tap, F(1, 1). The points are
/// those with the smallest rounding error that are known: 0, +-5/8, +-3/2 for
/// F(4, 3). `stride` or `dilation` is 1.
MinimalFilter getMinimalFilter(int64_t outputs, int64_t taps,
                               int64_t stride = 1, int64_t dilation = 1);

} // namespace atrous

#endif // ATROUS_PASSES_SUPPORT_MINIMALFILTER_H
