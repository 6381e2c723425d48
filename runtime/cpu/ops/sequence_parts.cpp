//===- sequence_parts.cpp - SplitToSequence, ConcatFromSequence -----------===//

#include "runtime/cpu/ops/indices.h"
#include "runtime/cpu/ops/ops.h"
#include "runtime/cpu/ops/sequence.h"
#include "runtime/cpu/ops/strided.h"

using namespace atrous::runtime;

//===----------------------------------------------------------------------===//
// SplitToSequence
//===----------------------------------------------------------------------===//

namespace {
/// The sizes of the parts that a dimension is split into.
struct PartSizes {
  /// Null for parts of one size; the last of those may be smaller.
  const Integers *given;
  int64_t count, size, dim;

  int64_t operator[](int64_t i) const {
    return given ? (*given)[i] : smaller(size, dim - i * size);
  }
};
} // namespace

static atrous_status checkParts(const Call &call, const PartSizes &parts) {
  int64_t rest = parts.dim;
  for (int64_t i = 0; i < parts.count; ++i) {
    int64_t size = parts[i];
    if (size < 0 || size > rest)
      return call.fail("split[%lld] is %lld, but %lld of the dimension are "
                       "left",
                       (long long)i, (long long)size, (long long)rest);
    rest -= size;
  }
  if (rest != 0)
    return call.fail("split leaves %lld of a dimension of size %lld",
                     (long long)rest, (long long)parts.dim);
  return ATROUS_OK;
}

/// Copies the parts, and writes their rows without dimension `axis` if
/// `squeeze`.
static atrous_status writeParts(const Call &call, const atrous_buffer &input,
                                int32_t axis, bool squeeze,
                                const PartSizes &parts, atrous_buffer &data,
                                atrous_buffer &index) {
  int32_t rank = input.rank - squeeze;
  if (atrous_status status = SequenceWriter::create(
          call, data, index, getCount(input), parts.count, 1 + rank))
    return status;
  int64_t outer = getCount(input.shape, axis);
  int64_t inner = getCount(input.shape + axis + 1, input.rank - axis - 1);
  int64_t elementSize = getElementSize(input.dtype), end = 0, offset = 0;
  int64_t shape[kMaxRank];
  copyBytes(shape, input.shape, axis * 8);
  if (squeeze)
    copyBytes(shape + axis, input.shape + axis + 1, (rank - axis) * 8);
  else
    copyBytes(shape + axis, input.shape + axis, (rank - axis) * 8);
  SequenceWriter result(index);
  for (int64_t i = 0; i < parts.count; ++i) {
    int64_t run = parts[i] * inner;
    copyRuns(call, at(data.data, end, elementSize), run,
             at(input.data, offset, elementSize), parts.dim * inner, outer, run,
             elementSize);
    end += outer * run;
    offset += run;
    if (!squeeze)
      shape[axis] = parts[i];
    result.writeRow(i, end, shape, rank);
  }
  return ATROUS_OK;
}

/// Operands: input, and a split if there is one.
atrous_status atrous_sequence_split(atrous_exec *exec, atrous_buffer *buffers,
                                    const int64_t *arguments,
                                    const char *node) {
  Call call{exec, buffers, arguments, node};
  const atrous_buffer &input = buffers[0];
  int32_t axis = int32_t(fromFront(arguments[0], input.rank));
  bool squeeze = arguments[1], hasSplit = arguments[2];
  int64_t dim = input.shape[axis];
  atrous_buffer *results = buffers + 1 + hasSplit;
  if (!hasSplit)
    return writeParts(call, input, axis, squeeze, {nullptr, dim, 1, dim},
                      results[0], results[1]);
  Integers split(buffers[1]);
  PartSizes parts{&split, split.size(), 0, dim};
  if (buffers[1].rank == 0) {
    if (split[0] < 1)
      return call.fail("split is %lld", (long long)split[0]);
    int64_t size = smaller(split[0], larger(dim, 1));
    parts = {nullptr, (dim + size - 1) / size, size, dim};
  } else if (atrous_status status = checkParts(call, parts)) {
    return status;
  }
  return writeParts(call, input, axis, false, parts, results[0], results[1]);
}

//===----------------------------------------------------------------------===//
// ConcatFromSequence
//===----------------------------------------------------------------------===//

/// The shape of all tensors side by side along `axis`: that of a new dimension
/// or of one that they have.
static atrous_status findShape(const Call &call, const SequenceReader &sequence,
                               int32_t rank, int32_t axis, bool isNew,
                               int64_t *shape) {
  SequencePart part;
  bool isTooLarge = false;
  for (int64_t i = 0; i < sequence.count(); ++i) {
    if (atrous_status status = sequence.read(call, i, part))
      return status;
    if (part.rank != rank)
      return call.fail("tensor %lld of the sequence has rank %d, expected %d",
                       (long long)i, part.rank, rank);
    for (int32_t dim = 0; dim < rank; ++dim) {
      int32_t to = isNew && dim >= axis ? dim + 1 : dim;
      int64_t size = part.sizes[dim];
      if (i == 0)
        shape[to] = size;
      else if (!isNew && dim == axis)
        isTooLarge |= __builtin_add_overflow(shape[to], size, &shape[to]);
      else if (shape[to] != size)
        return call.fail("tensor %lld of the sequence has size %lld in "
                         "dimension %d, tensor 0 has %lld",
                         (long long)i, (long long)size, dim,
                         (long long)shape[to]);
    }
  }
  if (isNew)
    shape[axis] = sequence.count();
  int64_t elements;
  if (isTooLarge || !countElements(shape, rank + isNew, elements))
    return call.fail("the tensors of the sequence are too large side by side");
  return ATROUS_OK;
}

/// Operands: data, index.
atrous_status atrous_sequence_concat(atrous_exec *exec, atrous_buffer *buffers,
                                     const int64_t *arguments,
                                     const char *node) {
  Call call{exec, buffers, arguments, node};
  SequenceReader sequence(buffers[0], buffers[1]);
  atrous_buffer &result = buffers[2];
  bool isNew = arguments[1];
  int32_t axis = int32_t(fromFront(arguments[0], result.rank));
  if (sequence.count() == 0)
    return call.fail("the sequence is empty");
  int64_t shape[kMaxRank];
  if (atrous_status status =
          findShape(call, sequence, result.rank - isNew, axis, isNew, shape))
    return status;
  if (atrous_status status = call.create(result, shape, result.rank))
    return status;
  int64_t outer = getCount(shape, axis), size = getElementSize(result.dtype);
  int64_t inner = getCount(shape + axis + 1, result.rank - axis - 1);
  int64_t offset = 0;
  SequencePart part;
  for (int64_t i = 0; i < sequence.count(); ++i) {
    if (atrous_status status = sequence.read(call, i, part))
      return status;
    int64_t run = isNew ? inner : part.sizes[axis] * inner;
    copyRuns(call, at(result.data, offset, size), shape[axis] * inner,
             at(buffers[0].data, part.begin, size), run, outer, run, size);
    offset += run;
  }
  return ATROUS_OK;
}
