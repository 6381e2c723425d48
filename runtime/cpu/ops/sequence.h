//===- sequence.h - Sequences of tensors ------------------------*- C++ -*-===//
//
// A sequence is two tensors:
//
//   data   [total]          the elements of its tensors, one after the other
//   index  [count, 1 + r]   i64: where those of a tensor end, and its sizes;
//                           -1 behind those of a tensor of rank less than r
//
//   data   a a a a a a b b c        a [2, 3], b [2], c []
//   index  6  2  3 | 8  2 -1 | 9 -1 -1
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_RUNTIME_CPU_OPS_SEQUENCE_H
#define ATROUS_RUNTIME_CPU_OPS_SEQUENCE_H

#include "runtime/cpu/ops/call.h"

namespace atrous::runtime {

/// The product of sizes that anybody made up; false where one is negative, or a
/// product of some of them does not fit.
bool countElements(const int64_t *sizes, int32_t rank, int64_t &count);

/// Where a tensor of a sequence lies.
struct SequencePart {
  int64_t begin, end;
  const int64_t *sizes;
  int32_t rank;
};

/// Reads the two tensors of a sequence, which may be what a caller made up.
class SequenceReader {
public:
  SequenceReader(const atrous_buffer &data, const atrous_buffer &index)
      : data(data), index(index) {}

  int64_t count() const { return index.shape[0]; }
  int64_t total() const { return data.shape[0]; }
  /// Of a row of the index.
  int64_t width() const { return index.shape[1]; }
  const int64_t *row(int64_t i) const {
    return static_cast<const int64_t *>(index.data) + i * width();
  }

  /// Tensor number `i`, which exists; an error where its row is not sound.
  atrous_status read(const Call &call, int64_t i, SequencePart &part) const;

  /// The element at which tensor number `i` begins, `i` at most count().
  atrous_status findBegin(const Call &call, int64_t i, int64_t &begin) const;

  /// The number from 0 to `last` that `position` means, which may count from
  /// the end.
  atrous_status findPosition(const Call &call, const atrous_buffer &position,
                             int64_t last, int64_t &result) const;

private:
  const atrous_buffer &data, &index;
};

/// The index of a sequence that is being made.
class SequenceWriter {
public:
  /// Gives a sequence's two tensors memory.
  static atrous_status create(const Call &call, atrous_buffer &data,
                              atrous_buffer &index, int64_t total,
                              int64_t count, int64_t width);

  explicit SequenceWriter(atrous_buffer &index) : index(index) {}

  /// Writes row `i` of the index, of a tensor that ends at element `end`.
  void writeRow(int64_t i, int64_t end, const int64_t *sizes, int32_t rank);

  /// Writes row `i` like row `j` of `from`, whose rows are no longer. The
  /// tensor lies `shift` elements further behind.
  void copyRow(int64_t i, const SequenceReader &from, int64_t j, int64_t shift);

private:
  atrous_buffer &index;
};

} // namespace atrous::runtime

#endif // ATROUS_RUNTIME_CPU_OPS_SEQUENCE_H
