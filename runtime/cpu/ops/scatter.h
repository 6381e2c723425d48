//===- scatter.h - What ScatterElements and ScatterND share -----*- C++ -*-===//
//
// In the runtime because the places written are data. Updates of one element
// are taken in row-major order, so that duplicates give the same result on
// every run.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_RUNTIME_CPU_OPS_SCATTER_H
#define ATROUS_RUNTIME_CPU_OPS_SCATTER_H

#include "runtime/cpu/ops/elements.h"
#include "runtime/cpu/ops/strided.h"

namespace atrous::runtime {

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

/// The result begins as a copy of the input, where it is not the input itself.
inline atrous_status createCopy(const Call &call, const atrous_buffer &input,
                                atrous_buffer &result) {
  if (atrous_status status = call.create(result, input.shape, input.rank))
    return status;
  if (result.data == input.data)
    return ATROUS_OK;
  constexpr int64_t kPage = 1 << 16;
  int64_t bytes = getCount(input) * getElementSize(input.dtype);
  parallelFor(call, (bytes + kPage - 1) / kPage, [&](int64_t page) {
    int64_t begin = page * kPage;
    copyBytes(static_cast<char *>(result.data) + begin,
              static_cast<const char *>(input.data) + begin,
              smaller(kPage, bytes - begin));
  });
  return ATROUS_OK;
}

} // namespace atrous::runtime

#endif // ATROUS_RUNTIME_CPU_OPS_SCATTER_H
