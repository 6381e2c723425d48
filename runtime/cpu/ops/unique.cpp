//===- unique.cpp - Unique ------------------------------------------------===//
//
// In the runtime because it sorts, and the sizes of the results are data.
//
//===----------------------------------------------------------------------===//

#include "runtime/cpu/ops/elements.h"
#include "runtime/cpu/ops/ops.h"
#include "runtime/cpu/ops/strided.h"
#include <algorithm>

using namespace atrous::runtime;

namespace {

/// The input as `size` items of outer * inner elements:
///   item i has the elements [o][i][j] of [outer][size][inner].
struct Items {
  int64_t outer, size, inner;
  int64_t width() const { return outer * inner; }
};

/// Orders items by their elements, one after the other; `orders` has those of
/// item i at i * width.
struct Compare {
  const uint64_t *orders;
  int64_t width;

  /// Negative, 0 or positive, as memcmp.
  int operator()(int64_t a, int64_t b) const {
    for (int64_t i = 0; i < width; ++i) {
      uint64_t x = orders[a * width + i], y = orders[b * width + i];
      if (x != y)
        return x < y ? -1 : 1;
    }
    return 0;
  }
};

/// Scratch of one call; each array has a place for every item.
struct Groups {
  int64_t *order; ///< items, equal ones side by side, first occurrence first
  int64_t *start; ///< where group g begins in `order`
  int64_t *group; ///< the group at each place of the results
  int64_t count = 0;
};

} // namespace

static void findGroups(const Compare &compare, int64_t size, bool sorted,
                       Groups &groups) {
  for (int64_t i = 0; i < size; ++i)
    groups.order[i] = i;
  std::sort(groups.order, groups.order + size, [&](int64_t a, int64_t b) {
    int result = compare(a, b);
    return result ? result < 0 : a < b;
  });
  for (int64_t i = 0; i < size; ++i)
    if (i == 0 || compare(groups.order[i - 1], groups.order[i]))
      groups.start[groups.count++] = i;

  // Groups are found in sorted order; else their first items settle it.
  for (int64_t g = 0; g < groups.count; ++g)
    groups.group[g] = g;
  if (!sorted)
    std::sort(
        groups.group, groups.group + groups.count, [&](int64_t a, int64_t b) {
          return groups.order[groups.start[a]] < groups.order[groups.start[b]];
        });
}

atrous_status atrous_unique(atrous_exec *exec, atrous_buffer *buffers,
                            const int64_t *arguments, const char *node) {
  Call call{exec, buffers, arguments, node};
  const atrous_buffer &input = buffers[0];
  bool isFlat = arguments[0] == 0, sorted = arguments[2] != 0;
  int32_t axis = isFlat ? 0 : int32_t(fromFront(arguments[1], input.rank));
  Items items{1, getCount(input), 1};
  if (!isFlat)
    items = {getCount(input.shape, axis), input.shape[axis],
             getCount(input.shape + axis + 1, input.rank - axis - 1)};

  Scratch<int64_t> scratch(call, 3 * items.size);
  Scratch<uint64_t> orders(call, items.size * items.width());
  if (!scratch || !orders)
    return ATROUS_ERROR_RESOURCE;
  OrderReader read = getOrderReader(input.dtype);
  int64_t bytes = getElementSize(input.dtype);
  for (int64_t i = 0; i < items.width(); ++i)
    read(at(input.data,
            i / items.inner * items.size * items.inner + i % items.inner,
            bytes),
         items.inner, items.size, orders.get() + i, items.width());
  Groups groups{scratch.get(), scratch.get() + items.size,
                scratch.get() + 2 * items.size};
  findGroups(Compare{orders.get(), items.width()}, items.size, sorted, groups);

  int64_t shape[kMaxRank] = {groups.count};
  if (!isFlat)
    copyBytes(shape, input.shape, input.rank * 8);
  shape[axis] = groups.count;
  atrous_status status =
      call.create(buffers[1], shape, isFlat ? 1 : input.rank);
  const int64_t lengths[] = {groups.count, items.size, groups.count};
  for (int i = 0; !status && i < 3; ++i)
    status = call.create(buffers[2 + i], &lengths[i], 1);
  if (status)
    return status;

  int64_t *indices = static_cast<int64_t *>(buffers[2].data);
  int64_t *inverse = static_cast<int64_t *>(buffers[3].data);
  int64_t *counts = static_cast<int64_t *>(buffers[4].data);
  int64_t run = items.inner * bytes;
  char *to = static_cast<char *>(buffers[1].data);
  const char *from = static_cast<const char *>(input.data);
  for (int64_t place = 0; place < groups.count; ++place) {
    int64_t g = groups.group[place], begin = groups.start[g];
    int64_t end = g + 1 < groups.count ? groups.start[g + 1] : items.size;
    int64_t first = groups.order[begin];
    indices[place] = first;
    counts[place] = end - begin;
    for (int64_t i = begin; i < end; ++i)
      inverse[groups.order[i]] = place;
    for (int64_t o = 0; o < items.outer; ++o)
      copyBytes(to + (o * groups.count + place) * run,
                from + (o * items.size + first) * run, run);
  }
  return ATROUS_OK;
}
