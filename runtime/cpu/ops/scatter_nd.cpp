//===- scatter_nd.cpp - ScatterND -----------------------------------------===//

#include "runtime/cpu/ops/indices.h"
#include "runtime/cpu/ops/ops.h"
#include "runtime/cpu/ops/scatter.h"
#include "runtime/cpu/ops/strided.h"

using namespace atrous::runtime;

/// updates.shape == indices.shape[:-1] + input.shape[width:]
static atrous_status checkUpdates(const Call &call, const atrous_buffer &input,
                                  const atrous_buffer &indices,
                                  const atrous_buffer &updates, int64_t width) {
  int32_t outer = indices.rank - 1;
  if (width < 1 || width > input.rank)
    return call.fail("indices of %lld values do not fit an input of rank %d",
                     (long long)width, input.rank);
  if (updates.rank != outer + input.rank - width)
    return call.fail("updates have rank %d, expected %lld", updates.rank,
                     (long long)(outer + input.rank - width));
  for (int32_t i = 0; i < updates.rank; ++i) {
    int64_t expected =
        i < outer ? indices.shape[i] : input.shape[i - outer + width];
    if (updates.shape[i] != expected)
      return call.fail("updates have size %lld in dimension %d, expected %lld",
                       (long long)updates.shape[i], i, (long long)expected);
  }
  return ATROUS_OK;
}

atrous_status atrous_scatter_nd(atrous_exec *exec, atrous_buffer *buffers,
                                const int64_t *arguments, const char *node) {
  Call call{exec, buffers, arguments, node};
  const atrous_buffer &input = buffers[0];
  Indices indices(buffers[1]);
  int64_t width = buffers[1].shape[buffers[1].rank - 1];
  if (atrous_status status =
          checkUpdates(call, input, buffers[1], buffers[2], width))
    return status;
  if (atrous_status status = createCopy(call, input, buffers[3]))
    return status;

  int64_t strides[kMaxRank];
  getStrides(input.shape, input.rank, strides);
  int64_t run = getCount(input.shape + width, input.rank - int32_t(width));
  return forType(call, input.dtype, [&](auto tag) {
    using T = typename decltype(tag)::Type;
    const T *updates = static_cast<const T *>(buffers[2].data);
    return reduce<T>(Reduction(arguments[0]), [&](auto join) -> atrous_status {
      for (int64_t row = 0; row < indices.size() / width; ++row) {
        T *to = static_cast<T *>(buffers[3].data);
        for (int64_t i = 0; i < width; ++i) {
          int64_t index = indices.find(row * width + i, input.shape[i]);
          if (index < 0)
            return indices.failRange(call, row * width + i, input.shape[i]);
          to += index * strides[i];
        }
        for (int64_t i = 0; i < run; ++i)
          to[i] = join(to[i], *updates++);
      }
      return ATROUS_OK;
    });
  });
}
