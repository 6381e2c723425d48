//===- sequence.cpp - Sequences whose tensors the run tells ---------------===//

#include "runtime/cpu/ops/sequence.h"

#include "runtime/cpu/ops/indices.h"
#include "runtime/cpu/ops/ops.h"
#include "runtime/cpu/ops/strided.h"

using namespace atrous::runtime;

//===----------------------------------------------------------------------===//
// Rows of the index
//===----------------------------------------------------------------------===//

bool atrous::runtime::countElements(const int64_t *sizes, int32_t rank,
                                    int64_t &count) {
  count = 1;
  bool isEmpty = false;
  for (int32_t dim = 0; dim < rank; ++dim) {
    isEmpty |= sizes[dim] == 0;
    if (sizes[dim] < 0 ||
        (sizes[dim] && __builtin_mul_overflow(count, sizes[dim], &count)))
      return false;
  }
  count = isEmpty ? 0 : count;
  return true;
}

atrous_status SequenceReader::findBegin(const Call &call, int64_t i,
                                        int64_t &begin) const {
  begin = i == 0 || width() < 1 ? 0 : row(i - 1)[0];
  if (begin < 0 || begin > total())
    return call.fail("tensor %lld of the sequence ends at %lld, of %lld "
                     "elements",
                     (long long)(i - 1), (long long)begin, (long long)total());
  return ATROUS_OK;
}

atrous_status SequenceReader::read(const Call &call, int64_t i,
                                   SequencePart &part) const {
  if (width() < 1 || width() > kMaxRank + 1)
    return call.fail("the sequence's index has rows of %lld numbers",
                     (long long)width());
  if (atrous_status status = findBegin(call, i, part.begin))
    return status;
  if (atrous_status status = findBegin(call, i + 1, part.end))
    return status;
  part.sizes = row(i) + 1;
  part.rank = 0;
  while (part.rank < width() - 1 && part.sizes[part.rank] != -1)
    ++part.rank;
  int64_t elements;
  if (!countElements(part.sizes, part.rank, elements) ||
      elements != part.end - part.begin)
    return call.fail("tensor %lld of the sequence has %lld elements, its sizes "
                     "say otherwise",
                     (long long)i, (long long)(part.end - part.begin));
  return ATROUS_OK;
}

atrous_status SequenceReader::findPosition(const Call &call,
                                           const atrous_buffer &position,
                                           int64_t last,
                                           int64_t &result) const {
  Integers values(position);
  if (values.size() != 1)
    return call.fail("position has %lld values, expected one",
                     (long long)values.size());
  result = fromFront(values[0], count());
  if (result < 0 || result > last)
    return call.fail("position is %lld, out of range [-%lld, %lld] of a "
                     "sequence of %lld",
                     (long long)values[0], (long long)count(), (long long)last,
                     (long long)count());
  return ATROUS_OK;
}

atrous_status SequenceWriter::create(const Call &call, atrous_buffer &data,
                                     atrous_buffer &index, int64_t total,
                                     int64_t count, int64_t width) {
  if (atrous_status status = call.create(data, &total, 1))
    return status;
  int64_t shape[2] = {count, width};
  return call.create(index, shape, 2);
}

void SequenceWriter::writeRow(int64_t i, int64_t end, const int64_t *sizes,
                              int32_t rank) {
  int64_t width = index.shape[1];
  int64_t *row = static_cast<int64_t *>(index.data) + i * width;
  row[0] = end;
  for (int64_t dim = 1; dim < width; ++dim)
    row[dim] = dim <= rank ? sizes[dim - 1] : -1;
}

void SequenceWriter::copyRow(int64_t i, const SequenceReader &from, int64_t j,
                             int64_t shift) {
  const int64_t *row = from.row(j);
  writeRow(i, row[0] + shift, row + 1, int32_t(from.width() - 1));
}

//===----------------------------------------------------------------------===//
// SequenceConstruct, SequenceAt
//===----------------------------------------------------------------------===//

atrous_status atrous_sequence_construct(atrous_exec *exec,
                                        atrous_buffer *buffers,
                                        const int64_t *arguments,
                                        const char *node) {
  Call call{exec, buffers, arguments, node};
  int64_t count = arguments[0], total = 0, width = 1;
  for (int64_t i = 0; i < count; ++i) {
    total += getCount(buffers[i]);
    width = larger(width, 1 + buffers[i].rank);
  }
  atrous_buffer &data = buffers[count], &index = buffers[count + 1];
  if (atrous_status status =
          SequenceWriter::create(call, data, index, total, count, width))
    return status;
  SequenceWriter result(index);
  int64_t size = getElementSize(data.dtype), end = 0;
  for (int64_t i = 0; i < count; ++i) {
    int64_t elements = getCount(buffers[i]);
    copyBytes(at(data.data, end, size), buffers[i].data, elements * size);
    end += elements;
    result.writeRow(i, end, buffers[i].shape, buffers[i].rank);
  }
  return ATROUS_OK;
}

