//===- max_roi_pool.cpp - MaxRoiPool --------------------------------------===//
//
// In the runtime because the places read are data.
//
//===----------------------------------------------------------------------===//

#include "runtime/cpu/ops/elements.h"
#include "runtime/cpu/ops/ops.h"
#include <math.h>

using namespace atrous::runtime;

namespace {
/// The rows or columns of a region, in the input.
struct Extent {
  int64_t begin;
  float bin;
  int64_t size; ///< of the input

  Extent(double from, double to, double scale, int64_t bins, int64_t size)
      : size(size) {
    // Far outside is as good as anywhere outside.
    auto corner = [&](double x) {
      return int64_t(fmax(-0x1p40, fmin(0x1p40, round(x * scale))));
    };
    begin = corner(from);
    bin = float(larger(corner(to) - begin + 1, 1)) / float(bins);
  }

  int64_t hold(float offset) const {
    return larger(0, smaller(size, begin + int64_t(offset)));
  }
  int64_t first(int64_t cell) const { return hold(floorf(float(cell) * bin)); }
  int64_t last(int64_t cell) const {
    return hold(ceilf(float(cell + 1) * bin));
  }
};
} // namespace

/// The largest element of a window; 0 if it is empty.
template <typename T>
static T getLargest(const T *input, int64_t width, int64_t top, int64_t bottom,
                    int64_t left, int64_t right) {
  if (bottom <= top || right <= left)
    return T(Wide<T>(0));
  T best = input[top * width + left];
  for (int64_t y = top; y < bottom; ++y)
    for (int64_t x = left; x < right; ++x)
      if (input[y * width + x] > best)
        best = input[y * width + x];
  return best;
}

template <typename T>
static atrous_status pool(const Call &call, const int64_t *pooled,
                          double scale) {
  const int64_t *shape = call.buffers[0].shape;
  const T *rois = static_cast<const T *>(call.buffers[1].data);
  int64_t count = call.buffers[1].shape[0];
  for (int64_t i = 0; i < count; ++i)
    for (int64_t j = 0; j < 5; ++j) {
      double value = double(rois[i * 5 + j]);
      if (!isfinite(value))
        return call.fail("rois[%lld, %lld] is %g", (long long)i, (long long)j,
                         value);
      if (j == 0 && !(value >= 0 && value < double(shape[0])))
        return call.fail("batch index %g of rois[%lld] is out of range "
                         "[0, %lld)",
                         value, (long long)i, (long long)shape[0]);
    }
  parallelFor(call, count * shape[1], [&](int64_t task) {
    const T *roi = rois + task / shape[1] * 5;
    int64_t plane = int64_t(double(roi[0])) * shape[1] + task % shape[1];
    const T *input = static_cast<const T *>(call.buffers[0].data) +
                     plane * shape[2] * shape[3];
    T *output =
        static_cast<T *>(call.buffers[2].data) + task * pooled[0] * pooled[1];
    Extent rows(double(roi[2]), double(roi[4]), scale, pooled[0], shape[2]);
    Extent columns(double(roi[1]), double(roi[3]), scale, pooled[1], shape[3]);
    for (int64_t y = 0; y < pooled[0]; ++y)
      for (int64_t x = 0; x < pooled[1]; ++x)
        *output++ = getLargest(input, shape[3], rows.first(y), rows.last(y),
                               columns.first(x), columns.last(x));
  });
  return ATROUS_OK;
}

atrous_status atrous_max_roi_pool(atrous_exec *exec, atrous_buffer *buffers,
                                  const int64_t *arguments, const char *node) {
  Call call{exec, buffers, arguments, node};
  double scale;
  memcpy(&scale, &arguments[2], sizeof(scale));
  if (buffers[1].shape[1] != 5)
    return call.fail("rois have %lld columns, expected 5",
                     (long long)buffers[1].shape[1]);
  int64_t shape[] = {buffers[1].shape[0], buffers[0].shape[1], arguments[0],
                     arguments[1]};
  if (atrous_status status = call.create(buffers[2], shape, 4))
    return status;
  if (getCount(buffers[2]) == 0)
    return ATROUS_OK;
  return forFloatType(call, buffers[0].dtype, [&](auto tag) {
    return pool<typename decltype(tag)::Type>(call, arguments, scale);
  });
}
