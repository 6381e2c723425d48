//===- strided.h - Moving elements between layouts --------------*- C++ -*-===//

#ifndef ATROUS_RUNTIME_CPU_OPS_STRIDED_H
#define ATROUS_RUNTIME_CPU_OPS_STRIDED_H

#include "runtime/cpu/ops/call.h"

namespace atrous::runtime {

/// A loop nest over elements of two tensors; strides count elements and may be
/// 0 (the same element again) or negative.
class StridedCopy {
public:
  /// Adds a loop inside of those so far.
  void add(int64_t size, int64_t toStride, int64_t fromStride);

  /// Copies elements of `elementSize` bytes (1, 2, 4 or 8); large copies on
  /// several threads.
  void run(const Call &call, void *to, const void *from,
           int64_t elementSize) const;

private:
  template <typename T>
  void copyLoops(int32_t first, T *target, const T *source) const;

  // Merged as they are added; empty where a size is 0.
  int64_t sizes[kMaxRank * 2], to[kMaxRank * 2], from[kMaxRank * 2];
  int32_t rank = 0;
  bool isEmpty = false;
};

/// Copies `count` runs of `run` elements; strides are from one run to the next.
void copyRuns(const Call &call, void *to, int64_t toStride, const void *from,
              int64_t fromStride, int64_t count, int64_t run,
              int64_t elementSize);

/// Row-major strides of a shape.
void getStrides(const int64_t *shape, int32_t rank, int64_t *strides);

/// `count` copies of the element at `value`.
void fillElements(void *to, const void *value, int64_t count,
                  int64_t elementSize);

/// The bytes `offset` elements behind `data`.
inline char *at(void *data, int64_t offset, int64_t elementSize) {
  return static_cast<char *>(data) + offset * elementSize;
}
inline const char *at(const void *data, int64_t offset, int64_t elementSize) {
  return static_cast<const char *>(data) + offset * elementSize;
}

/// memcpy that may be asked for nothing.
inline void copyBytes(void *to, const void *from, int64_t bytes) {
  if (bytes > 0)
    memcpy(to, from, static_cast<size_t>(bytes));
}

} // namespace atrous::runtime

#endif // ATROUS_RUNTIME_CPU_OPS_STRIDED_H
