//===- max_unpool.cpp - MaxUnpool -----------------------------------------===//
//
// In the runtime because the places it writes are data (class "irregular").
//
//===----------------------------------------------------------------------===//

#include "runtime/cpu/ops/elements.h"
#include "runtime/cpu/ops/indices.h"
#include "runtime/cpu/ops/ops.h"
#include "runtime/cpu/ops/strided.h"

using namespace atrous::runtime;

/// The flat place in `to` of the element at flat place `index` in `from`.
static int64_t convertIndex(int64_t index, const int64_t *from,
                            const int64_t *to, int64_t rank) {
  int64_t result = 0, stride = 1;
  for (int64_t i = rank; i-- > 0;) {
    result += index % from[i] * stride;
    index /= from[i];
    stride *= to[i];
  }
  return result;
}

/// The shape that the pooling which made the indices had as its input:
/// (in - 1) * stride + kernel - pads.
static atrous_status getPooledShape(const Call &call, int64_t *shape) {
  const atrous_buffer &input = call.buffers[0];
  int32_t spatial = input.rank - 2;
  const int64_t *kernel = call.arguments + 1, *strides = kernel + spatial;
  const int64_t *pads = strides + spatial;
  copyBytes(shape, input.shape, 16);
  for (int32_t i = 0; i < spatial; ++i) {
    int64_t size = 0;
    bool isWrong =
        __builtin_mul_overflow(input.shape[i + 2] - 1, strides[i], &size) ||
        __builtin_add_overflow(size, kernel[i], &size) ||
        __builtin_sub_overflow(size, pads[i], &size) ||
        __builtin_sub_overflow(size, pads[i + spatial], &size) || size < 1;
    if (isWrong)
      return call.fail("dimension %d of size %lld has no size before pooling",
                       i + 2, (long long)input.shape[i + 2]);
    shape[i + 2] = size;
  }
  return ATROUS_OK;
}

/// The shape of the result: the pooled one, or a larger one that is asked for.
static atrous_status getResultShape(const Call &call, const int64_t *pooled,
                                    int64_t *shape) {
  int32_t rank = call.buffers[0].rank;
  copyBytes(shape, pooled, rank * 8);
  if (call.arguments[0] == 0)
    return ATROUS_OK;
  Integers asked(call.buffers[2]);
  if (asked.size() != rank)
    return call.fail("output_shape has %lld values, expected %d",
                     (long long)asked.size(), rank);
  for (int32_t i = 0; i < rank; ++i) {
    if (asked[i] < pooled[i])
      return call.fail("output_shape[%d] is %lld, less than the %lld that the "
                       "indices count in",
                       i, (long long)asked[i], (long long)pooled[i]);
    shape[i] = asked[i];
  }
  return ATROUS_OK;
}

atrous_status atrous_max_unpool(atrous_exec *exec, atrous_buffer *buffers,
                                const int64_t *arguments, const char *node) {
  Call call{exec, buffers, arguments, node};
  const atrous_buffer &input = buffers[0];
  bool hasShape = arguments[0] != 0;
  atrous_buffer &result = buffers[2 + hasShape];
  int32_t rank = input.rank;
  int64_t pooled[kMaxRank], shape[kMaxRank], count = getCount(input);
  for (int32_t i = 0; i < rank; ++i)
    if (buffers[1].shape[i] != input.shape[i])
      return call.fail("input and indices have sizes %lld and %lld in "
                       "dimension %d",
                       (long long)input.shape[i],
                       (long long)buffers[1].shape[i], i);
  atrous_status status = getPooledShape(call, pooled);
  status = status ? status : getResultShape(call, pooled, shape);
  status = status ? status : call.create(result, shape, rank);
  if (status)
    return status;

  int64_t range = getCount(pooled, rank), size = getElementSize(input.dtype);
  bool isSame = !memcmp(pooled, shape, size_t(rank) * sizeof(*shape));
  const int64_t *indices = static_cast<const int64_t *>(buffers[1].data);
  if (int64_t bytes = getCount(result) * size)
    memset(result.data, 0, size_t(bytes));
  for (int64_t i = 0; i < count; ++i)
    if (uint64_t(indices[i]) >= uint64_t(range))
      return call.fail("indices[%lld] is %lld, out of range [0, %lld)",
                       (long long)i, (long long)indices[i], (long long)range);
  forSize(size, [&](auto tag) {
    using T = typename decltype(tag)::Type;
    const T *from = static_cast<const T *>(input.data);
    T *to = static_cast<T *>(result.data);
    for (int64_t i = 0; i < count; ++i)
      to[isSame ? indices[i] : convertIndex(indices[i], pooled, shape, rank)] =
          from[i];
  });
  return ATROUS_OK;
}
