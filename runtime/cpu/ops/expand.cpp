//===- expand.cpp - Expand and Tile ---------------------------------------===//
//
// For shapes that are known when the network runs.
//
//===----------------------------------------------------------------------===//

#include "runtime/cpu/ops/indices.h"
#include "runtime/cpu/ops/ops.h"
#include "runtime/cpu/ops/strided.h"

using namespace atrous::runtime;

atrous_status atrous_expand(atrous_exec *exec, atrous_buffer *buffers,
                            const int64_t *arguments, const char *node) {
  Call call{exec, buffers, arguments, node};
  const atrous_buffer &input = buffers[0];
  Integers target(buffers[1]);
  int64_t rank = larger(target.size(), input.rank);
  if (rank > kMaxRank)
    return call.fail("shape has %lld values", (long long)rank);
  int64_t shape[kMaxRank], from[kMaxRank], to[kMaxRank];
  getStrides(input.shape, input.rank, from);
  for (int64_t i = 0; i < rank; ++i) {
    int64_t own = i - (rank - input.rank), asked = i - (rank - target.size());
    int64_t size = own < 0 ? 1 : input.shape[own];
    int64_t wanted = asked < 0 ? 1 : target[asked];
    if (wanted < 0)
      return call.fail("shape[%lld] is %lld", (long long)asked,
                       (long long)wanted);
    if (size != wanted && size != 1 && wanted != 1)
      return call.fail("dimension %lld of size %lld does not broadcast to "
                       "shape[%lld], which is %lld",
                       (long long)own, (long long)size, (long long)asked,
                       (long long)wanted);
    shape[i] = size == 1 ? wanted : size;
  }
  if (atrous_status status = call.create(buffers[2], shape, int32_t(rank)))
    return status;
  getStrides(shape, int32_t(rank), to);
  StridedCopy copy;
  for (int64_t i = 0; i < rank; ++i) {
    int64_t own = i - (rank - input.rank);
    bool isRepeated = own < 0 || input.shape[own] == 1;
    copy.add(shape[i], to[i], isRepeated ? 0 : from[own]);
  }
  copy.run(call, buffers[2].data, input.data, getElementSize(input.dtype));
  return ATROUS_OK;
}

atrous_status atrous_tile(atrous_exec *exec, atrous_buffer *buffers,
                          const int64_t *arguments, const char *node) {
  Call call{exec, buffers, arguments, node};
  const atrous_buffer &input = buffers[0];
  Integers repeats(buffers[1]);
  if (repeats.size() != input.rank)
    return call.fail("repeats has %lld values for an input of rank %d",
                     (long long)repeats.size(), input.rank);
  int64_t shape[kMaxRank], from[kMaxRank], to[kMaxRank];
  for (int32_t i = 0; i < input.rank; ++i) {
    if (repeats[i] < 0)
      return call.fail("repeats[%d] is %lld", i, (long long)repeats[i]);
    if (__builtin_mul_overflow(repeats[i], input.shape[i], &shape[i]))
      return call.fail("dimension %d of size %lld repeated %lld times is too "
                       "large",
                       i, (long long)input.shape[i], (long long)repeats[i]);
  }
  if (atrous_status status = call.create(buffers[2], shape, input.rank))
    return status;
  getStrides(input.shape, input.rank, from);
  getStrides(shape, input.rank, to);
  StridedCopy copy;
  for (int32_t i = 0; i < input.rank; ++i) {
    copy.add(repeats[i], to[i] * input.shape[i], 0);
    copy.add(input.shape[i], to[i], from[i]);
  }
  copy.run(call, buffers[2].data, input.data, getElementSize(input.dtype));
  return ATROUS_OK;
}
