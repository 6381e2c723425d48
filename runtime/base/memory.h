//===- memory.h - Checked sizes and aligned memory --------------*- C++ -*-===//

#ifndef ATROUS_RUNTIME_BASE_MEMORY_H
#define ATROUS_RUNTIME_BASE_MEMORY_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

namespace atrous::runtime {

/// False where the result does not fit.
inline bool checkedMul(size_t a, size_t b, size_t &result) {
  return !__builtin_mul_overflow(a, b, &result);
}
inline bool checkedAdd(size_t a, size_t b, size_t &result) {
  return !__builtin_add_overflow(a, b, &result);
}

/// Product of `rank` sizes times `elementSize`; false on a negative size or
/// where the bytes do not fit in 63 bits. A zero anywhere gives zero.
bool tensorBytes(const int64_t *shape, int32_t rank, size_t elementSize,
                 size_t &bytes);

/// `size` bytes at a multiple of ATROUS_ALIGNMENT, of huge pages where the
/// system has them to give; null when there are none. Freed by free().
void *allocateAligned(size_t size);

/// Frees what malloc gave at the end of a scope.
class FreeOnExit {
public:
  explicit FreeOnExit(void *pointer = nullptr) : pointer(pointer) {}
  ~FreeOnExit() { free(pointer); }
  FreeOnExit(const FreeOnExit &) = delete;
  FreeOnExit &operator=(const FreeOnExit &) = delete;
  void *get() const { return pointer; }
  void reset(void *next) {
    free(pointer);
    pointer = next;
  }
  void *release() {
    void *result = pointer;
    pointer = nullptr;
    return result;
  }

private:
  void *pointer;
};

} // namespace atrous::runtime

#endif // ATROUS_RUNTIME_BASE_MEMORY_H
