//===- reverse_sequence.cpp - ReverseSequence -----------------------------===//
//
// In the runtime because lengths that data supplies are checked.
//
//===----------------------------------------------------------------------===//

#include "runtime/cpu/ops/indices.h"
#include "runtime/cpu/ops/ops.h"
#include "runtime/cpu/ops/strided.h"

using namespace atrous::runtime;

atrous_status atrous_reverse_sequence(atrous_exec *exec, atrous_buffer *buffers,
                                      const int64_t *arguments,
                                      const char *node) {
  Call call{exec, buffers, arguments, node};
  const atrous_buffer &input = buffers[0];
  Integers lengths(buffers[1]);
  int32_t batchAxis = int32_t(fromFront(arguments[0], input.rank));
  int32_t timeAxis = int32_t(fromFront(arguments[1], input.rank));
  int64_t batches = input.shape[batchAxis], times = input.shape[timeAxis];
  if (lengths.size() != batches)
    return call.fail("sequence_lens has %lld values, but dimension %d has size "
                     "%lld",
                     (long long)lengths.size(), batchAxis, (long long)batches);
  for (int64_t i = 0; i < batches; ++i)
    if (lengths[i] < 0 || lengths[i] > times)
      return call.fail("sequence_lens[%lld] is %lld, out of range [0, %lld]",
                       (long long)i, (long long)lengths[i], (long long)times);
  if (atrous_status status = call.create(buffers[2], input.shape, input.rank))
    return status;

  int64_t strides[kMaxRank], size = getElementSize(input.dtype);
  getStrides(input.shape, input.rank, strides);
  int64_t stride = strides[timeAxis];
  for (int64_t batch = 0; batch < batches; ++batch) {
    // The first `length` steps backwards, the rest as they are.
    int64_t length = lengths[batch], base = batch * strides[batchAxis];
    StridedCopy reversed, rest;
    for (int32_t dim = 0; dim < input.rank; ++dim) {
      if (dim == timeAxis) {
        reversed.add(length, stride, -stride);
        rest.add(times - length, stride, stride);
      } else if (dim != batchAxis) {
        reversed.add(input.shape[dim], strides[dim], strides[dim]);
        rest.add(input.shape[dim], strides[dim], strides[dim]);
      }
    }
    int64_t last = base + (length - 1) * stride, next = last + stride;
    reversed.run(call, at(buffers[2].data, base, size),
                 at(input.data, last, size), size);
    rest.run(call, at(buffers[2].data, next, size), at(input.data, next, size),
             size);
  }
  return ATROUS_OK;
}