/// Operands: data, index, position.
atrous_status atrous_sequence_at(atrous_exec *exec, atrous_buffer *buffers,
                                 const int64_t *arguments, const char *node) {
  Call call{exec, buffers, arguments, node};
  SequenceReader sequence(buffers[0], buffers[1]);
  int64_t position;
  SequencePart part;
  atrous_status status =
      sequence.findPosition(call, buffers[2], sequence.count() - 1, position);
  if (!status)
    status = sequence.read(call, position, part);
  if (!status)
    status = call.create(buffers[3], part.sizes, part.rank);
  if (status)
    return status;
  int64_t size = getElementSize(buffers[0].dtype);
  copyBytes(buffers[3].data, at(buffers[0].data, part.begin, size),
            (part.end - part.begin) * size);
  return ATROUS_OK;
}

//===----------------------------------------------------------------------===//
// SequenceInsert, SequenceErase
//===----------------------------------------------------------------------===//

/// What is put behind the last tensor goes where there is room behind it.
static atrous_status append(const Call &call, const SequenceReader &sequence,
                            const atrous_buffer &element, atrous_buffer &data,
                            atrous_buffer &index) {
  int64_t begin;
  if (atrous_status status = sequence.findBegin(call, sequence.count(), begin))
    return status;
  int64_t elements = getCount(element), size = getElementSize(data.dtype);
  int64_t total = sequence.total() + elements;
  int64_t shape[2] = {sequence.count() + 1, sequence.width()};
  if (atrous_status status = call.extend(data, &total, 1, call.buffers[0]))
    return status;
  if (atrous_status status = call.extend(index, shape, 2, call.buffers[1]))
    return status;
  copyBytes(at(data.data, sequence.total(), size), element.data,
            elements * size);
  SequenceWriter(index).writeRow(sequence.count(), total, element.shape,
                                 element.rank);
  return ATROUS_OK;
}

/// Operands: data, index, element, and a position if there is one.
atrous_status atrous_sequence_insert(atrous_exec *exec, atrous_buffer *buffers,
                                     const int64_t *arguments,
                                     const char *node) {
  Call call{exec, buffers, arguments, node};
  SequenceReader old(buffers[0], buffers[1]);
  const atrous_buffer &element = buffers[2];
  int64_t count = old.count(), position = count;
  if (arguments[0])
    if (atrous_status status =
            old.findPosition(call, buffers[3], count, position))
      return status;
  atrous_buffer *results = buffers + 3 + arguments[0];
  int64_t width = 1 + element.rank;
  if (count)
    width = larger(width, old.width());
  if (position == count && old.width() == width)
    return append(call, old, element, results[0], results[1]);

  int64_t begin, elements = getCount(element);
  if (atrous_status status = old.findBegin(call, position, begin))
    return status;
  if (atrous_status status =
          SequenceWriter::create(call, results[0], results[1],
                                 old.total() + elements, count + 1, width))
    return status;
  int64_t size = getElementSize(element.dtype);
  char *to = static_cast<char *>(results[0].data);
  copyBytes(to, buffers[0].data, begin * size);
  copyBytes(at(to, begin, size), element.data, elements * size);
  copyBytes(at(to, begin + elements, size), at(buffers[0].data, begin, size),
            (old.total() - begin) * size);
  SequenceWriter result(results[1]);
  for (int64_t i = 0; i < position; ++i)
    result.copyRow(i, old, i, 0);
  result.writeRow(position, begin + elements, element.shape, element.rank);
  for (int64_t i = position; i < count; ++i)
    result.copyRow(i + 1, old, i, elements);
  return ATROUS_OK;
}

/// Operands: data, index, and a position if there is one.
atrous_status atrous_sequence_erase(atrous_exec *exec, atrous_buffer *buffers,
                                    const int64_t *arguments,
                                    const char *node) {
  Call call{exec, buffers, arguments, node};
  SequenceReader old(buffers[0], buffers[1]);
  int64_t count = old.count(), position = count - 1;
  if (count == 0)
    return call.fail("the sequence is empty");
  if (arguments[0])
    if (atrous_status status =
            old.findPosition(call, buffers[2], count - 1, position))
      return status;
  SequencePart part;
  if (atrous_status status = old.read(call, position, part))
    return status;
  atrous_buffer *results = buffers + 2 + arguments[0];
  int64_t elements = part.end - part.begin;
  if (atrous_status status = SequenceWriter::create(
          call, results[0], results[1], old.total() - elements, count - 1,
          old.width()))
    return status;
  int64_t size = getElementSize(buffers[0].dtype);
  char *to = static_cast<char *>(results[0].data);
  copyBytes(to, buffers[0].data, part.begin * size);
  copyBytes(at(to, part.begin, size), at(buffers[0].data, part.end, size),
            (old.total() - part.end) * size);
  SequenceWriter result(results[1]);
  for (int64_t i = 0; i < count - 1; ++i)
    result.copyRow(i, old, i < position ? i : i + 1,
                   i < position ? 0 : -elements);
  return ATROUS_OK;
}
