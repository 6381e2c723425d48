//===- non_zero.cpp - NonZero and Compress --------------------------------===//
//
// In the runtime because the sizes of the results are data.
//
//===----------------------------------------------------------------------===//

#include "runtime/cpu/ops/elements.h"
#include "runtime/cpu/ops/ops.h"
#include "runtime/cpu/ops/strided.h"

using namespace atrous::runtime;

/// Bits without the sign of floats, so that -0 is 0.
template <typename T> static bool isNonZero(T value) {
  return getOrder(value) != getOrder(T());
}

atrous_status atrous_non_zero(atrous_exec *exec, atrous_buffer *buffers,
                              const int64_t *arguments, const char *node) {
  Call call{exec, buffers, arguments, node};
  const atrous_buffer &input = buffers[0];
  int64_t total = getCount(input);
  return forType(call, input.dtype, [&](auto tag) -> atrous_status {
    using T = typename decltype(tag)::Type;
    const T *from = static_cast<const T *>(input.data);
    int64_t count = 0;
    for (int64_t i = 0; i < total; ++i)
      count += isNonZero(from[i]);
    int64_t shape[] = {input.rank, count};
    if (atrous_status status = call.create(buffers[1], shape, 2))
      return status;

    int64_t *to = static_cast<int64_t *>(buffers[1].data);
    int64_t position[kMaxRank] = {};
    for (int64_t i = 0; i < total; ++i) {
      if (isNonZero(from[i])) {
        for (int32_t dim = 0; dim < input.rank; ++dim)
          to[dim * count] = position[dim];
        ++to;
      }
      for (int32_t dim = input.rank; dim-- > 0;) {
        if (++position[dim] < input.shape[dim])
          break;
        position[dim] = 0;
      }
    }
    return ATROUS_OK;
  });
}

atrous_status atrous_compress(atrous_exec *exec, atrous_buffer *buffers,
                              const int64_t *arguments, const char *node) {
  Call call{exec, buffers, arguments, node};
  const atrous_buffer &input = buffers[0];
  const uint8_t *condition = static_cast<const uint8_t *>(buffers[1].data);
  bool isFlat = arguments[0] == 0;
  int32_t axis = isFlat ? 0 : int32_t(fromFront(arguments[1], input.rank));
  int64_t size = isFlat ? getCount(input) : input.shape[axis];

  int64_t count = 0;
  for (int64_t i = 0; i < getCount(buffers[1]); ++i) {
    if (condition[i] && i >= size)
      return call.fail("condition[%lld] selects an element beyond the size "
                       "%lld",
                       (long long)i, (long long)size);
    count += condition[i] != 0;
  }
  int64_t shape[kMaxRank] = {count};
  if (!isFlat)
    copyBytes(shape, input.shape, input.rank * 8);
  shape[axis] = count;
  if (atrous_status status =
          call.create(buffers[2], shape, isFlat ? 1 : input.rank))
    return status;

  int64_t outer = isFlat ? 1 : getCount(input.shape, axis);
  int64_t run = getElementSize(input.dtype);
  if (!isFlat)
    run *= getCount(input.shape + axis + 1, input.rank - axis - 1);
  char *to = static_cast<char *>(buffers[2].data);
  const char *from = static_cast<const char *>(input.data);
  int64_t length = smaller(getCount(buffers[1]), size);
  for (int64_t o = 0; o < outer; ++o, from += size * run)
    for (int64_t i = 0; i < length; ++i)
      if (condition[i]) {
        copyBytes(to, from + i * run, run);
        to += run;
      }
  return ATROUS_OK;
}
