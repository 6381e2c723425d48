//===- elements.cpp - Half types ------------------------------------------===//

#include "runtime/cpu/ops/elements.h"

using namespace atrous::runtime;

static uint32_t toBits(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof(bits));
  return bits;
}

static float fromBits(uint32_t bits) {
  float value;
  memcpy(&value, &bits, sizeof(value));
  return value;
}

Half::Half(float value) {
  uint32_t x = toBits(value);
  uint16_t sign = x >> 16 & 0x8000;
  x &= 0x7fffffff;
  if (x >= 0x7f800000) // infinity, NaN
    bits = sign | 0x7c00 | (x > 0x7f800000 ? 0x200 : 0);
  else if (x >= 0x477ff000) // rounds to infinity
    bits = sign | 0x7c00;
  else if (x < 0x38800000) // denormal: the sum has its last bit at 2^-24
    bits = sign | uint16_t(toBits(fromBits(x) + 0.5f) - toBits(0.5f));
  else
    bits = sign | uint16_t((x - 0x38000000 + 0xfff + (x >> 13 & 1)) >> 13);
}

Half::operator float() const {
  uint32_t sign = uint32_t(bits & 0x8000) << 16;
  uint32_t exponent = bits >> 10 & 31, mantissa = bits & 0x3ff;
  if (exponent == 31)
    return fromBits(sign | 0x7f800000 | mantissa << 13);
  if (exponent == 0)
    return fromBits(sign | toBits(float(mantissa) * 0x1p-24f));
  return fromBits(sign | (exponent + 112) << 23 | mantissa << 13);
}

Bfloat16::Bfloat16(float value) {
  uint32_t x = toBits(value);
  if ((x & 0x7fffffff) > 0x7f800000) // A NaN must not be rounded away.
    bits = uint16_t(x >> 16 | 0x40);
  else
    bits = uint16_t((x + 0x7fff + (x >> 16 & 1)) >> 16);
}

Bfloat16::operator float() const { return fromBits(uint32_t(bits) << 16); }

template <typename T>
static void readOrders(const void *from, int64_t stride, int64_t count,
                       uint64_t *to, int64_t toStride) {
  const T *elements = static_cast<const T *>(from);
  for (int64_t i = 0; i < count; ++i)
    to[i * toStride] = getOrder(elements[i * stride]);
}

OrderReader atrous::runtime::getOrderReader(int32_t dtype) {
  switch (dtype) {
  case ATROUS_FLOAT32:
    return readOrders<float>;
  case ATROUS_FLOAT64:
    return readOrders<double>;
  case ATROUS_FLOAT16:
    return readOrders<Half>;
  case ATROUS_BFLOAT16:
    return readOrders<Bfloat16>;
  case ATROUS_INT8:
    return readOrders<int8_t>;
  case ATROUS_INT16:
    return readOrders<int16_t>;
  case ATROUS_INT32:
    return readOrders<int32_t>;
  case ATROUS_INT64:
    return readOrders<int64_t>;
  case ATROUS_UINT8:
  case ATROUS_BOOL:
    return readOrders<uint8_t>;
  case ATROUS_UINT16:
    return readOrders<uint16_t>;
  case ATROUS_UINT32:
    return readOrders<uint32_t>;
  case ATROUS_UINT64:
    return readOrders<uint64_t>;
  }
  return nullptr;
}
