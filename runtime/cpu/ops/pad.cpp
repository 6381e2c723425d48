//===- pad.cpp - Pad ------------------------------------------------------===//
//
// For pads or sizes that are known when the network runs.
//
//===----------------------------------------------------------------------===//

#include "runtime/cpu/ops/indices.h"
#include "runtime/cpu/ops/ops.h"
#include "runtime/cpu/ops/strided.h"

using namespace atrous::runtime;

namespace {

/// The values of the argument `mode`.
enum class Mode : int64_t { constant, reflect, edge, wrap };

/// Elements added around one dimension; negative ones are removed.
struct Padding {
  int64_t begin = 0, end = 0;
};

} // namespace

/// The input index that the result's index - begin stands for.
static int64_t mapIndex(Mode mode, int64_t index, int64_t size) {
  if (index >= 0 && index < size)
    return index;
  if (mode == Mode::edge)
    return index < 0 ? 0 : size - 1;
  if (mode == Mode::wrap) {
    index %= size;
    return index < 0 ? index + size : index;
  }
  // 2 1 | 0 1 2 3 | 2 1 0 1 ...
  if (size == 1)
    return 0;
  int64_t period = 2 * (size - 1);
  index %= period;
  index = index < 0 ? index + period : index;
  return index < size ? index : period - index;
}

static atrous_status readPaddings(const Call &call, Padding *paddings,
                                  int64_t *shape) {
  const atrous_buffer &input = call.buffers[0];
  bool hasValue = call.arguments[1] & 1, hasAxes = call.arguments[1] & 2;
  const atrous_buffer *axes = hasAxes ? &call.buffers[2 + hasValue] : nullptr;
  Integers pads(call.buffers[1]);
  int64_t count = axes ? getCount(*axes) : input.rank;
  if (pads.size() != 2 * count)
    return call.fail("expects %lld pads for %lld dimensions, got %lld",
                     (long long)(2 * count), (long long)count,
                     (long long)pads.size());
  bool isTaken[kMaxRank] = {};
  memcpy(shape, input.shape, size_t(input.rank) * sizeof(*shape));
  for (int64_t i = 0; i < count; ++i) {
    int64_t given = axes ? Integers(*axes)[i] : i;
    int64_t axis = fromFront(given, input.rank);
    if (axis < 0 || axis >= input.rank || isTaken[axis])
      return call.fail("axes[%lld] is %lld, repeated or out of range for rank "
                       "%d",
                       (long long)i, (long long)given, input.rank);
    isTaken[axis] = true;
    paddings[axis] = {pads[i], pads[i + count]};
    int64_t size = input.shape[axis];
    if (__builtin_add_overflow(size, pads[i], &shape[axis]) ||
        __builtin_add_overflow(shape[axis], pads[i + count], &shape[axis]) ||
        shape[axis] < 0)
      return call.fail("pads %lld and %lld do not fit dimension %lld of size "
                       "%lld",
                       (long long)pads[i], (long long)pads[i + count],
                       (long long)axis, (long long)size);
    if (size == 0 && shape[axis] > 0 && call.arguments[0] != 0)
      return call.fail("has nothing to repeat in dimension %lld of size 0",
                       (long long)axis);
  }
  return ATROUS_OK;
}

/// Puts what remains of the input into its place in the result.
static void copyInside(const atrous_buffer &input, const atrous_buffer &result,
                       const Padding *paddings) {
  int64_t to[kMaxRank], from[kMaxRank];
  getStrides(result.shape, input.rank, to);
  getStrides(input.shape, input.rank, from);
  int64_t toOffset = 0, fromOffset = 0;
  StridedCopy copy;
  for (int32_t dim = 0; dim < input.rank; ++dim) {
    int64_t size = input.shape[dim], begin = paddings[dim].begin;
    int64_t first = begin < 0 ? smaller(-begin, size) : 0;
    int64_t last = paddings[dim].end < 0 ? size + paddings[dim].end : size;
    toOffset += larger(begin, 0) * to[dim];
    fromOffset += first * from[dim];
    copy.add(larger(last - first, 0), to[dim], from[dim]);
  }
  int64_t size = getElementSize(input.dtype);
  copy.run(at(result.data, toOffset, size), at(input.data, fromOffset, size),
           size);
}

/// Every element by tables of the input's offsets, one per dimension.
static atrous_status copyMapped(const Call &call, Mode mode,
                                const atrous_buffer &result,
                                const Padding *paddings) {
  const atrous_buffer &input = call.buffers[0];
  int64_t strides[kMaxRank], table[kMaxRank], total = 0, last = input.rank - 1;
  getStrides(input.shape, input.rank, strides);
  for (int32_t dim = 0; dim < input.rank; ++dim) {
    table[dim] = total;
    total += result.shape[dim];
  }
  Scratch<int64_t> offsets(call, total);
  if (!offsets)
    return ATROUS_ERROR_RESOURCE;
  for (int32_t dim = 0; dim < input.rank; ++dim)
    for (int64_t i = 0; i < result.shape[dim]; ++i)
      offsets[table[dim] + i] =
          mapIndex(mode, i - paddings[dim].begin, input.shape[dim]) *
          strides[dim];

  int64_t size = getElementSize(input.dtype), length = result.shape[last];
  int64_t rows = getCount(result) / length, position[kMaxRank] = {};
  // The middle of each row is one run of the input.
  int64_t left = larger(0, smaller(length, paddings[last].begin));
  int64_t right =
      larger(left, smaller(length, paddings[last].begin + input.shape[last]));
  char *to = static_cast<char *>(result.data);
  for (int64_t row = 0; row < rows; ++row, to += length * size) {
    int64_t base = 0;
    for (int32_t dim = 0; dim < last; ++dim)
      base += offsets[table[dim] + position[dim]];
    const char *from = at(input.data, base, size);
    for (int64_t i = 0; i < length; ++i) {
      if (i == left && right > left) {
        copyBytes(to + i * size, from + offsets[table[last] + i] * size,
                  (right - left) * size);
        i = right - 1;
      } else {
        memcpy(to + i * size, from + offsets[table[last] + i] * size,
               size_t(size));
      }
    }
    for (int64_t dim = last; dim-- > 0;) {
      if (++position[dim] < result.shape[dim])
        break;
      position[dim] = 0;
    }
  }
  return ATROUS_OK;
}

atrous_status atrous_pad(atrous_exec *exec, atrous_buffer *buffers,
                         const int64_t *arguments, const char *node) {
  Call call{exec, buffers, arguments, node};
  const atrous_buffer &input = buffers[0];
  Mode mode = Mode(arguments[0]);
  bool hasValue = arguments[1] & 1;
  atrous_buffer &result =
      buffers[2 + __builtin_popcountll(uint64_t(arguments[1]))];
  Padding paddings[kMaxRank];
  int64_t shape[kMaxRank];
  if (atrous_status status = readPaddings(call, paddings, shape))
    return status;
  if (atrous_status status = call.create(result, shape, input.rank))
    return status;
  if (getCount(result) == 0)
    return ATROUS_OK;
  if (mode != Mode::constant && input.rank > 0)
    return copyMapped(call, mode, result, paddings);
  static const uint64_t zero = 0;
  bool isGiven = hasValue && getCount(buffers[2]) > 0;
  fillElements(result.data, isGiven ? buffers[2].data : &zero, getCount(result),
               getElementSize(input.dtype));
  copyInside(input, result, paddings);
  return ATROUS_OK;
}
