//===- LaneMemory.cpp - Elements between buffers and registers ------------===//

#include "passes/support/LaneProgram.h"
#include <cmath>
#include <cstring>

using namespace mlir;

namespace atrous {

template <typename To, typename From> static To bitsAs(From from) {
  static_assert(sizeof(To) == sizeof(From));
  To to;
  std::memcpy(&to, &from, sizeof(to));
  return to;
}

float halfToFloat(uint16_t bits) {
  uint32_t sign = uint32_t(bits & 0x8000) << 16;
  uint32_t exponent = (bits >> 10) & 31, fraction = bits & 0x3ff;
  if (exponent == 31)
    return bitsAs<float>(sign | 0x7f800000 | fraction << 13);
  if (exponent == 0) {
    float value = std::ldexp(static_cast<float>(fraction), -24);
    return sign ? -value : value;
  }
  return bitsAs<float>(sign | (exponent + 112) << 23 | fraction << 13);
}

uint16_t floatToHalf(float value) {
  uint32_t bits = bitsAs<uint32_t>(value);
  uint32_t sign = (bits >> 16) & 0x8000, magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000)
    return sign | 0x7e00;
  // 65520 and above round to infinity.
  if (magnitude >= 0x477ff000)
    return sign | 0x7c00;
  if (magnitude < 0x38800000) {
    // Subnormal: the nearest multiple of 2^-24, ties to even.
    float scaled = std::ldexp(bitsAs<float>(magnitude), 24);
    return sign | static_cast<uint16_t>(std::nearbyint(scaled));
  }
  uint32_t odd = (magnitude >> 13) & 1;
  return sign | ((magnitude + 0xfff + odd - 0x38000000) >> 13);
}

float bfloatToFloat(uint16_t bits) {
  return bitsAs<float>(uint32_t(bits) << 16);
}

uint16_t floatToBfloat(float value) {
  uint32_t bits = bitsAs<uint32_t>(value);
  if ((bits & 0x7fffffff) > 0x7f800000)
    return (bits >> 16) | 0x40;
  return (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
}

/// Calls `body(lane, element offset)` for each lane; the three forms are
/// separate loops so that the common one vectorizes.
template <typename Body>
static void forEachLane(LaneAddress address, int64_t lanes, Body body) {
  if (address.offsets) {
    for (int64_t i = 0; i < lanes; ++i)
      body(i, address.offsets[i]);
  } else if (address.stride == 1) {
    for (int64_t i = 0; i < lanes; ++i)
      body(i, address.start + i);
  } else {
    for (int64_t i = 0; i < lanes; ++i)
      body(i, address.start + i * address.stride);
  }
}

/// Calls `visit` with a null pointer of the memory type and the two functions
/// that convert an element to and from its register.
template <typename Visitor> static void withFormat(Type type, Visitor visit) {
  auto same = [](auto value) { return value; };
  if (type.isF32())
    return visit((float *)nullptr, (float *)nullptr, same, same);
  if (type.isF64())
    return visit((double *)nullptr, (double *)nullptr, same, same);
  if (type.isF16())
    return visit((uint16_t *)nullptr, (float *)nullptr, halfToFloat,
                 floatToHalf);
  if (type.isBF16())
    return visit((uint16_t *)nullptr, (float *)nullptr, bfloatToFloat,
                 floatToBfloat);
  switch (getElementBytes(type)) {
  case 1:
    return visit((int8_t *)nullptr, (int64_t *)nullptr, same, same);
  case 2:
    return visit((int16_t *)nullptr, (int64_t *)nullptr, same, same);
  case 4:
    return visit((int32_t *)nullptr, (int64_t *)nullptr, same, same);
  default:
    return visit((int64_t *)nullptr, (int64_t *)nullptr, same, same);
  }
}

void loadLanes(void *reg, Type type, const char *bytes, LaneAddress address,
               int64_t lanes) {
  withFormat(type, [&](auto *memory, auto *lane, auto decode, auto) {
    using Memory = std::remove_pointer_t<decltype(memory)>;
    using Lane = std::remove_pointer_t<decltype(lane)>;
    const Memory *from = reinterpret_cast<const Memory *>(bytes);
    Lane *to = static_cast<Lane *>(reg);
    forEachLane(address, lanes, [=](int64_t i, int64_t offset) {
      to[i] = static_cast<Lane>(decode(from[offset]));
    });
  });
}

void storeLanes(const void *reg, Type type, char *bytes, LaneAddress address,
                int64_t lanes) {
  withFormat(type, [&](auto *memory, auto *lane, auto, auto encode) {
    using Memory = std::remove_pointer_t<decltype(memory)>;
    using Lane = std::remove_pointer_t<decltype(lane)>;
    Memory *to = reinterpret_cast<Memory *>(bytes);
    const Lane *from = static_cast<const Lane *>(reg);
    forEachLane(address, lanes, [=](int64_t i, int64_t offset) {
      to[offset] = static_cast<Memory>(encode(from[i]));
    });
  });
}

} // namespace atrous
