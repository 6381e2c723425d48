//===- shape.cpp - Shapes as data -----------------------------------------===//
//
// What Reshape, Flatten, Squeeze and Unsqueeze give tensors whose sizes are
// known when the network runs. Only the shapes of the tensors are looked at.
//
//===----------------------------------------------------------------------===//

#include "runtime/cpu/ops/indices.h"
#include "runtime/cpu/ops/ops.h"
#include "runtime/cpu/ops/strided.h"

using namespace atrous::runtime;

/// The result is a tensor of these sizes, which must be the `known` ones where
/// those are not -1.
static atrous_status createSizes(const Call &call, atrous_buffer &result,
                                 const int64_t *sizes, int64_t count,
                                 const int64_t *known) {
  for (int64_t i = 0; i < smaller(count, getCount(result)); ++i)
    if (known[i] >= 0 && known[i] != sizes[i])
      return call.fail("gives dimension %lld size %lld where the model says "
                       "%lld",
                       (long long)i, (long long)sizes[i], (long long)known[i]);
  if (atrous_status status = call.create(result, &count, 1))
    return status;
  copyBytes(result.data, sizes, count * int64_t(sizeof(*sizes)));
  return ATROUS_OK;
}

atrous_status atrous_reshape_shape(atrous_exec *exec, atrous_buffer *buffers,
                                   const int64_t *arguments, const char *node) {
  Call call{exec, buffers, arguments, node};
  const atrous_buffer &input = buffers[0];
  Integers target(buffers[1]);
  bool allowZero = arguments[0] != 0;
  int64_t shape[kMaxRank], open = -1, rest = 1;
  if (target.size() > kMaxRank)
    return call.fail("shape has %lld values", (long long)target.size());
  for (int64_t i = 0; i < target.size(); ++i) {
    int64_t size = target[i];
    if (size < -1 || (size == -1 && open >= 0))
      return call.fail(size == -1 ? "shape[%lld] is another %lld"
                                  : "shape[%lld] is %lld",
                       (long long)i, (long long)size);
    if (size == 0 && !allowZero) {
      if (i >= input.rank)
        return call.fail("shape[%lld] copies a dimension of an input of rank "
                         "%d",
                         (long long)i, input.rank);
      size = input.shape[i];
    }
    shape[i] = size;
    if (size == -1)
      open = i;
    else if (__builtin_mul_overflow(rest, size, &rest))
      return call.fail("shape is too large");
  }
  int64_t count = getCount(input);
  bool fits = open < 0 ? rest == count : rest != 0 && count % rest == 0;
  if (!fits)
    return call.fail("an input of %lld elements does not fit %lld elements%s",
                     (long long)count, (long long)rest,
                     open < 0 ? "" : " per unknown size");
  if (open >= 0)
    shape[open] = count / rest;
  return createSizes(call, buffers[2], shape, target.size(), arguments + 1);
}

atrous_status atrous_flatten_shape(atrous_exec *exec, atrous_buffer *buffers,
                                   const int64_t *arguments, const char *node) {
  Call call{exec, buffers, arguments, node};
  const atrous_buffer &input = buffers[0];
  int32_t axis = int32_t(fromFront(arguments[0], input.rank));
  int64_t shape[] = {getCount(input.shape, axis),
                     getCount(input.shape + axis, input.rank - axis)};
  return createSizes(call, buffers[1], shape, 2, arguments + 1);
}

/// Marks the axes of operand 1 among `rank` dimensions.
static atrous_status readAxes(const Call &call, int32_t rank, bool *isListed) {
  Integers axes(call.buffers[1]);
  for (int64_t i = 0; i < axes.size(); ++i) {
    int64_t axis = fromFront(axes[i], rank);
    if (axis < 0 || axis >= rank)
      return call.fail("axes[%lld] is %lld, out of range for rank %d",
                       (long long)i, (long long)axes[i], rank);
    if (isListed[axis])
      return call.fail("axes[%lld] repeats axis %lld", (long long)i,
                       (long long)axes[i]);
    isListed[axis] = true;
  }
  return ATROUS_OK;
}

atrous_status atrous_squeeze_shape(atrous_exec *exec, atrous_buffer *buffers,
                                   const int64_t *arguments, const char *node) {
  Call call{exec, buffers, arguments, node};
  const atrous_buffer &input = buffers[0];
  bool hasAxes = arguments[0] != 0, isRemoved[kMaxRank] = {};
  if (hasAxes)
    if (atrous_status status = readAxes(call, input.rank, isRemoved))
      return status;
  int64_t shape[kMaxRank], rank = 0;
  for (int32_t dim = 0; dim < input.rank; ++dim) {
    int64_t size = input.shape[dim];
    if (isRemoved[dim] && size != 1)
      return call.fail("cannot remove dimension %d of size %lld", dim,
                       (long long)size);
    if (hasAxes ? !isRemoved[dim] : size != 1)
      shape[rank++] = size;
  }
  return createSizes(call, buffers[1 + hasAxes], shape, rank, arguments + 1);
}

atrous_status atrous_unsqueeze_shape(atrous_exec *exec, atrous_buffer *buffers,
                                     const int64_t *arguments,
                                     const char *node) {
  Call call{exec, buffers, arguments, node};
  const atrous_buffer &input = buffers[0];
  int64_t rank = input.rank + getCount(buffers[1]), shape[kMaxRank];
  bool isAdded[kMaxRank] = {};
  if (rank > kMaxRank)
    return call.fail("result has rank %lld", (long long)rank);
  if (atrous_status status = readAxes(call, int32_t(rank), isAdded))
    return status;
  const int64_t *size = input.shape;
  for (int64_t dim = 0; dim < rank; ++dim)
    shape[dim] = isAdded[dim] ? 1 : *size++;
  return createSizes(call, buffers[2], shape, rank, arguments);
}
