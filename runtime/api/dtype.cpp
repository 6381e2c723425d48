//===- dtype.cpp - Element types ------------------------------------------===//

#include "runtime/api/atrous.h"

size_t atrous_dtype_size(int32_t dtype) {
  switch (dtype) {
  case ATROUS_UINT8:
  case ATROUS_INT8:
  case ATROUS_BOOL:
    return 1;
  case ATROUS_UINT16:
  case ATROUS_INT16:
  case ATROUS_FLOAT16:
  case ATROUS_BFLOAT16:
    return 2;
  case ATROUS_FLOAT32:
  case ATROUS_INT32:
  case ATROUS_UINT32:
    return 4;
  case ATROUS_INT64:
  case ATROUS_UINT64:
  case ATROUS_FLOAT64:
    return 8;
  default:
    return 0;
  }
}

const char *atrous_dtype_name(int32_t dtype) {
  switch (dtype) {
  case ATROUS_FLOAT32:
    return "float32";
  case ATROUS_UINT8:
    return "uint8";
  case ATROUS_INT8:
    return "int8";
  case ATROUS_UINT16:
    return "uint16";
  case ATROUS_INT16:
    return "int16";
  case ATROUS_INT32:
    return "int32";
  case ATROUS_INT64:
    return "int64";
  case ATROUS_BOOL:
    return "bool";
  case ATROUS_FLOAT16:
    return "float16";
  case ATROUS_FLOAT64:
    return "float64";
  case ATROUS_UINT32:
    return "uint32";
  case ATROUS_UINT64:
    return "uint64";
  case ATROUS_BFLOAT16:
    return "bfloat16";
  default:
    return "unknown";
  }
}
