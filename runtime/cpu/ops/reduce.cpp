//===- reduce.cpp - Reductions --------------------------------------------===//
//
// For axes that are known when the network runs; kernels do the others.
//
//===----------------------------------------------------------------------===//

#include "runtime/cpu/ops/elements.h"
#include "runtime/cpu/ops/indices.h"
#include "runtime/cpu/ops/ops.h"
#include "runtime/cpu/ops/strided.h"
#include <limits>
#include <math.h>

using namespace atrous::runtime;

namespace {

/// The values of the argument `kind`, those of graph.reduce.
enum class Kind : int64_t { sum, mean, max, min, prod, l1, l2, sumSquare };

template <Kind kind> struct KindTag {
  static constexpr Kind value = kind;
};

/// A reduction of elements T: floats are accumulated in at least f32, integers
/// wrap.
template <typename T, Kind kind> struct Reduction {
  using W = Wide<T>;
  static constexpr bool isInteger = std::is_integral_v<W>;
  static constexpr bool isExtremum = kind == Kind::max || kind == Kind::min;

  static W start() {
    if constexpr (isExtremum && isInteger)
      return kind == Kind::max ? std::numeric_limits<W>::min()
                               : std::numeric_limits<W>::max();
    else if constexpr (isExtremum)
      return kind == Kind::max ? -W(INFINITY) : W(INFINITY);
    else
      return W(kind == Kind::prod);
  }

  static W add(W a, W b) {
    if constexpr (isInteger)
      return W(uint64_t(a) + uint64_t(b));
    else
      return a + b;
  }
  static W multiply(W a, W b) {
    if constexpr (isInteger)
      return W(uint64_t(a) * uint64_t(b));
    else
      return a * b;
  }
  static W magnitude(W x) { return x < 0 ? multiply(x, W(-1)) : x; }

  /// A NaN wins.
  static W choose(W best, W x) {
    return (kind == Kind::max ? x > best : x < best) || x != x ? x : best;
  }

  static W join(W a, W x) {
    if constexpr (isExtremum)
      return choose(a, x);
    else if constexpr (kind == Kind::prod)
      return multiply(a, x);
    else if constexpr (kind == Kind::l1)
      return add(a, magnitude(x));
    else if constexpr (kind == Kind::l2 || kind == Kind::sumSquare)
      return add(a, multiply(x, x));
    else
      return add(a, x);
  }

  static T finish(W a, int64_t count) {
    // The mean of nothing is 0 / 0, but an integer has no NaN.
    if constexpr (kind == Kind::mean && isInteger && std::is_signed_v<W>)
      return T(count > 1 ? int64_t(a) / count : a);
    else if constexpr (kind == Kind::mean && isInteger)
      return T(count > 1 ? uint64_t(a) / uint64_t(count) : a);
    else if constexpr (kind == Kind::mean)
      return T(a / W(count));
    else if constexpr (kind == Kind::l2 && isInteger)
      // A sum that has wrapped has no root.
      return T(a > 0 ? sqrt(double(a)) : 0);
    else if constexpr (kind == Kind::l2)
      return T(W(sqrt(a)));
    else
      return T(a);
  }
};

/// Loops over some dimensions of a tensor.
struct Nest {
  int32_t rank = 0;
  int64_t sizes[kMaxRank], strides[kMaxRank], count = 1;

  void add(int64_t size, int64_t stride) {
    sizes[rank] = size;
    strides[rank++] = stride;
    count *= size;
  }
  int64_t getOffset(int64_t index) const {
    int64_t offset = 0;
    for (int32_t dim = rank; dim-- > 0; index /= sizes[dim])
      offset += index % sizes[dim] * strides[dim];
    return offset;
  }
  /// Calls f(offset) for all elements, in row-major order.
  template <typename F> void forEach(F f) const {
    int64_t position[kMaxRank] = {}, offset = 0;
    for (int64_t i = 0; i < count; ++i) {
      f(offset);
      for (int32_t dim = rank; dim-- > 0;) {
        offset += strides[dim];
        if (++position[dim] < sizes[dim])
          break;
        offset -= strides[dim] * sizes[dim];
        position[dim] = 0;
      }
    }
  }
};

} // namespace

