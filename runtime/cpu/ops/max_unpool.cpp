//===- max_unpool.cpp - MaxUnpool -----------------------------------------===//
//
// In the runtime because the places it writes are data (class "irregular").
//
//===----------------------------------------------------------------------===//

#include "runtime/base/error.h"
#include "runtime/cpu/ops/ops.h"
#include <string.h>

using namespace atrous::runtime;

static int64_t product(const int64_t *shape, int32_t rank) {
  int64_t count = 1;
  for (int32_t i = 0; i < rank; ++i)
    count *= shape[i];
  return count;
}

/// The flat place in `to` of the element at flat place `index` in `from`.
static int64_t convertIndex(int64_t index, const int64_t *from,
                            const int64_t *to, int32_t rank) {
  int64_t result = 0, stride = 1;
  for (int32_t i = rank; i-- > 0;) {
    result += index % from[i] * stride;
    index /= from[i];
    stride *= to[i];
  }
  return result;
}

atrous_status atrous_max_unpool(atrous_exec *exec, atrous_buffer *buffers,
                                const int64_t *arguments, const char *node) {
  const float *input = static_cast<const float *>(buffers[0].data);
  const int64_t *indices = static_cast<const int64_t *>(buffers[1].data);
  float *output = static_cast<float *>(buffers[2].data);
  int32_t rank = buffers[2].rank;
  const int64_t *from = arguments, *to = buffers[2].shape;
  int64_t count = product(buffers[0].shape, buffers[0].rank);
  int64_t range = product(from, rank);
  bool same = !memcmp(from, to, static_cast<size_t>(rank) * sizeof(*to));

  memset(output, 0, static_cast<size_t>(product(to, rank)) * sizeof(float));
  for (int64_t i = 0; i < count; ++i) {
    int64_t index = indices[i];
    if (static_cast<uint64_t>(index) >= static_cast<uint64_t>(range)) {
      char text[128];
      append(text, sizeof(text), 0, "index %lld is out of range [0, %lld)",
             static_cast<long long>(index), static_cast<long long>(range));
      exec->fail(exec, node, text);
      return ATROUS_ERROR_INPUT;
    }
    output[same ? index : convertIndex(index, from, to, rank)] = input[i];
  }
  return ATROUS_OK;
}
