//===- roi_axis.h - Bilinear samples along one axis of a region -*- C++ -*-===//

#ifndef ATROUS_RUNTIME_CPU_OPS_ROI_AXIS_H
#define ATROUS_RUNTIME_CPU_OPS_ROI_AXIS_H

#include "runtime/cpu/ops/elements.h"
#include <math.h>
#include <string.h>

namespace atrous::runtime {

/// The samples of a region along one axis: `grid` in each of the bins, the
/// first of bin b at start + b * bin + step / 2.
template <typename A> struct Axis {
  A start, bin, step;
  int64_t grid;

  A position(int64_t cell, int64_t sample) const {
    return start + A(cell) * bin + (A(sample) + A(0.5)) * bin / A(grid);
  }

  /// The samples of a cell that can lie in [-1, size]: a superset of few.
  void findInside(int64_t cell, int64_t size, int64_t &begin,
                  int64_t &end) const {
    begin = 0;
    end = grid;
    if (grid <= 4 || !(step > 0))
      return;
    A first = (A(-1) - position(cell, 0)) / step - 2;
    A last = (A(size) - position(cell, 0)) / step + 3;
    begin = first > 0 ? int64_t(fmin(double(first), double(grid))) : 0;
    end = last > 0 ? int64_t(fmin(double(last), double(grid))) : 0;
    end = larger(begin, end);
  }
};

/// A sample between two rows (or columns).
template <typename A> struct Sample {
  int64_t low, high;
  A lowWeight, highWeight;
};

/// Where `x` falls; false if that is outside of the map.
template <typename A> bool place(A x, int64_t size, Sample<A> &sample) {
  if (!(x >= -1 && x <= A(size)))
    return false;
  x = x > 0 ? x : 0;
  int64_t low = int64_t(x);
  if (low >= size - 1) {
    sample = {size - 1, size - 1, 1, 0};
    return true;
  }
  A fraction = x - A(low);
  sample = {low, low + 1, 1 - fraction, fraction};
  return true;
}

/// The rows (or columns) that each cell reads, [begin, end), and the sums of
/// the weights of its samples in each: weights[cell * size + i].
template <typename A>
void addWeights(const Axis<A> &axis, int64_t cells, int64_t size, A *weights,
                int64_t *begin, int64_t *end) {
  for (int64_t cell = 0; cell < cells; ++cell) {
    A *row = weights + cell * size;
    memset(row, 0, size_t(size) * sizeof(A));
    begin[cell] = size;
    end[cell] = 0;
    int64_t first, last;
    axis.findInside(cell, size, first, last);
    for (int64_t i = first; i < last; ++i) {
      Sample<A> sample;
      if (!place(axis.position(cell, i), size, sample))
        continue;
      row[sample.low] += sample.lowWeight;
      row[sample.high] += sample.highWeight;
      begin[cell] = smaller(begin[cell], sample.low);
      end[cell] = larger(end[cell], sample.high + 1);
    }
  }
}

} // namespace atrous::runtime

#endif // ATROUS_RUNTIME_CPU_OPS_ROI_AXIS_H
