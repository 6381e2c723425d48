//===- roi_align.cpp - RoiAlign -------------------------------------------===//
//
// In the runtime because batch indices are checked and, with sampling_ratio 0,
// the number of samples is data. A region's samples form a grid, so bilinear
// weights are products of one for the row and one for the column.
//
//===----------------------------------------------------------------------===//

#include "runtime/cpu/ops/elements.h"
#include "runtime/cpu/ops/indices.h"
#include "runtime/cpu/ops/ops.h"
#include "runtime/cpu/ops/roi_axis.h"
#include <math.h>

using namespace atrous::runtime;

namespace {

/// The attributes; see ops.h.
struct Attributes {
  bool isMax, isHalfPixel;
  int64_t pooled[2], samplingRatio;
  double scale;
  int64_t channels;

  explicit Attributes(const int64_t *arguments)
      : isMax(arguments[0] != 0), isHalfPixel(arguments[1] != 0),
        pooled{arguments[2], arguments[3]}, samplingRatio(arguments[4]),
        channels(arguments[6]) {
    memcpy(&scale, &arguments[5], sizeof(scale));
  }
};
} // namespace

/// The axis of a region from `begin` to `end`, in input coordinates.
template <typename A>
static Axis<A> getAxis(const Attributes &attributes, int axis, A begin, A end) {
  A offset = attributes.isHalfPixel ? A(0.5) : A(0);
  A scale = A(attributes.scale);
  A start = begin * scale - offset, length = end * scale - offset - start;
  if (!attributes.isHalfPixel)
    length = length > 1 ? length : 1;
  A bin = length / A(attributes.pooled[axis]);
  int64_t grid = attributes.samplingRatio;
  // More samples than this are as good as this many.
  if (grid <= 0)
    grid = int64_t(fmin(ceil(double(bin)), 0x1p53));
  return {start, bin, grid > 0 ? bin / A(grid) : A(0), grid > 0 ? grid : 0};
}

namespace {
/// Pools regions one after the other; each thread has one. kLanes channels lie
/// beside each other, and are pooled together.
template <typename T, int64_t kLanes> class Pooler {
public:
  using A = Wide<T>;

  /// Scratch elements that a pooler needs; `shape` is that of the input.
  static int64_t getWeightCount(const Attributes &attributes,
                                const int64_t *shape) {
    return attributes.pooled[0] * shape[2] + attributes.pooled[1] * shape[3] +
           shape[3] * kLanes;
  }
  static int64_t getBoundCount(const Attributes &attributes) {
    return 2 * (attributes.pooled[0] + attributes.pooled[1]);
  }

  Pooler(const Attributes &attributes, const int64_t *shape, A *weights,
         int64_t *bounds)
      : attributes(attributes), shape(shape), rowWeights(weights),
        columnWeights(rowWeights + attributes.pooled[0] * shape[2]),
        sums(columnWeights + attributes.pooled[1] * shape[3]), rowBegin(bounds),
        rowEnd(rowBegin + attributes.pooled[0]),
        columnBegin(rowEnd + attributes.pooled[0]),
        columnEnd(columnBegin + attributes.pooled[1]) {}

  void pool(const T *input, const T *roi, T *output) {
    Axis<A> rows = getAxis(attributes, 0, A(roi[1]), A(roi[3]));
    Axis<A> columns = getAxis(attributes, 1, A(roi[0]), A(roi[2]));
    if (!attributes.isMax) {
      addWeights(rows, attributes.pooled[0], shape[2], rowWeights, rowBegin,
                 rowEnd);
      addWeights(columns, attributes.pooled[1], shape[3], columnWeights,
                 columnBegin, columnEnd);
    }
    for (int64_t c = 0; c < attributes.channels; c += kLanes) {
      const T *channels = input + c * shape[2] * shape[3];
      T *pooled = output + c * attributes.pooled[0] * attributes.pooled[1];
      int64_t count = smaller(kLanes, attributes.channels - c);
      if (attributes.isMax)
        poolMax(rows, columns, channels, pooled, count);
      else
        poolAverage(rows, columns, channels, pooled, count);
    }
  }

private:
  void poolAverage(const Axis<A> &rows, const Axis<A> &columns, const T *input,
                   T *output, int64_t count) {
    int64_t height = attributes.pooled[0], width = attributes.pooled[1];
    A samples = A(rows.grid) * A(columns.grid);
    samples = samples > 1 ? samples : 1;
    int64_t left = columnBegin[0], right = columnEnd[0];
    for (int64_t x = 0; x < width; ++x) {
      left = smaller(left, columnBegin[x]);
      right = larger(right, columnEnd[x]);
    }
    for (int64_t y = 0; y < height; ++y) {
      for (int64_t i = left * kLanes; i < right * kLanes; ++i)
        sums[i] = 0;
      for (int64_t r = rowBegin[y]; r < rowEnd[y]; ++r) {
        A weight = rowWeights[y * shape[2] + r];
        const T *row = input + r * shape[3] * kLanes;
        for (int64_t i = left * kLanes; i < right * kLanes; ++i)
          sums[i] += weight * A(row[i]);
      }
      for (int64_t x = 0; x < width; ++x) {
        A cell[kLanes] = {};
        for (int64_t i = columnBegin[x]; i < columnEnd[x]; ++i)
          for (int64_t lane = 0; lane < kLanes; ++lane)
            cell[lane] +=
                columnWeights[x * shape[3] + i] * sums[i * kLanes + lane];
        for (int64_t lane = 0; lane < count; ++lane)
          output[(lane * height + y) * width + x] = T(cell[lane] / samples);
      }
    }
  }

  /// The largest of the four weighted corners of all samples: so ONNX's
  /// reference and ONNX Runtime have it. Samples outside count as 0.
  void poolMax(const Axis<A> &rows, const Axis<A> &columns, const T *input,
               T *output, int64_t count) {
    for (int64_t lane = 0; lane < count; ++lane)
      for (int64_t y = 0; y < attributes.pooled[0]; ++y)
        for (int64_t x = 0; x < attributes.pooled[1]; ++x)
          *output++ = T(poolCell(rows, columns, y, x, input + lane));
  }

  A poolCell(const Axis<A> &rows, const Axis<A> &columns, int64_t y, int64_t x,
             const T *input) {
    A best = 0;
    bool isFirst = true;
    auto take = [&](A value) {
      best = isFirst || value > best ? value : best;
      isFirst = false;
    };
    auto at = [&](int64_t row, int64_t column) {
      return A(input[(row * shape[3] + column) * kLanes]);
    };
    int64_t top, bottom, left, right;
    rows.findInside(y, shape[2], top, bottom);
    columns.findInside(x, shape[3], left, right);
    bool isWhole =
        top == 0 && bottom == rows.grid && left == 0 && right == columns.grid;
    if (!isWhole && rows.grid > 0 && columns.grid > 0)
      take(0);
    for (int64_t i = top; i < bottom; ++i) {
      Sample<A> row, column;
      bool isInside = place(rows.position(y, i), shape[2], row);
      for (int64_t j = left; j < right; ++j) {
        if (!isInside || !place(columns.position(x, j), shape[3], column)) {
          take(0);
          continue;
        }
        take(row.lowWeight * column.lowWeight * at(row.low, column.low));
        take(row.lowWeight * column.highWeight * at(row.low, column.high));
        take(row.highWeight * column.lowWeight * at(row.high, column.low));
        take(row.highWeight * column.highWeight * at(row.high, column.high));
      }
    }
    return best;
  }

  const Attributes &attributes;
  const int64_t *shape;
  A *rowWeights, *columnWeights, *sums;
  int64_t *rowBegin, *rowEnd, *columnBegin, *columnEnd;
};
} // namespace

