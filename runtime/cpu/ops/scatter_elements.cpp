//===- scatter_elements.cpp - ScatterElements -----------------------------===//

#include "runtime/cpu/ops/indices.h"
#include "runtime/cpu/ops/ops.h"
#include "runtime/cpu/ops/scatter.h"
#include "runtime/cpu/ops/strided.h"

using namespace atrous::runtime;

namespace {
/// Indices [outer][along][inner] into [outer][size][inner]. What lies along the
/// axis at one place of the other dimensions is a column; columns do not meet.
struct Columns {
  int64_t outer = 1, along, inner = 1, size;

  Columns(const atrous_buffer &input, const int64_t *shape, int32_t axis)
      : along(shape[axis]), size(input.shape[axis]) {
    for (int32_t i = 0; i < input.rank; ++i)
      (i < axis ? outer : inner) *= i == axis ? 1 : shape[i];
  }

  /// Joins the updates of columns [begin, end) with elements of `to`.
  template <typename T, typename F>
  void scatter(const Indices &indices, const T *updates, T *to, int64_t begin,
               int64_t end, F join) const {
    while (begin < end) {
      int64_t block = begin / inner, first = begin % inner;
      int64_t last = smaller(inner, first + end - begin);
      for (int64_t a = 0; a < along; ++a) {
        int64_t from = (block * along + a) * inner;
        for (int64_t i = first; i < last; ++i) {
          int64_t index = indices.find(from + i, size);
          T &element = to[(block * size + index) * inner + i];
          element = join(element, updates[from + i]);
        }
      }
      begin += last - first;
    }
  }

  /// The same where all columns of a block have the indices of one, or all
  /// updates the same index; columns [begin, end) of each block.
  template <typename T, typename F>
  void scatterSlices(const Indices &indices, const T *updates, T *to,
                     int64_t begin, int64_t end, F join) const {
    for (int64_t slice = 0; slice < outer * along; ++slice) {
      int64_t number = indices.size() == 1 ? 0 : slice % along;
      int64_t at = slice / along * size + indices.find(number, size);
      const T *from = updates + slice * inner;
      for (int64_t i = begin; i < end; ++i)
        to[at * inner + i] = join(to[at * inner + i], from[i]);
    }
  }
};
} // namespace

/// Whether updates and input differ in size along the axis alone.
static bool haveSameColumns(const atrous_buffer &input, const int64_t *shape,
                            int32_t axis) {
  for (int32_t i = 0; i < input.rank; ++i)
    if (i != axis && shape[i] != input.shape[i])
      return false;
  return true;
}

/// The same where other sizes are smaller, too.
template <typename T, typename F>
static void scatterPart(const Indices &indices, const T *updates, T *to,
                        const atrous_buffer &input, const int64_t *shape,
                        int32_t axis, bool isOfSlices, F join) {
  int64_t strides[kMaxRank], position[kMaxRank] = {};
  getStrides(input.shape, input.rank, strides);
  int64_t axisStride = strides[axis], size = input.shape[axis], base = 0;
  strides[axis] = 0;
  for (int64_t i = 0; i < getCount(shape, input.rank); ++i) {
    int64_t number = !isOfSlices           ? i
                     : indices.size() == 1 ? 0
                                           : position[axis];
    T &element = to[base + indices.find(number, size) * axisStride];
    element = join(element, updates[i]);
    for (int32_t dim = input.rank; dim-- > 0;) {
      base += strides[dim];
      if (++position[dim] < shape[dim])
        break;
      base -= strides[dim] * shape[dim];
      position[dim] = 0;
    }
  }
}

/// Fails where indices do not fit updates: of the same shape or, of slices, one
/// element for each along the axis or one for all.
static atrous_status checkIndices(const Call &call, const int64_t *shape,
                                  const atrous_buffer &updates, int32_t axis,
                                  bool isOfSlices) {
  for (int32_t i = 0; i < updates.rank; ++i) {
    bool isFree = isOfSlices && (i != axis || shape[i] == 1);
    if (!isFree && shape[i] != updates.shape[i])
      return call.fail("indices have size %lld in dimension %d, but updates "
                       "have %lld",
                       (long long)shape[i], i, (long long)updates.shape[i]);
  }
  return ATROUS_OK;
}

atrous_status atrous_scatter_elements(atrous_exec *exec, atrous_buffer *buffers,
                                      const int64_t *arguments,
                                      const char *node) {
  Call call{exec, buffers, arguments, node};
  const atrous_buffer &input = buffers[0];
  const int64_t *shape = buffers[2].shape;
  Indices indices(buffers[1]);
  int32_t axis = int32_t(fromFront(arguments[0], input.rank));
  bool isOfSlices = arguments[2];
  if (atrous_status status = checkIndices(call, buffers[1].shape, buffers[2],
                                          axis, isOfSlices))
    return status;
  if (atrous_status status = Indices::checkShape(call, shape, input, axis))
    return status;
  if (atrous_status status = indices.checkRange(call, input.shape[axis]))
    return status;
  if (atrous_status status = createCopy(call, input, buffers[3]))
    return status;

  return forType(call, input.dtype, [&](auto tag) {
    using T = typename decltype(tag)::Type;
    T *to = static_cast<T *>(buffers[3].data);
    const T *updates = static_cast<const T *>(buffers[2].data);
    return reduce<T>(Reduction(arguments[1]), [&](auto join) {
      if (!haveSameColumns(input, shape, axis)) {
        scatterPart(indices, updates, to, input, shape, axis, isOfSlices, join);
        return ATROUS_OK;
      }
      Columns columns(input, shape, axis);
      constexpr int64_t kRun = 1024; // columns of a slice that are worth a lane
      Lanes lanes(isOfSlices ? columns.inner : columns.outer * columns.inner);
      if (isOfSlices)
        lanes.lanes = smaller(lanes.lanes, columns.inner / kRun + 1);
      parallelFor(call, lanes.lanes, [&](int64_t lane) {
        int64_t begin = lanes.begin(lane), end = lanes.end(lane);
        if (isOfSlices)
          columns.scatterSlices(indices, updates, to, begin, end, join);
        else
          columns.scatter(indices, updates, to, begin, end, join);
      });
      return ATROUS_OK;
    });
  });
}
