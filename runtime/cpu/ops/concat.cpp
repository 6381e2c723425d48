//===- concat.cpp - Concat and Split --------------------------------------===//
//
// For sizes that are known when the network runs.
//
//===----------------------------------------------------------------------===//

#include "runtime/cpu/ops/indices.h"
#include "runtime/cpu/ops/ops.h"
#include "runtime/cpu/ops/strided.h"

using namespace atrous::runtime;

atrous_status atrous_concat(atrous_exec *exec, atrous_buffer *buffers,
                            const int64_t *arguments, const char *node) {
  Call call{exec, buffers, arguments, node};
  int64_t count = arguments[0];
  const atrous_buffer &first = buffers[0];
  int32_t axis = int32_t(fromFront(arguments[1], first.rank));
  int64_t shape[kMaxRank];
  copyBytes(shape, first.shape, first.rank * 8);
  for (int64_t i = 1; i < count; ++i)
    for (int32_t dim = 0; dim < first.rank; ++dim) {
      int64_t size = buffers[i].shape[dim];
      if (dim == axis)
        shape[dim] += size;
      else if (size != shape[dim])
        return call.fail("input %lld has size %lld in dimension %d, input 0 "
                         "has %lld",
                         (long long)i, (long long)size, dim,
                         (long long)shape[dim]);
    }
  atrous_buffer &result = buffers[count];
  if (atrous_status status = call.create(result, shape, first.rank))
    return status;

  int64_t outer = getCount(shape, axis), size = getElementSize(first.dtype);
  int64_t inner = getCount(shape + axis + 1, first.rank - axis - 1), offset = 0;
  for (int64_t i = 0; i < count; ++i) {
    int64_t run = buffers[i].shape[axis] * inner;
    copyRuns(call, at(result.data, offset, size), shape[axis] * inner,
             buffers[i].data, run, outer, run, size);
    offset += run;
  }
  return ATROUS_OK;
}

atrous_status atrous_split(atrous_exec *exec, atrous_buffer *buffers,
                           const int64_t *arguments, const char *node) {
  Call call{exec, buffers, arguments, node};
  const atrous_buffer &input = buffers[0];
  Integers sizes(buffers[1]);
  int32_t axis = int32_t(fromFront(arguments[0], input.rank));
  int64_t count = arguments[1], size = input.shape[axis], rest = size;
  if (sizes.size() != count)
    return call.fail("split has %lld sizes for %lld outputs",
                     (long long)sizes.size(), (long long)count);
  for (int64_t i = 0; i < count; ++i) {
    if (sizes[i] < 0 || sizes[i] > rest)
      return call.fail("split[%lld] is %lld, but %lld of dimension %d are left",
                       (long long)i, (long long)sizes[i], (long long)rest,
                       axis);
    rest -= sizes[i];
  }
  if (rest != 0)
    return call.fail("split leaves %lld of dimension %d of size %lld",
                     (long long)rest, axis, (long long)size);

  int64_t outer = getCount(input.shape, axis);
  int64_t inner = getCount(input.shape + axis + 1, input.rank - axis - 1);
  int64_t elementSize = getElementSize(input.dtype), offset = 0;
  int64_t shape[kMaxRank];
  copyBytes(shape, input.shape, input.rank * 8);
  for (int64_t i = 0; i < count; ++i) {
    atrous_buffer &part = buffers[2 + i];
    shape[axis] = sizes[i];
    if (atrous_status status = call.create(part, shape, input.rank))
      return status;
    int64_t run = sizes[i] * inner;
    copyRuns(call, part.data, run, at(input.data, offset, elementSize),
             size * inner, outer, run, elementSize);
    offset += run;
  }
  return ATROUS_OK;
}
