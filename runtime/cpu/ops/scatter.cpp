//===- scatter.cpp - ScatterElements, ScatterND ---------------------------===//
//
// In the runtime because the places written are data. Updates are taken in
// row-major order, so that duplicates give the same result on every run.
//
//===----------------------------------------------------------------------===//

#include "runtime/cpu/ops/elements.h"
#include "runtime/cpu/ops/indices.h"
#include "runtime/cpu/ops/ops.h"
#include "runtime/cpu/ops/strided.h"

using namespace atrous::runtime;

namespace {

/// The values of the argument `reduction`.
enum class Reduction : int64_t { none, add, mul, min, max };

template <typename T> bool isNan(T value) {
  if constexpr (std::is_integral_v<T> || std::is_same_v<T, Boolean>)
    return false;
  else
    return getOrder(value) == Bits<T>(~Bits<T>(0));
}

/// a + b or a * b: floats round, integers wrap, booleans are logical.
template <typename T, bool isProduct> T accumulate(T a, T b) {
  if constexpr (std::is_same_v<T, Boolean>)
    return Boolean{uint8_t(isProduct ? a.bits & b.bits : a.bits | b.bits)};
  else if constexpr (std::is_integral_v<T>)
    return T(isProduct ? uint64_t(a) * uint64_t(b) : uint64_t(a) + uint64_t(b));
  else
    return T(isProduct ? Wide<T>(a) * Wide<T>(b) : Wide<T>(a) + Wide<T>(b));
}

/// The smaller or larger one; NaN if one is NaN.
template <typename T, bool isMax> T choose(T a, T b) {
  if (isNan(a) || isNan(b))
    return isNan(a) ? a : b;
  return (getOrder(a) < getOrder(b)) == isMax ? b : a;
}

template <typename T> T assign(T, T update) { return update; }

/// Calls f with the function that joins an element and an update.
template <typename T, typename F> atrous_status reduce(Reduction kind, F f) {
  switch (kind) {
  case Reduction::none:
    return f(assign<T>);
  case Reduction::add:
    return f(accumulate<T, false>);
  case Reduction::mul:
    return f(accumulate<T, true>);
  case Reduction::min:
    return f(choose<T, false>);
  case Reduction::max:
    return f(choose<T, true>);
  }
  return ATROUS_ERROR_INTERNAL;
}

} // namespace

/// The result begins as a copy of the input.
static atrous_status createCopy(const Call &call, const atrous_buffer &input,
                                atrous_buffer &result) {
  if (atrous_status status = call.create(result, input.shape, input.rank))
    return status;
  copyBytes(result.data, input.data,
            getCount(input) * getElementSize(input.dtype));
  return ATROUS_OK;
}

atrous_status atrous_scatter_elements(atrous_exec *exec, atrous_buffer *buffers,
                                      const int64_t *arguments,
                                      const char *node) {
  Call call{exec, buffers, arguments, node};
  const atrous_buffer &input = buffers[0];
  const int64_t *shape = buffers[1].shape;
  Indices indices(buffers[1]);
  int32_t rank = input.rank, axis = int32_t(fromFront(arguments[0], rank));
  for (int32_t i = 0; i < rank; ++i) {
    if (shape[i] != buffers[2].shape[i])
      return call.fail("indices have size %lld in dimension %d, but updates "
                       "have %lld",
                       (long long)shape[i], i, (long long)buffers[2].shape[i]);
    if (i != axis && shape[i] > input.shape[i])
      return call.fail("indices have size %lld in dimension %d, but the input "
                       "has %lld",
                       (long long)shape[i], i, (long long)input.shape[i]);
  }
  if (atrous_status status = createCopy(call, input, buffers[3]))
    return status;

  int64_t strides[kMaxRank], position[kMaxRank] = {};
  getStrides(input.shape, rank, strides);
  int64_t axisStride = strides[axis], size = input.shape[axis];
  strides[axis] = 0;
  return forType(call, input.dtype, [&](auto tag) {
    using T = typename decltype(tag)::Type;
    T *to = static_cast<T *>(buffers[3].data);
    const T *updates = static_cast<const T *>(buffers[2].data);
    return reduce<T>(Reduction(arguments[1]), [&](auto join) -> atrous_status {
      int64_t base = 0;
      for (int64_t i = 0; i < indices.size(); ++i) {
        int64_t index = indices.find(i, size);
        if (index < 0)
          return indices.failRange(call, i, size);
        T &element = to[base + index * axisStride];
        element = join(element, updates[i]);
        for (int32_t dim = rank; dim-- > 0;) {
          base += strides[dim];
          if (++position[dim] < shape[dim])
            break;
          base -= strides[dim] * shape[dim];
          position[dim] = 0;
        }
      }
      return ATROUS_OK;
    });
  });
}

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
