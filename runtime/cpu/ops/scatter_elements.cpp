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
};
} // namespace

/// Whether indices and input differ in size along the axis alone.
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
                        int32_t axis, F join) {
  int64_t strides[kMaxRank], position[kMaxRank] = {};
  getStrides(input.shape, input.rank, strides);
  int64_t axisStride = strides[axis], size = input.shape[axis], base = 0;
  strides[axis] = 0;
  for (int64_t i = 0; i < indices.size(); ++i) {
    T &element = to[base + indices.find(i, size) * axisStride];
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

atrous_status atrous_scatter_elements(atrous_exec *exec, atrous_buffer *buffers,
                                      const int64_t *arguments,
                                      const char *node) {
  Call call{exec, buffers, arguments, node};
  const atrous_buffer &input = buffers[0];
  const int64_t *shape = buffers[1].shape;
  Indices indices(buffers[1]);
  int32_t rank = input.rank, axis = int32_t(fromFront(arguments[0], rank));
  for (int32_t i = 0; i < rank; ++i)
    if (shape[i] != buffers[2].shape[i])
      return call.fail("indices have size %lld in dimension %d, but updates "
                       "have %lld",
                       (long long)shape[i], i, (long long)buffers[2].shape[i]);
  if (atrous_status status = Indices::checkShape(call, shape, input, axis))
    return status;
  if (atrous_status status = createCopy(call, input, buffers[3]))
    return status;

  if (atrous_status status = indices.checkRange(call, input.shape[axis]))
    return status;
  return forType(call, input.dtype, [&](auto tag) {
    using T = typename decltype(tag)::Type;
    T *to = static_cast<T *>(buffers[3].data);
    const T *updates = static_cast<const T *>(buffers[2].data);
    return reduce<T>(Reduction(arguments[1]), [&](auto join) {
      if (haveSameColumns(input, shape, axis)) {
        Columns columns(input, shape, axis);
        Lanes lanes(columns.outer * columns.inner);
        parallelFor(call, lanes.lanes, [&](int64_t lane) {
          columns.scatter(indices, updates, to, lanes.begin(lane),
                          lanes.end(lane), join);
        });
      } else {
        scatterPart(indices, updates, to, input, shape, axis, join);
      }
      return ATROUS_OK;
    });
  });
}
