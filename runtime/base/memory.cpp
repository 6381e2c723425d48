//===- memory.cpp - Checked sizes and aligned memory ----------------------===//

#include "runtime/base/memory.h"

#include "runtime/abi/atrous_abi.h"
#include <sys/mman.h>

bool atrous::runtime::tensorBytes(const int64_t *shape, int32_t rank,
                                  size_t elementSize, size_t &bytes) {
  bool empty = false;
  for (int32_t i = 0; i < rank; ++i) {
    if (shape[i] < 0)
      return false;
    empty |= shape[i] == 0;
  }
  size_t size = empty ? 0 : elementSize;
  for (int32_t i = 0; i < rank && size; ++i)
    if (!checkedMul(size, static_cast<size_t>(shape[i]), size))
      return false;
  bytes = size;
  return size <= static_cast<size_t>(INT64_MAX);
}

void *atrous::runtime::allocateAligned(size_t size) {
  constexpr size_t kHugePage = size_t(2) << 20;
  // Large memory is worth whole huge pages, which save most of the misses in
  // the translation buffer.
  size_t alignment = size >= kHugePage ? kHugePage : ATROUS_ALIGNMENT;
  size_t rounded;
  if (!checkedAdd(size ? size : 1, alignment - 1, rounded))
    return nullptr;
  rounded = rounded / alignment * alignment;
  void *pointer = nullptr;
  if (posix_memalign(&pointer, alignment, rounded))
    return nullptr;
  if (alignment == kHugePage)
    madvise(pointer, rounded, MADV_HUGEPAGE);
  return pointer;
}
