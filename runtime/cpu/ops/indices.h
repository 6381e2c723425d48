//===- indices.h - Integers that data supplies ------------------*- C++ -*-===//

#ifndef ATROUS_RUNTIME_CPU_OPS_INDICES_H
#define ATROUS_RUNTIME_CPU_OPS_INDICES_H

#include "runtime/cpu/ops/call.h"

namespace atrous::runtime {

/// Reads a tensor of any integer type.
class Integers {
public:
  explicit Integers(const atrous_buffer &buffer)
      : data(buffer.data), dtype(buffer.dtype), count(getCount(buffer)) {}

  int64_t size() const { return count; }
  int64_t operator[](int64_t i) const {
    if (__builtin_expect(dtype == ATROUS_INT64, 1))
      return static_cast<const int64_t *>(data)[i];
    if (dtype == ATROUS_INT32)
      return static_cast<const int32_t *>(data)[i];
    return readOther(i);
  }

private:
  /// Unsigned values beyond int64_t become INT64_MAX.
  int64_t readOther(int64_t i) const;

  const void *data;
  int32_t dtype;
  int64_t count;
};

/// A tensor of indices, which may count from the end.
class Indices : public Integers {
public:
  /// `what` names the tensor in errors.
  Indices(const atrous_buffer &buffer, const char *what = "indices")
      : Integers(buffer), what(what) {}

  /// Index number `i` into a dimension of `size` elements, from the front; -1
  /// if it is out of range.
  int64_t find(int64_t i, int64_t size) const {
    int64_t index = (*this)[i];
    int64_t front = index < 0 ? index + size : index;
    return uint64_t(front) < uint64_t(size) ? front : -1;
  }

  /// Records that find(i, size) found nothing.
  atrous_status failRange(const Call &call, int64_t i, int64_t size) const {
    return call.fail(
        "%s[%lld] is %lld, out of range [-%lld, %lld)", what,
        static_cast<long long>(i), static_cast<long long>((*this)[i]),
        static_cast<long long>(size), static_cast<long long>(size));
  }

  /// Whether all are in range; the error names the first that is not. On all
  /// threads.
  atrous_status checkRange(const Call &call, int64_t size) const;
  /// Whether indices of `shape` pick elements along `axis` of the input: no
  /// other size is larger.
  static atrous_status checkShape(const Call &call, const int64_t *shape,
                                  const atrous_buffer &input, int32_t axis);

private:
  const char *what;
};

} // namespace atrous::runtime

#endif // ATROUS_RUNTIME_CPU_OPS_INDICES_H