/// Sets `reduced`; without axes all dimensions are, or none (`noop`).
static atrous_status readAxes(const Call &call, const atrous_buffer &axes,
                              int32_t rank, bool noop, bool *reduced) {
  Integers values(axes);
  for (int32_t dim = 0; dim < rank; ++dim)
    reduced[dim] = values.size() == 0 && !noop;
  for (int64_t i = 0; i < values.size(); ++i) {
    int64_t axis = values[i];
    if (axis < -rank || axis >= rank)
      return call.fail("axes[%lld] is %lld, out of range [%d, %d)",
                       (long long)i, (long long)axis, -rank, rank);
    axis = fromFront(axis, rank);
    if (reduced[axis])
      return call.fail("axes name dimension %lld twice", (long long)axis);
    reduced[axis] = true;
  }
  return ATROUS_OK;
}

/// Calls f with the KindTag.
template <typename F> static atrous_status forKind(Kind kind, F f) {
  switch (kind) {
  case Kind::sum:
    return f(KindTag<Kind::sum>());
  case Kind::mean:
    return f(KindTag<Kind::mean>());
  case Kind::max:
    return f(KindTag<Kind::max>());
  case Kind::min:
    return f(KindTag<Kind::min>());
  case Kind::prod:
    return f(KindTag<Kind::prod>());
  case Kind::l1:
    return f(KindTag<Kind::l1>());
  case Kind::l2:
    return f(KindTag<Kind::l2>());
  case Kind::sumSquare:
    return f(KindTag<Kind::sumSquare>());
  }
  return ATROUS_ERROR_INTERNAL;
}

atrous_status atrous_reduce(atrous_exec *exec, atrous_buffer *buffers,
                            const int64_t *arguments, const char *node) {
  Call call{exec, buffers, arguments, node};
  const atrous_buffer &input = buffers[0];
  bool keepsDims = arguments[1], reduced[kMaxRank];
  if (atrous_status status =
          readAxes(call, buffers[1], input.rank, arguments[2], reduced))
    return status;
  int64_t strides[kMaxRank], shape[kMaxRank];
  getStrides(input.shape, input.rank, strides);
  Nest kept, summed;
  int32_t rank = 0;
  for (int32_t dim = 0; dim < input.rank; ++dim) {
    (reduced[dim] ? summed : kept).add(input.shape[dim], strides[dim]);
    if (!reduced[dim] || keepsDims)
      shape[rank++] = reduced[dim] ? 1 : input.shape[dim];
  }
  if (atrous_status status = call.create(buffers[2], shape, rank))
    return status;
  if (kept.count == 0)
    return ATROUS_OK;

  // Booleans have a maximum and a minimum only, as numbers.
  int32_t dtype = input.dtype == ATROUS_BOOL ? ATROUS_UINT8 : input.dtype;
  return forType(call, dtype, [&](auto type) -> atrous_status {
    using T = typename decltype(type)::Type;
    if constexpr (std::is_same_v<T, Boolean>) {
      return ATROUS_ERROR_INTERNAL;
    } else {
      return forKind(Kind(arguments[0]), [&](auto kind) {
        using R = Reduction<T, decltype(kind)::value>;
        const T *from = static_cast<const T *>(input.data);
        T *to = static_cast<T *>(buffers[2].data);
        parallelFor(call, kept.count, [&](int64_t i) {
          const T *base = from + kept.getOffset(i);
          auto result = R::start();
          summed.forEach([&](int64_t offset) {
            result = R::join(result, Wide<T>(base[offset]));
          });
          to[i] = R::finish(result, summed.count);
        });
        return ATROUS_OK;
      });
    }
  });
}
