//===- top_k.cpp - TopK ---------------------------------------------------===//
//
// In the runtime because it sorts. Each element becomes a number whose low bits
// are its place, so that a plain integer sort gives ties to the lowest index.
//
//===----------------------------------------------------------------------===//

#include "runtime/cpu/ops/elements.h"
#include "runtime/cpu/ops/indices.h"
#include "runtime/cpu/ops/ops.h"
#include "runtime/cpu/ops/strided.h"
#include <algorithm>

using namespace atrous::runtime;

namespace {

/// The order of an element, of at most 32 bits, above its index.
struct Narrow {
  uint64_t key;
  void setIndex(int64_t index) { key = key << 32 | uint64_t(index); }
  int64_t getIndex() const { return uint32_t(key); }
  bool operator<(const Narrow &other) const { return key < other.key; }
};

/// For elements or dimensions that are too wide for that.
struct Long {
  uint64_t key;
  int64_t index;
  void setIndex(int64_t place) { index = place; }
  int64_t getIndex() const { return index; }
  bool operator<(const Long &other) const {
    return key != other.key ? key < other.key : index < other.index;
  }
};

/// The input as [outer][size][inner], of which the best k of `size` are taken.
struct Shape {
  int64_t outer, size, inner, k;
};

} // namespace

/// Each element's order is xor-ed with `flip`: the best have the least.
template <typename Key>
static atrous_status select(const Call &call, const Shape &shape,
                            uint64_t flip) {
  const atrous_buffer &input = call.buffers[0], &values = call.buffers[2];
  int64_t *indices = static_cast<int64_t *>(call.buffers[3].data);
  int64_t bytes = getElementSize(input.dtype), size = shape.size, k = shape.k;
  OrderReader read = getOrderReader(input.dtype);
  Lanes lanes(shape.outer * shape.inner);
  if (lanes.count == 0 || k == 0)
    return ATROUS_OK;
  Scratch<Key> scratch(call, lanes.lanes * size);
  if (!scratch)
    return ATROUS_ERROR_RESOURCE;
  parallelFor(call, lanes.lanes, [&](int64_t lane) {
    Key *keys = scratch.get() + lane * size;
    for (int64_t row = lanes.begin(lane); row < lanes.end(lane); ++row) {
      int64_t outer = row / shape.inner, inner = row % shape.inner;
      int64_t from = outer * size * shape.inner + inner;
      read(at(input.data, from, bytes), shape.inner, size, &keys->key,
           sizeof(Key) / sizeof(uint64_t));
      for (int64_t j = 0; j < size; ++j) {
        keys[j].key ^= flip;
        keys[j].setIndex(j);
      }
      if (k < size)
        std::nth_element(keys, keys + k, keys + size);
      std::sort(keys, keys + k);
      for (int64_t j = 0; j < k; ++j) {
        int64_t index = keys[j].getIndex();
        int64_t to = (outer * k + j) * shape.inner + inner;
        indices[to] = index;
        memcpy(at(values.data, to, bytes),
               at(input.data, from + index * shape.inner, bytes),
               size_t(bytes));
      }
    }
  });
  return ATROUS_OK;
}

atrous_status atrous_top_k(atrous_exec *exec, atrous_buffer *buffers,
                           const int64_t *arguments, const char *node) {
  Call call{exec, buffers, arguments, node};
  const atrous_buffer &input = buffers[0];
  int32_t axis = int32_t(fromFront(arguments[0], input.rank));
  int64_t size = input.shape[axis];
  Integers count(buffers[1]);
  if (count.size() != 1)
    return call.fail("k has %lld elements, expected 1",
                     (long long)count.size());
  int64_t k = count[0];
  if (k < 0 || k > size)
    return call.fail("k is %lld, but dimension %d has size %lld", (long long)k,
                     axis, (long long)size);
  int64_t shape[kMaxRank];
  memcpy(shape, input.shape, size_t(input.rank) * sizeof(*shape));
  shape[axis] = k;
  for (int i = 2; i < 4; ++i)
    if (atrous_status status = call.create(buffers[i], shape, input.rank))
      return status;

  Shape rows{getCount(input.shape, axis), size,
             getCount(input.shape + axis + 1, input.rank - axis - 1), k};
  bool isNarrow = getElementSize(input.dtype) <= 4 && size <= UINT32_MAX;
  uint64_t flip = arguments[1] == 0 ? 0 : isNarrow ? UINT32_MAX : UINT64_MAX;
  return isNarrow ? select<Narrow>(call, rows, flip)
                  : select<Long>(call, rows, flip);
}
