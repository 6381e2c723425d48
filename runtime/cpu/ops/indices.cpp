//===- indices.cpp - Integers that data supplies --------------------------===//

#include "runtime/cpu/ops/indices.h"

using namespace atrous::runtime;

int64_t Integers::readOther(int64_t i) const {
  switch (dtype) {
  case ATROUS_INT8:
    return static_cast<const int8_t *>(data)[i];
  case ATROUS_INT16:
    return static_cast<const int16_t *>(data)[i];
  case ATROUS_UINT8:
  case ATROUS_BOOL:
    return static_cast<const uint8_t *>(data)[i];
  case ATROUS_UINT16:
    return static_cast<const uint16_t *>(data)[i];
  case ATROUS_UINT32:
    return static_cast<const uint32_t *>(data)[i];
  case ATROUS_UINT64: {
    uint64_t value = static_cast<const uint64_t *>(data)[i];
    return value > INT64_MAX ? INT64_MAX : int64_t(value);
  }
  }
  return 0;
}

atrous_status Indices::checkRange(const Call &call, int64_t size) const {
  constexpr int64_t kFew = 1 << 14; // sooner done than told to other threads
  Lanes lanes(this->size());
  if (this->size() < kFew)
    lanes.lanes = smaller(lanes.lanes, 1);
  int64_t found[Lanes::kMax];
  parallelFor(call, lanes.lanes, [&](int64_t lane) {
    found[lane] = -1;
    for (int64_t i = lanes.begin(lane); i < lanes.end(lane); ++i)
      if (find(i, size) < 0) {
        found[lane] = i;
        return;
      }
  });
  for (int64_t lane = 0; lane < lanes.lanes; ++lane)
    if (found[lane] >= 0)
      return failRange(call, found[lane], size);
  return ATROUS_OK;
}

atrous_status Indices::checkShape(const Call &call, const int64_t *shape,
                                  const atrous_buffer &input, int32_t axis) {
  for (int32_t i = 0; i < input.rank; ++i)
    if (i != axis && shape[i] > input.shape[i])
      return call.fail("indices have size %lld in dimension %d, but the input "
                       "has %lld",
                       (long long)shape[i], i, (long long)input.shape[i]);
  return ATROUS_OK;
}
