//===- error.cpp - The text of the last failure ---------------------------===//

#include "runtime/base/error.h"

#include <stdarg.h>
#include <stdio.h>

static thread_local char lastText[1024];

atrous_status atrous::runtime::fail(atrous_status status, const char *format,
                                    ...) {
  // Through a second buffer: the arguments may be the last text itself.
  char text[sizeof(lastText)];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof(text), format, arguments);
  va_end(arguments);
  __builtin_memcpy(lastText, text, sizeof(text));
  return status;
}

const char *atrous::runtime::lastError() { return lastText; }

size_t atrous::runtime::append(char *text, size_t capacity, size_t length,
                               const char *format, ...) {
  if (length + 1 >= capacity)
    return length;
  va_list arguments;
  va_start(arguments, format);
  int written = vsnprintf(text + length, capacity - length, format, arguments);
  va_end(arguments);
  if (written < 0)
    return length;
  size_t end = length + static_cast<size_t>(written);
  return end < capacity ? end : capacity - 1;
}
