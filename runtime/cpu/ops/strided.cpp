//===- strided.cpp - Moving elements between layouts ----------------------===//

#include "runtime/cpu/ops/strided.h"

#include "runtime/cpu/ops/elements.h"

using namespace atrous::runtime;

void StridedCopy::add(int64_t size, int64_t toStride, int64_t fromStride) {
  isEmpty |= size == 0;
  if (size == 1)
    return;
  if (rank > 0 && to[rank - 1] == toStride * size &&
      from[rank - 1] == fromStride * size) {
    sizes[rank - 1] *= size;
    to[rank - 1] = toStride;
    from[rank - 1] = fromStride;
    return;
  }
  sizes[rank] = size;
  to[rank] = toStride;
  from[rank] = fromStride;
  ++rank;
}

/// One innermost loop.
template <typename T>
static void copyRow(T *to, const T *from, int64_t size, int64_t toStride,
                    int64_t fromStride) {
  if (toStride == 1 && fromStride == 1)
    memcpy(to, from, static_cast<size_t>(size) * sizeof(T));
  else if (toStride == 1 && fromStride == 0)
    for (int64_t i = 0; i < size; ++i)
      to[i] = *from;
  else
    for (int64_t i = 0; i < size; ++i)
      to[i * toStride] = from[i * fromStride];
}

/// Runs the loops from `first` on.
template <typename T>
void StridedCopy::copyLoops(int32_t first, T *target, const T *source) const {
  if (first == rank) {
    *target = *source;
    return;
  }
  int32_t last = rank - 1;
  int64_t position[kMaxRank * 2] = {};
  while (true) {
    copyRow(target, source, sizes[last], to[last], from[last]);
    int32_t dim = last - 1;
    for (; dim >= first; --dim) {
      target += to[dim];
      source += from[dim];
      if (++position[dim] < sizes[dim])
        break;
      position[dim] = 0;
      target -= to[dim] * sizes[dim];
      source -= from[dim] * sizes[dim];
    }
    if (dim < first)
      return;
  }
}

void atrous::runtime::copyRuns(const Call &call, void *to, int64_t toStride,
                               const void *from, int64_t fromStride,
                               int64_t count, int64_t run,
                               int64_t elementSize) {
  StridedCopy copy;
  copy.add(count, toStride, fromStride);
  copy.add(run, 1, 1);
  copy.run(call, to, from, elementSize);
}

void StridedCopy::run(const Call &call, void *toData, const void *fromData,
                      int64_t elementSize) const {
  // Less is not worth waking a thread for.
  constexpr int64_t kLarge = 1 << 18;
  if (isEmpty)
    return;
  forSize(elementSize, [&](auto tag) {
    using T = typename decltype(tag)::Type;
    T *target = static_cast<T *>(toData);
    const T *source = static_cast<const T *>(fromData);
    if (rank < 2 || getCount(sizes, rank) * elementSize < kLarge)
      return copyLoops(0, target, source);
    parallelFor(call, sizes[0], [&](int64_t i) {
      copyLoops(1, target + i * to[0], source + i * from[0]);
    });
  });
}

void atrous::runtime::getStrides(const int64_t *shape, int32_t rank,
                                 int64_t *strides) {
  int64_t stride = 1;
  for (int32_t i = rank; i-- > 0;) {
    strides[i] = stride;
    stride *= shape[i];
  }
}

void atrous::runtime::fillElements(void *to, const void *value, int64_t count,
                                   int64_t elementSize) {
  forSize(elementSize, [&](auto tag) {
    using T = typename decltype(tag)::Type;
    T element;
    memcpy(&element, value, sizeof(T));
    T *target = static_cast<T *>(to);
    for (int64_t i = 0; i < count; ++i)
      target[i] = element;
  });
}
