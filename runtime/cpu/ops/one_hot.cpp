//===- one_hot.cpp - OneHot -----------------------------------------------===//
//
// In the runtime because the depth, a size, is data.
//
//===----------------------------------------------------------------------===//

#include "runtime/cpu/ops/elements.h"
#include "runtime/cpu/ops/ops.h"
#include "runtime/cpu/ops/strided.h"

using namespace atrous::runtime;

/// Towards zero; beyond int64_t, and NaN, the lowest value.
template <typename T> static int64_t toInteger(T value) {
  if constexpr (std::is_same_v<T, Boolean>) {
    return value.bits;
  } else if constexpr (std::is_same_v<T, uint64_t>) {
    return value > INT64_MAX ? INT64_MIN : int64_t(value);
  } else if constexpr (std::is_integral_v<T>) {
    return value;
  } else {
    double number = double(value);
    return number > -0x1p63 && number < 0x1p63 ? int64_t(number) : INT64_MIN;
  }
}

atrous_status atrous_one_hot(atrous_exec *exec, atrous_buffer *buffers,
                             const int64_t *arguments, const char *node) {
  Call call{exec, buffers, arguments, node};
  const atrous_buffer &indices = buffers[0];
  int32_t rank = indices.rank + 1;
  int32_t axis = int32_t(fromFront(arguments[0], rank));
  if (getCount(buffers[1]) != 1 || getCount(buffers[2]) != 2)
    return call.fail("expects one depth and two values, got %lld and %lld",
                     (long long)getCount(buffers[1]),
                     (long long)getCount(buffers[2]));
  if (rank > kMaxRank)
    return call.fail("result has rank %d", rank);
  int64_t depth = 0;
  atrous_status status = forType(call, buffers[1].dtype, [&](auto tag) {
    using T = typename decltype(tag)::Type;
    depth = toInteger(*static_cast<const T *>(buffers[1].data));
    return ATROUS_OK;
  });
  if (status)
    return status;
  if (depth < 0)
    return call.fail("depth is %lld", (long long)depth);
  int64_t shape[kMaxRank];
  copyBytes(shape, indices.shape, axis * 8);
  shape[axis] = depth;
  copyBytes(shape + axis + 1, indices.shape + axis, (rank - 1 - axis) * 8);
  if ((status = call.create(buffers[3], shape, rank)))
    return status;

  int64_t size = getElementSize(buffers[2].dtype);
  int64_t inner = getCount(shape + axis + 1, rank - axis - 1);
  const char *values = static_cast<const char *>(buffers[2].data);
  fillElements(buffers[3].data, values, getCount(buffers[3]), size);
  return forType(call, indices.dtype, [&](auto tag) {
    using T = typename decltype(tag)::Type;
    const T *from = static_cast<const T *>(indices.data);
    int64_t count = getCount(indices);
    for (int64_t i = 0; i < count; ++i) {
      int64_t index = fromFront(toInteger(from[i]), depth);
      // Anything else is off everywhere.
      if (uint64_t(index) < uint64_t(depth))
        memcpy(at(buffers[3].data,
                  (i / inner * depth + index) * inner + i % inner, size),
               values + size, size_t(size));
    }
    return ATROUS_OK;
  });
}
