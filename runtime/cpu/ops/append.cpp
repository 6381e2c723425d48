//===- append.cpp - One more iteration's output ---------------------------===//

#include "runtime/cpu/ops/ops.h"
#include "runtime/cpu/ops/call.h"
#include "runtime/cpu/ops/strided.h"

using namespace atrous::runtime;

/// Operands: what has been collected [n, ...], an element [...].
atrous_status atrous_append(atrous_exec *exec, atrous_buffer *buffers,
                            const int64_t *arguments, const char *node) {
  Call call{exec, buffers, arguments, node};
  const atrous_buffer &old = buffers[0], &element = buffers[1];
  for (int32_t dim = 0; old.shape[0] && dim < element.rank; ++dim)
    if (old.shape[dim + 1] != element.shape[dim])
      return call.fail("an iteration gives size %lld in dimension %d, the ones "
                       "before it %lld",
                       (long long)element.shape[dim], dim,
                       (long long)old.shape[dim + 1]);
  int64_t shape[kMaxRank];
  shape[0] = old.shape[0] + 1;
  copyBytes(shape + 1, element.shape, element.rank * 8);
  atrous_buffer &result = buffers[2];
  if (atrous_status status =
          call.extend(result, shape, element.rank + 1, old))
    return status;
  int64_t count = getCount(element), size = getElementSize(element.dtype);
  copyBytes(at(result.data, old.shape[0] * count, size), element.data,
            count * size);
  return ATROUS_OK;
}
