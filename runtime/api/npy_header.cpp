//===- npy_header.cpp - The header of a .npy file -------------------------===//
//
// "\x93NUMPY" major minor length(2 or 4 bytes) {'descr': '<f4',
// 'fortran_order': False, 'shape': (1, 3), }   -- a Python literal, of which
// this parser reads exactly the three keys, in any order.
//
//===----------------------------------------------------------------------===//

#include "runtime/api/npy_header.h"

#include "runtime/base/error.h"
#include "runtime/base/memory.h"
#include <initializer_list>
#include <string.h>

using namespace atrous::runtime;

namespace {

struct TypeName {
  const char *name;
  int32_t dtype;
};

/// The first row of a type is the one written.
constexpr TypeName typeNames[] = {
    {"<f4", ATROUS_FLOAT32}, {"|u1", ATROUS_UINT8},   {"|i1", ATROUS_INT8},
    {"<u2", ATROUS_UINT16},  {"<i2", ATROUS_INT16},   {"<i4", ATROUS_INT32},
    {"<i8", ATROUS_INT64},   {"|b1", ATROUS_BOOL},    {"<f2", ATROUS_FLOAT16},
    {"<f8", ATROUS_FLOAT64}, {"<u4", ATROUS_UINT32},  {"<u8", ATROUS_UINT64},
    {"<u2", ATROUS_BFLOAT16}};

class Parser {
public:
  Parser(const char *next, const char *end) : next(next), end(end) {}

  bool parse(NpyHeader &header, char *descr, size_t capacity) {
    if (!take('{'))
      return false;
    bool seen[3] = {false, false, false};
    while (!take('}')) {
      char key[32];
      if (!quoted(key, sizeof(key)) || !take(':'))
        return false;
      int index = !strcmp(key, "descr")           ? 0
                  : !strcmp(key, "fortran_order") ? 1
                  : !strcmp(key, "shape")         ? 2
                                                  : -1;
      if (index < 0 || seen[index])
        return false;
      seen[index] = true;
      if (index == 0 ? !quoted(descr, capacity)
                     : index == 1 ? !boolean(header.fortranOrder)
                                  : !tuple(header))
        return false;
      if (!take(',') && !peek('}'))
        return false;
    }
    space();
    return next == end && seen[0] && seen[1] && seen[2];
  }

private:
  void space() {
    while (next < end && (*next == ' ' || *next == '\n' || *next == '\t'))
      ++next;
  }
  bool peek(char wanted) {
    space();
    return next < end && *next == wanted;
  }
  bool take(char wanted) {
    bool found = peek(wanted);
    next += found;
    return found;
  }
  bool quoted(char *text, size_t capacity) {
    space();
    if (next == end || (*next != '\'' && *next != '"'))
      return false;
    char quote = *next++;
    size_t length = 0;
    for (; next < end && *next != quote; ++next) {
      if (*next == '\\' || length + 1 >= capacity)
        return false;
      text[length++] = *next;
    }
    text[length] = 0;
    return take(quote);
  }
  bool boolean(bool &value) {
    space();
    for (const char *word : {"True", "False"}) {
      size_t length = strlen(word);
      if (static_cast<size_t>(end - next) >= length &&
          !memcmp(next, word, length)) {
        value = *word == 'T';
        next += length;
        return true;
      }
    }
    return false;
  }
  bool number(int64_t &value) {
    space();
    const char *start = next;
    value = 0;
    for (; next < end && *next >= '0' && *next <= '9'; ++next)
      if (__builtin_mul_overflow(value, int64_t(10), &value) ||
          __builtin_add_overflow(value, int64_t(*next - '0'), &value))
        return false;
    bool found = next != start;
    if (next < end && *next == 'L') // Python 2's long
      ++next;
    return found;
  }
  bool tuple(NpyHeader &header) {
    if (!take('('))
      return false;
    header.rank = 0;
    while (!take(')')) {
      if (header.rank == kMaxNpyRank || !number(header.shape[header.rank++]))
        return false;
      if (!take(',') && !peek(')'))
        return false;
    }
    return true;
  }

