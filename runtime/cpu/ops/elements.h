//===- elements.h - Element types, their order and arithmetic ---*- C++ -*-===//
//
// A function for every element type is a template, called through forType (its
// arithmetic differs) or forSize (only bytes are moved).
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_RUNTIME_CPU_OPS_ELEMENTS_H
#define ATROUS_RUNTIME_CPU_OPS_ELEMENTS_H

#include "runtime/cpu/ops/call.h"
#include <type_traits>

namespace atrous::runtime {

/// IEEE binary16, computed with in float. Rounds to nearest, ties to even.
struct Half {
  uint16_t bits;
  Half() = default;
  explicit Half(float value);
  operator float() const;
};

/// The upper half of a float.
struct Bfloat16 {
  uint16_t bits;
  Bfloat16() = default;
  explicit Bfloat16(float value);
  operator float() const;
};

/// 0 or 1; + is or, * is and.
struct Boolean {
  uint8_t bits;
};

template <typename T> struct Tag {
  using Type = T;
};

/// What f(Tag<T>()) returns for the type of `dtype`.
template <typename F>
atrous_status forType(const Call &call, int32_t dtype, F f) {
  switch (dtype) {
  case ATROUS_FLOAT32:
    return f(Tag<float>());
  case ATROUS_FLOAT64:
    return f(Tag<double>());
  case ATROUS_FLOAT16:
    return f(Tag<Half>());
  case ATROUS_BFLOAT16:
    return f(Tag<Bfloat16>());
  case ATROUS_INT8:
    return f(Tag<int8_t>());
  case ATROUS_INT16:
    return f(Tag<int16_t>());
  case ATROUS_INT32:
    return f(Tag<int32_t>());
  case ATROUS_INT64:
    return f(Tag<int64_t>());
  case ATROUS_UINT8:
    return f(Tag<uint8_t>());
  case ATROUS_UINT16:
    return f(Tag<uint16_t>());
  case ATROUS_UINT32:
    return f(Tag<uint32_t>());
  case ATROUS_UINT64:
    return f(Tag<uint64_t>());
  case ATROUS_BOOL:
    return f(Tag<Boolean>());
  }
  return call.fail("has elements of the unknown type %d", dtype);
}

/// As forType, for float types only.
template <typename F>
atrous_status forFloatType(const Call &call, int32_t dtype, F f) {
  switch (dtype) {
  case ATROUS_FLOAT32:
    return f(Tag<float>());
  case ATROUS_FLOAT64:
    return f(Tag<double>());
  case ATROUS_FLOAT16:
    return f(Tag<Half>());
  case ATROUS_BFLOAT16:
    return f(Tag<Bfloat16>());
  }
  return call.fail("has elements of type %d, which are no floats", dtype);
}

/// f(Tag<T>()) for the unsigned type of this many bytes.
template <typename F> void forSize(int64_t bytes, F f) {
  if (bytes == 1)
    f(Tag<uint8_t>());
  else if (bytes == 2)
    f(Tag<uint16_t>());
  else if (bytes == 4)
    f(Tag<uint32_t>());
  else
    f(Tag<uint64_t>());
}

/// Writes the order (see getOrder) of `count` elements, `stride` apart.
using OrderReader = void (*)(const void *from, int64_t stride, int64_t count,
                             uint64_t *to, int64_t toStride);

/// The reader of a type; null for a type that is none of atrous_dtype.
OrderReader getOrderReader(int32_t dtype);

/// What T is computed in.
template <typename T>
using Wide =
    std::conditional_t<std::is_same_v<T, Half> || std::is_same_v<T, Bfloat16>,
                       float, T>;

/// Unsigned integer of the size of T.
template <typename T>
using Bits = std::conditional_t<
    sizeof(T) == 1, uint8_t,
    std::conditional_t<sizeof(T) == 2, uint16_t,
                       std::conditional_t<sizeof(T) == 4, uint32_t, uint64_t>>>;

/// An unsigned number that orders as `value` does: equal zeroes, all NaN equal
/// and above everything else.
template <typename T> Bits<T> getOrder(T value) {
  Bits<T> bits;
  memcpy(&bits, &value, sizeof(T));
  constexpr Bits<T> sign = Bits<T>(Bits<T>(1) << (sizeof(T) * 8 - 1));
  if constexpr (std::is_unsigned_v<T> || std::is_same_v<T, Boolean>) {
    return bits;
  } else if constexpr (std::is_integral_v<T>) {
    return bits ^ sign;
  } else {
    constexpr Bits<T> infinity = std::is_same_v<T, float>  ? Bits<T>(0x7f800000)
                                 : std::is_same_v<T, Half> ? Bits<T>(0x7c00)
                                 : std::is_same_v<T, Bfloat16>
                                     ? Bits<T>(0x7f80)
                                     : Bits<T>(uint64_t(0x7ff) << 52);
    Bits<T> size = bits & Bits<T>(~sign);
    if (size > infinity)
      return Bits<T>(~Bits<T>(0));
    if (size == 0)
      return sign;
    return bits & sign ? Bits<T>(~bits) : Bits<T>(bits | sign);
  }
}

} // namespace atrous::runtime

#endif // ATROUS_RUNTIME_CPU_OPS_ELEMENTS_H
