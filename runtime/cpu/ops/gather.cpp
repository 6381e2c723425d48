//===- gather.cpp - Gather, GatherElements, GatherND ----------------------===//
//
// In the runtime because indices that data supplies are checked.
//
//===----------------------------------------------------------------------===//

#include "runtime/cpu/ops/elements.h"
#include "runtime/cpu/ops/indices.h"
#include "runtime/cpu/ops/ops.h"
#include "runtime/cpu/ops/strided.h"

using namespace atrous::runtime;

atrous_status atrous_gather(atrous_exec *exec, atrous_buffer *buffers,
                            const int64_t *arguments, const char *node) {
  Call call{exec, buffers, arguments, node};
  const atrous_buffer &input = buffers[0];
  Indices indices(buffers[1]);
  int32_t axis = int32_t(fromFront(arguments[0], input.rank));
  int32_t indexRank = buffers[1].rank, tail = input.rank - axis - 1;

  int64_t shape[kMaxRank];
  int32_t rank = axis + indexRank + tail;
  if (rank > kMaxRank)
    return call.fail("result has rank %d", rank);
  copyBytes(shape, input.shape, axis * 8);
  copyBytes(shape + axis, buffers[1].shape, indexRank * 8);
  copyBytes(shape + axis + indexRank, input.shape + axis + 1, tail * 8);
  if (atrous_status status = call.create(buffers[2], shape, rank))
    return status;

  int64_t size = input.shape[axis], elementSize = getElementSize(input.dtype);
  int64_t outer = getCount(input.shape, axis);
  int64_t run = getCount(input.shape + axis + 1, tail) * elementSize;
  if (atrous_status status = indices.checkRange(call, size))
    return status;
  char *to = static_cast<char *>(buffers[2].data);
  const char *from = static_cast<const char *>(input.data);
  for (int64_t o = 0; o < outer; ++o, from += size * run)
    for (int64_t i = 0; i < indices.size(); ++i, to += run)
      copyBytes(to, from + indices.find(i, size) * run, run);
  return ATROUS_OK;
}

atrous_status atrous_gather_elements(atrous_exec *exec, atrous_buffer *buffers,
                                     const int64_t *arguments,
                                     const char *node) {
  Call call{exec, buffers, arguments, node};
  const atrous_buffer &input = buffers[0];
  const int64_t *shape = buffers[1].shape;
  Indices indices(buffers[1]);
  int32_t rank = input.rank, axis = int32_t(fromFront(arguments[0], rank));
  if (atrous_status status = Indices::checkShape(call, shape, input, axis))
    return status;
  if (atrous_status status = call.create(buffers[2], shape, rank))
    return status;

  int64_t size = input.shape[axis], count = indices.size();
  if (atrous_status status = indices.checkRange(call, size))
    return status;
  int64_t strides[kMaxRank], position[kMaxRank] = {};
  getStrides(input.shape, rank, strides);
  int64_t axisStride = strides[axis];
  strides[axis] = 0;
  forSize(getElementSize(input.dtype), [&](auto tag) {
    using T = typename decltype(tag)::Type;
    const T *from = static_cast<const T *>(input.data);
    T *to = static_cast<T *>(buffers[2].data);
    int64_t base = 0;
    for (int64_t i = 0; i < count; ++i) {
      to[i] = from[base + indices.find(i, size) * axisStride];
      for (int32_t dim = rank; dim-- > 0;) {
        base += strides[dim];
        if (++position[dim] < shape[dim])
          break;
        base -= strides[dim] * shape[dim];
        position[dim] = 0;
      }
    }
  });
  return ATROUS_OK;
}

atrous_status atrous_gather_nd(atrous_exec *exec, atrous_buffer *buffers,
                               const int64_t *arguments, const char *node) {
  Call call{exec, buffers, arguments, node};
  const atrous_buffer &input = buffers[0];
  Indices indices(buffers[1]);
  int32_t batchDims = int32_t(arguments[0]), indexRank = buffers[1].rank;
  int64_t width = buffers[1].shape[indexRank - 1];
  int64_t batches = getCount(input.shape, batchDims);
  for (int32_t i = 0; i < batchDims; ++i)
    if (input.shape[i] != buffers[1].shape[i])
      return call.fail("batch dimension %d has size %lld in the input and %lld "
                       "in the indices",
                       i, (long long)input.shape[i],
                       (long long)buffers[1].shape[i]);
  if (width < 1 || width > input.rank - batchDims)
    return call.fail("indices of %lld values do not fit an input of rank %d "
                     "with %d batch dimensions",
                     (long long)width, input.rank, batchDims);

  int64_t shape[kMaxRank];
  int32_t first = batchDims + int32_t(width), tail = input.rank - first;
  int32_t rank = indexRank - 1 + tail;
  if (rank > kMaxRank)
    return call.fail("result has rank %d", rank);
  copyBytes(shape, buffers[1].shape, (indexRank - 1) * 8);
  copyBytes(shape + indexRank - 1, input.shape + first, tail * 8);
  if (atrous_status status = call.create(buffers[2], shape, rank))
    return status;

  int64_t strides[kMaxRank];
  getStrides(input.shape, input.rank, strides);
  int64_t elementSize = getElementSize(input.dtype);
  int64_t run = getCount(input.shape + first, tail);
  int64_t perBatch = getCount(input.shape + batchDims, input.rank - batchDims);
  int64_t rows = indices.size() / width;
  for (int64_t row = 0; row < rows; ++row) {
    int64_t offset = row / (rows / batches) * perBatch;
    for (int64_t i = 0; i < width; ++i) {
      int64_t size = input.shape[batchDims + i];
      int64_t index = indices.find(row * width + i, size);
      if (index < 0)
        return indices.failRange(call, row * width + i, size);
      offset += index * strides[batchDims + i];
    }
    copyBytes(at(buffers[2].data, row * run, elementSize),
              at(input.data, offset, elementSize), run * elementSize);
  }
  return ATROUS_OK;
}
