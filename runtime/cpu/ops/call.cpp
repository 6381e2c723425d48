//===- call.cpp - One call of a runtime function --------------------------===//

#include "runtime/cpu/ops/call.h"

#include "runtime/base/error.h"
#include <stdarg.h>
#include <stdio.h>

using namespace atrous::runtime;

int64_t atrous::runtime::getElementSize(int32_t dtype) {
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
  case ATROUS_FLOAT64:
  case ATROUS_INT64:
  case ATROUS_UINT64:
    return 8;
  }
  return 0;
}

int64_t atrous::runtime::getCount(const int64_t *shape, int32_t rank) {
  int64_t count = 1;
  for (int32_t i = 0; i < rank; ++i)
    count *= shape[i];
  return count;
}

atrous_status Call::fail(const char *format, ...) const {
  char text[512];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof(text), format, arguments);
  va_end(arguments);
  exec->fail(exec, node, text);
  return ATROUS_ERROR_INPUT;
}

/// "[2, 3]", cut where it gets long.
static void printShape(char *text, size_t capacity, const int64_t *shape,
                       int32_t rank) {
  size_t length = append(text, capacity, 0, "[");
  for (int32_t i = 0; i < rank; ++i)
    length = append(text, capacity, length, i ? ", %lld" : "%lld",
                    static_cast<long long>(shape[i]));
  append(text, capacity, length, "]");
}

/// Fails where `result` is not of this shape, as far as it is known.
static atrous_status checkShape(const Call &call, const atrous_buffer &result,
                                const int64_t *shape, int32_t rank) {
  bool fits = result.rank == rank;
  for (int32_t i = 0; result.data && fits && i < rank; ++i)
    fits = result.shape[i] == shape[i];
  if (fits)
    return ATROUS_OK;
  char expected[160], computed[160];
  if (result.data)
    printShape(expected, sizeof(expected), result.shape, result.rank);
  else
    append(expected, sizeof(expected), 0, "of rank %d", result.rank);
  printShape(computed, sizeof(computed), shape, rank);
  return call.fail("computes a tensor %s where the model says %s", computed,
                   expected);
}

/// Makes `data`, which may be null, the memory of `result`.
static atrous_status take(atrous_buffer &result, void *data,
                          const int64_t *shape) {
  if (!data)
    return ATROUS_ERROR_RESOURCE;
  for (int32_t i = 0; i < result.rank; ++i)
    result.shape[i] = shape[i];
  result.data = data;
  return ATROUS_OK;
}

atrous_status Call::create(atrous_buffer &result, const int64_t *shape,
                           int32_t rank) const {
  if (atrous_status status = checkShape(*this, result, shape, rank))
    return status;
  if (result.data)
    return ATROUS_OK;
  return take(
      result, exec->allocate(exec, shape, rank, getElementSize(result.dtype)),
      shape);
}

atrous_status Call::extend(atrous_buffer &result, const int64_t *shape,
                           int32_t rank, const atrous_buffer &old) const {
  int64_t size = getElementSize(result.dtype), used = getCount(old) * size;
  // An older caller has no grow.
  if (result.data || exec->struct_size < sizeof(*exec)) {
    atrous_status status = create(result, shape, rank);
    if (!status && used)
      memcpy(result.data, old.data, size_t(used));
    return status;
  }
  if (atrous_status status = checkShape(*this, result, shape, rank))
    return status;
  return take(result, exec->grow(exec, old.data, used, shape, rank, size),
              shape);
}
