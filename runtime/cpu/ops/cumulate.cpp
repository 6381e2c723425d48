//===- cumulate.cpp - CumSum, CumProd -------------------------------------===//
//
// In the runtime because each element needs the one before, along an axis that
// may be known only when the network runs.
//
//===----------------------------------------------------------------------===//

#include "runtime/cpu/ops/elements.h"
#include "runtime/cpu/ops/indices.h"
#include "runtime/cpu/ops/ops.h"

using namespace atrous::runtime;

/// One line of `size` elements, `stride` apart. Floats are accumulated in at
/// least f32, integers wrap.
template <typename T, bool isProduct>
static void cumulate(const T *from, T *to, int64_t size, int64_t stride,
                     bool exclusive) {
  using W = Wide<T>;
  W sum = W(isProduct);
  for (int64_t i = 0; i < size; ++i) {
    W x = W(from[i * stride]), next;
    if constexpr (std::is_integral_v<W>)
      next = W(isProduct ? uint64_t(sum) * uint64_t(x)
                         : uint64_t(sum) + uint64_t(x));
    else
      next = isProduct ? sum * x : sum + x;
    to[i * stride] = T(exclusive ? sum : next);
    sum = next;
  }
}

atrous_status atrous_cumulate(atrous_exec *exec, atrous_buffer *buffers,
                              const int64_t *arguments, const char *node) {
  Call call{exec, buffers, arguments, node};
  const atrous_buffer &input = buffers[0];
  bool isProduct = arguments[0], exclusive = arguments[1];
  bool reverse = arguments[2];
  Integers axes(buffers[1]);
  int32_t rank = input.rank;
  if (axes.size() != 1)
    return call.fail("axis has %lld values, expected 1",
                     (long long)axes.size());
  int64_t axis = axes[0];
  if (axis < -rank || axis >= rank)
    return call.fail("axis is %lld, out of range [%d, %d)", (long long)axis,
                     -rank, rank);
  axis = fromFront(axis, rank);
  if (atrous_status status = call.create(buffers[2], input.shape, rank))
    return status;

  int64_t size = input.shape[axis];
  int64_t inner = getCount(input.shape + axis + 1, rank - int32_t(axis) - 1);
  int64_t lines = getCount(input.shape, int32_t(axis)) * inner;
  if (size * lines == 0)
    return ATROUS_OK;
  return forType(call, input.dtype, [&](auto tag) -> atrous_status {
    using T = typename decltype(tag)::Type;
    if constexpr (std::is_same_v<T, Boolean>) {
      return call.fail("booleans have no sum");
    } else {
      parallelFor(call, lines, [&](int64_t line) {
        int64_t begin = line / inner * size * inner + line % inner;
        int64_t stride = inner;
        if (reverse) {
          begin += (size - 1) * inner;
          stride = -inner;
        }
        const T *from = static_cast<const T *>(input.data) + begin;
        T *to = static_cast<T *>(buffers[2].data) + begin;
        if (isProduct)
          cumulate<T, true>(from, to, size, stride, exclusive);
        else
          cumulate<T, false>(from, to, size, stride, exclusive);
      });
      return ATROUS_OK;
    }
  });
}
