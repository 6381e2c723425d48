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
