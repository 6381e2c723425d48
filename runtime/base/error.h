//===- error.h - The text of the last failure -------------------*- C++ -*-===//
//
// Each thread keeps the text of its own last failed call.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_RUNTIME_BASE_ERROR_H
#define ATROUS_RUNTIME_BASE_ERROR_H

#include "runtime/abi/atrous_abi.h"
#include <stddef.h>

namespace atrous::runtime {

/// Sets this thread's text (cut at 1023 bytes) and returns `status`.
__attribute__((format(printf, 2, 3))) atrous_status
fail(atrous_status status, const char *format, ...);

const char *lastError();

/// Appends to a text of `capacity` bytes that already holds `length`; returns
/// the new length. Always ends with a zero.
__attribute__((format(printf, 4, 5))) size_t
append(char *text, size_t capacity, size_t length, const char *format, ...);

} // namespace atrous::runtime

#endif // ATROUS_RUNTIME_BASE_ERROR_H
