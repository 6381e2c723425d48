//===- range.cpp - Range --------------------------------------------------===//
//
// For bounds that are known when the network runs.
//
//===----------------------------------------------------------------------===//

#include "runtime/cpu/ops/elements.h"
#include "runtime/cpu/ops/ops.h"
#include <math.h>

using namespace atrous::runtime;

/// max(ceil((limit - start) / delta), 0); -1 where that is no number of
/// elements.
template <typename T> static int64_t getLength(T start, T limit, T delta) {
  if constexpr (std::is_integral_v<T>) {
    bool isUp = delta > 0;
    if (isUp ? limit <= start : limit >= start)
      return 0;
    uint64_t distance = uint64_t(limit) - uint64_t(start),
             step = uint64_t(delta);
    distance = isUp ? distance : -distance;
    step = isUp ? step : -step;
    uint64_t length = distance / step + (distance % step != 0);
    return length > INT64_MAX ? -1 : int64_t(length);
  } else {
    double length = ceil((double(limit) - double(start)) / double(delta));
    return length < 0x1p62 ? int64_t(fmax(length, 0)) : -1;
  }
}

atrous_status atrous_range(atrous_exec *exec, atrous_buffer *buffers,
                           const int64_t *arguments, const char *node) {
  Call call{exec, buffers, arguments, node};
  for (int i = 0; i < 3; ++i)
    if (getCount(buffers[i]) != 1)
      return call.fail("start, limit and delta must be scalars");
  return forType(call, buffers[0].dtype, [&](auto tag) -> atrous_status {
    using T = typename decltype(tag)::Type;
    if constexpr (std::is_same_v<T, Boolean>) {
      return call.fail("has no range of booleans");
    } else {
      using W = Wide<T>;
      W start = W(*static_cast<const T *>(buffers[0].data));
      W limit = W(*static_cast<const T *>(buffers[1].data));
      W delta = W(*static_cast<const T *>(buffers[2].data));
      if (delta == 0)
        return call.fail("has a delta of 0");
      int64_t length = getLength<W>(start, limit, delta);
      if (length < 0)
        return call.fail("range from %g to %g by %g has no usable length",
                         double(start), double(limit), double(delta));
      if (atrous_status status = call.create(buffers[3], &length, 1))
        return status;
      T *to = static_cast<T *>(buffers[3].data);
      for (int64_t i = 0; i < length; ++i) {
        if constexpr (std::is_integral_v<T>)
          to[i] = T(uint64_t(start) + uint64_t(i) * uint64_t(delta));
        else
          to[i] = T(start + W(i) * delta);
      }
      return ATROUS_OK;
    }
  });
}