  const char *next, *end;
};

} // namespace

static atrous_status refuse(const char *path, const char *reason) {
  return fail(ATROUS_ERROR_INPUT, "cannot read '%s': %s", path, reason);
}

static atrous_status parseType(const char *path, char *descr,
                               NpyHeader &header) {
  if (descr[0] == '=' || (descr[0] == '<' && descr[2] == '1'))
    descr[0] = descr[2] == '1' ? '|' : '<';
  for (const TypeName &type : typeNames)
    if (!strcmp(type.name, descr)) {
      header.dtype = type.dtype;
      return ATROUS_OK;
    }
  if (descr[0] == '>')
    return fail(ATROUS_ERROR_UNSUPPORTED,
                "cannot read '%s': elements '%s' are big endian; save it with "
                "astype(a.dtype.newbyteorder('<'))",
                path, descr);
  return fail(ATROUS_ERROR_UNSUPPORTED,
              "cannot read '%s': element type '%s' is not supported", path,
              descr);
}

atrous_status atrous::runtime::parseNpyHeader(const char *path,
                                              const unsigned char *bytes,
                                              size_t size, NpyHeader &header) {
  if (size < 10 || memcmp(bytes, "\x93NUMPY", 6))
    return refuse(path, "it is not a .npy file");
  if (bytes[6] < 1 || bytes[6] > 3)
    return fail(ATROUS_ERROR_UNSUPPORTED,
                "cannot read '%s': .npy version %d.%d is not supported", path,
                bytes[6], bytes[7]);
  size_t start = bytes[6] == 1 ? 10 : 12;
  size_t length = bytes[8] | size_t(bytes[9]) << 8;
  if (bytes[6] > 1 && size >= start)
    length |= size_t(bytes[10]) << 16 | size_t(bytes[11]) << 24;
  if (size < start || length > size - start)
    return refuse(path, "it ends within its header");
  const char *text = reinterpret_cast<const char *>(bytes) + start;
  char descr[32] = "";
  if (!Parser(text, text + length).parse(header, descr, sizeof(descr)))
    return refuse(path, "its header is not one that NumPy writes for a plain "
                        "array");
  if (atrous_status status = parseType(path, descr, header))
    return status;
  if (!tensorBytes(header.shape, header.rank, atrous_dtype_size(header.dtype),
                   header.dataBytes))
    return refuse(path, "its shape is larger than the memory");
  header.dataOffset = start + length;
  size_t rest = size - header.dataOffset;
  if (rest < header.dataBytes)
    return fail(ATROUS_ERROR_INPUT,
                "cannot read '%s': it ends too early: its shape needs %zu "
                "bytes, %zu are there",
                path, header.dataBytes, rest);
  return ATROUS_OK;
}

size_t atrous::runtime::formatNpyHeader(char *text,
                                        const atrous_tensor &tensor) {
  const char *name = "|u1";
  for (const TypeName &type : typeNames)
    if (type.dtype == tensor.dtype)
      name = type.name;
  memcpy(text, "\x93NUMPY\1\0\0\0", 10);
  size_t length = append(text, kMaxNpyHeader, 10,
                         "{'descr': '%s', 'fortran_order': False, 'shape': (",
                         name);
  for (int32_t i = 0; i < tensor.rank; ++i)
    length = append(text, kMaxNpyHeader, length, "%lld%s",
                    static_cast<long long>(tensor.shape[i]),
                    i + 1 < tensor.rank || i == 0 ? ", " : "");
  length = append(text, kMaxNpyHeader, length, "), }");
  size_t padded = (length + 1 + 63) / 64 * 64;
  memset(text + length, ' ', padded - 1 - length);
  text[padded - 1] = '\n';
  text[8] = static_cast<char>((padded - 10) & 0xff);
  text[9] = static_cast<char>((padded - 10) >> 8);
  return padded;
}