template <typename T, int64_t kLanes>
static atrous_status align(const Call &call, const Attributes &attributes) {
  const int64_t *shape = call.buffers[0].shape;
  const T *input = static_cast<const T *>(call.buffers[0].data);
  const T *rois = static_cast<const T *>(call.buffers[1].data);
  T *output = static_cast<T *>(call.buffers[3].data);
  Indices batches(call.buffers[2], "batch_indices");
  int64_t count = call.buffers[1].shape[0];
  for (int64_t i = 0; i < count * 4; ++i)
    if (!isfinite(double(rois[i])))
      return call.fail("rois[%lld, %lld] is %g", (long long)(i / 4),
                       (long long)(i % 4), double(rois[i]));

  using P = Pooler<T, kLanes>;
  Lanes lanes(count);
  int64_t numWeights = P::getWeightCount(attributes, shape);
  int64_t numBounds = P::getBoundCount(attributes);
  Scratch<Wide<T>> weights(call, lanes.lanes * numWeights);
  Scratch<int64_t> bounds(call, lanes.lanes * numBounds);
  if (!weights || !bounds)
    return ATROUS_ERROR_RESOURCE;
  int64_t inputSize = shape[1] * shape[2] * shape[3] * kLanes;
  int64_t outputSize =
      attributes.channels * attributes.pooled[0] * attributes.pooled[1];
  parallelFor(call, lanes.lanes, [&](int64_t lane) {
    P pooler(attributes, shape, weights.get() + lane * numWeights,
             bounds.get() + lane * numBounds);
    for (int64_t roi = lanes.begin(lane); roi < lanes.end(lane); ++roi)
      pooler.pool(input + batches[roi] * inputSize, rois + roi * 4,
                  output + roi * outputSize);
  });
  return ATROUS_OK;
}

atrous_status atrous_roi_align(atrous_exec *exec, atrous_buffer *buffers,
                               const int64_t *arguments, const char *node) {
  Call call{exec, buffers, arguments, node};
  Attributes attributes(arguments);
  if (buffers[0].rank == 4)
    attributes.channels = buffers[0].shape[1];
  const int64_t *input = buffers[0].shape;
  int64_t count = buffers[1].shape[0];
  if (buffers[1].shape[1] != 4 || buffers[2].shape[0] != count)
    return call.fail("rois [%lld, %lld] and batch_indices [%lld] do not fit "
                     "together",
                     (long long)count, (long long)buffers[1].shape[1],
                     (long long)buffers[2].shape[0]);
  Indices batches(buffers[2], "batch_indices");
  for (int64_t i = 0; i < count; ++i)
    if (batches[i] < 0 || batches[i] >= input[0])
      return call.fail("batch_indices[%lld] is %lld, out of range [0, %lld)",
                       (long long)i, (long long)batches[i],
                       (long long)input[0]);
  if (count > 0 && input[2] * input[3] == 0)
    return call.fail("the input has no elements to pool");
  int64_t shape[] = {count, attributes.channels, attributes.pooled[0],
                     attributes.pooled[1]};
  if (atrous_status status = call.create(buffers[3], shape, 4))
    return status;
  if (getCount(buffers[3]) == 0)
    return ATROUS_OK;
  return forFloatType(call, buffers[0].dtype, [&](auto tag) {
    using T = typename decltype(tag)::Type;
    switch (buffers[0].rank == 4 ? 1 : input[4]) {
    case 1:
      return align<T, 1>(call, attributes);
    case 8:
      return align<T, 8>(call, attributes);
    case 16:
      return align<T, 16>(call, attributes);
    }
    return call.fail("the input has blocks of %lld channels",
                     (long long)input[4]);
  });
}
