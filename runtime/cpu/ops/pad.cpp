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
  // Behind the tensor's own dimensions there may be those of a block.
  int32_t rank = int32_t(call.arguments[2]);
  int64_t count = axes ? getCount(*axes) : rank;
  if (pads.size() != 2 * count)
    return call.fail("expects %lld pads for %lld dimensions, got %lld",
                     (long long)(2 * count), (long long)count,
                     (long long)pads.size());
  bool isTaken[kMaxRank] = {};
  memcpy(shape, input.shape, size_t(input.rank) * sizeof(*shape));
  for (int64_t i = 0; i < count; ++i) {
    int64_t given = axes ? Integers(*axes)[i] : i;
    int64_t axis = fromFront(given, rank);
    if (axis < 0 || axis >= rank || isTaken[axis])
      return call.fail("axes[%lld] is %lld, repeated or out of range for rank "
                       "%d",
                       (long long)i, (long long)given, rank);
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

namespace {
/// What every row of the result is made with. A row is the last padded
/// dimension; its cells are runs of elements that stay together.
///
///   fill fill | run run run run | fill     (or cells of the input, mapped)
///   0         left          right    length
class RowPadder {
public:
  RowPadder(const Call &call, const atrous_buffer &result,
            const Padding *paddings, int64_t last, int64_t *offsets)
      : mode(Mode(call.arguments[0])), input(call.buffers[0]), result(result),
        last(last), size(getElementSize(input.dtype)), offsets(offsets) {
    bool hasValue = call.arguments[1] & 1;
    value = hasValue && getCount(call.buffers[2]) > 0 ? call.buffers[2].data
                                                      : &zero;
    length = result.shape[last];
    run = getCount(input.shape + last + 1, input.rank - int32_t(last) - 1);
    left = larger(0, smaller(length, paddings[last].begin));
    right =
        larger(left, smaller(length, paddings[last].begin + input.shape[last]));
    fillTables(paddings);
  }

  int64_t getRowCount() const { return getCount(result.shape, int32_t(last)); }

  void pad(int64_t row) const {
    char *to = at(result.data, row * length * run, size);
    int64_t base = 0;
    for (int64_t dim = last - 1, rest = row; dim >= 0; --dim) {
      int64_t offset = offsets[tables[dim] + rest % result.shape[dim]];
      if (offset < 0)
        return fillElements(to, value, length * run, size);
      base += offset;
      rest /= result.shape[dim];
    }
    const char *from = at(input.data, base, size);
    padCells(to, from, 0, left);
    copyBytes(at(to, left * run, size), at(from, offset(left), size),
              (right - left) * run * size);
    padCells(to, from, right, length);
  }

private:
  /// Where each index of the result lies in the input, per dimension; -1 where
  /// it does not.
  void fillTables(const Padding *paddings) {
    int64_t strides[kMaxRank], total = 0;
    getStrides(input.shape, input.rank, strides);
    for (int32_t dim = 0; dim <= last; ++dim) {
      tables[dim] = total;
      for (int64_t i = 0; i < result.shape[dim]; ++i) {
        int64_t index = i - paddings[dim].begin, extent = input.shape[dim];
        bool isInside = index >= 0 && index < extent;
        offsets[total + i] = isInside || mode != Mode::constant
                                 ? mapIndex(mode, index, extent) * strides[dim]
                                 : -1;
      }
      total += result.shape[dim];
    }
  }

  int64_t offset(int64_t cell) const {
    return left < right ? offsets[tables[last] + cell] : 0;
  }

  /// Cells [begin, end) outside of the input.
  void padCells(char *to, const char *from, int64_t begin, int64_t end) const {
    to = at(to, begin * run, size);
    if (mode == Mode::constant)
      return fillElements(to, value, (end - begin) * run, size);
    for (int64_t i = begin; i < end; ++i, to += run * size)
      copyBytes(to, at(from, offsets[tables[last] + i], size), run * size);
  }

  static constexpr uint64_t zero = 0;
  Mode mode;
  const atrous_buffer &input, &result;
  int64_t last, size, *offsets, tables[kMaxRank];
  const void *value;
  int64_t length, run, left, right;
};
} // namespace

atrous_status atrous_pad(atrous_exec *exec, atrous_buffer *buffers,
                         const int64_t *arguments, const char *node) {
  Call call{exec, buffers, arguments, node};
  const atrous_buffer &input = buffers[0];
  atrous_buffer &result =
      buffers[2 + __builtin_popcountll(uint64_t(arguments[1]))];
  Padding paddings[kMaxRank];
  int64_t shape[kMaxRank], last = -1, total = 0;
  if (atrous_status status = readPaddings(call, paddings, shape))
    return status;
  if (atrous_status status = call.create(result, shape, input.rank))
    return status;
  for (int32_t dim = 0; dim < input.rank; ++dim)
    if (paddings[dim].begin != 0 || paddings[dim].end != 0)
      last = dim;
  if (getCount(result) == 0)
    return ATROUS_OK;
  if (last < 0) {
    copyBytes(result.data, input.data,
              getCount(input) * getElementSize(input.dtype));
    return ATROUS_OK;
  }

  for (int32_t dim = 0; dim <= last; ++dim)
    total += shape[dim];
  Scratch<int64_t> offsets(call, total);
  if (!offsets)
    return ATROUS_ERROR_RESOURCE;
  RowPadder padder(call, result, paddings, last, offsets.get());
  Lanes lanes(padder.getRowCount());
  parallelFor(call, lanes.lanes, [&](int64_t lane) {
    for (int64_t row = lanes.begin(lane); row < lanes.end(lane); ++row)
      padder.pad(row);
  });
  return ATROUS_OK;
}
