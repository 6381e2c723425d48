//===- slice.cpp - Slice --------------------------------------------------===//
//
// For bounds or sizes that are known when the network runs.
//
//===----------------------------------------------------------------------===//

#include "runtime/cpu/ops/indices.h"
#include "runtime/cpu/ops/ops.h"
#include "runtime/cpu/ops/strided.h"

using namespace atrous::runtime;

namespace {
/// What one dimension of the result reads: begin, begin + step, ...
struct Span {
  int64_t begin, length, step;
};
} // namespace

/// A position, which counts from the end where negative, within [low, high].
static int64_t clampPosition(int64_t position, int64_t size, int64_t low,
                             int64_t high) {
  if (position < 0)
    position = position < -size ? -1 : position + size;
  return larger(low, smaller(high, position));
}

/// NumPy's rule.
static Span clampSpan(int64_t start, int64_t end, int64_t step, int64_t size) {
  if (size == 0)
    return {0, 0, 1};
  // A step beyond the size takes one element, whatever it is.
  step = larger(-size, smaller(size, step));
  Span span{0, 0, step};
  if (step > 0) {
    span.begin = clampPosition(start, size, 0, size);
    int64_t last = clampPosition(end, size, 0, size);
    if (last > span.begin)
      span.length = (last - span.begin + step - 1) / step;
  } else {
    span.begin = clampPosition(start, size, -1, size - 1);
    int64_t last = clampPosition(end, size, -1, size - 1);
    if (last < span.begin)
      span.length = (span.begin - last - step - 1) / -step;
  }
  return span;
}

/// The spans of all dimensions, from starts, ends, axes and steps.
static atrous_status readSpans(const Call &call, Span *spans) {
  const atrous_buffer &input = call.buffers[0];
  bool hasAxes = call.arguments[0] & 1, hasSteps = call.arguments[0] & 2;
  Integers starts(call.buffers[1]), ends(call.buffers[2]);
  const atrous_buffer *axes = hasAxes ? &call.buffers[3] : nullptr;
  const atrous_buffer *steps = hasSteps ? &call.buffers[3 + hasAxes] : nullptr;
  int64_t count = starts.size();
  if (ends.size() != count || (axes && getCount(*axes) != count) ||
      (steps && getCount(*steps) != count) || (!axes && count > input.rank))
    return call.fail("starts has %lld values, ends %lld, axes %lld, steps %lld "
                     "for an input of rank %d",
                     (long long)count, (long long)ends.size(),
                     (long long)(axes ? getCount(*axes) : count),
                     (long long)(steps ? getCount(*steps) : count), input.rank);
  for (int32_t dim = 0; dim < input.rank; ++dim)
    spans[dim] = {0, input.shape[dim], 1};
  bool isTaken[kMaxRank] = {};
  for (int64_t i = 0; i < count; ++i) {
    int64_t given = axes ? Integers(*axes)[i] : i;
    int64_t axis = fromFront(given, input.rank);
    if (axis < 0 || axis >= input.rank)
      return call.fail("axes[%lld] is %lld, out of range for rank %d",
                       (long long)i, (long long)given, input.rank);
    if (isTaken[axis])
      return call.fail("axes[%lld] repeats axis %lld", (long long)i,
                       (long long)given);
    isTaken[axis] = true;
    int64_t step = steps ? Integers(*steps)[i] : 1;
    if (step == 0)
      return call.fail("steps[%lld] is 0", (long long)i);
    spans[axis] = clampSpan(starts[i], ends[i], step, input.shape[axis]);
  }
  return ATROUS_OK;
}

atrous_status atrous_slice(atrous_exec *exec, atrous_buffer *buffers,
                           const int64_t *arguments, const char *node) {
  Call call{exec, buffers, arguments, node};
  const atrous_buffer &input = buffers[0];
  atrous_buffer &result =
      buffers[3 + __builtin_popcountll(uint64_t(arguments[0]))];
  Span spans[kMaxRank];
  if (atrous_status status = readSpans(call, spans))
    return status;
  int64_t shape[kMaxRank];
  for (int32_t dim = 0; dim < input.rank; ++dim)
    shape[dim] = spans[dim].length;
  if (atrous_status status = call.create(result, shape, input.rank))
    return status;

  int64_t to[kMaxRank], from[kMaxRank], offset = 0;
  getStrides(shape, input.rank, to);
  getStrides(input.shape, input.rank, from);
  StridedCopy copy;
  for (int32_t dim = 0; dim < input.rank; ++dim) {
    offset += spans[dim].begin * from[dim];
    copy.add(shape[dim], to[dim], from[dim] * spans[dim].step);
  }
  int64_t size = getElementSize(input.dtype);
  if (getCount(result) > 0)
    copy.run(call, result.data, at(input.data, offset, size), size);
  return ATROUS_OK;
}
