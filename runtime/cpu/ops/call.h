//===- call.h - One call of a runtime function ------------------*- C++ -*-===//
//
// What the functions behind irregular kernels are written with: failures with
// a text, results, scratch memory and parallel loops. Nothing throws; memory is
// the context's.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_RUNTIME_CPU_OPS_CALL_H
#define ATROUS_RUNTIME_CPU_OPS_CALL_H

#include "runtime/abi/atrous_abi.h"
#include <stddef.h>
#include <string.h>

namespace atrous::runtime {

/// No tensor of a model has a larger rank: the importer refuses it.
constexpr int32_t kMaxRank = 64;

/// Bytes of an element; 0 for a type that is none of atrous_dtype.
int64_t getElementSize(int32_t dtype);

/// The product of `rank` sizes.
int64_t getCount(const int64_t *shape, int32_t rank);
inline int64_t getCount(const atrous_buffer &buffer) {
  return getCount(buffer.shape, buffer.rank);
}

/// The arguments of an atrous_extern_fn. Functions return its status, or that
/// of fail.
struct Call {
  atrous_exec *exec;
  atrous_buffer *buffers;
  const int64_t *arguments;
  const char *node;

  /// Records what is wrong with the data.
  __attribute__((format(printf, 2, 3))) atrous_status fail(const char *format,
                                                           ...) const;

  /// Gives `result` this shape and memory, or checks that it has this shape
  /// where it has its memory already.
  atrous_status create(atrous_buffer &result, const int64_t *shape,
                       int32_t rank) const;

  /// Gives `result` this shape and memory that begins with the elements of
  /// `old`, which is of its type: the memory of `old`, where that has room.
  atrous_status extend(atrous_buffer &result, const int64_t *shape,
                       int32_t rank, const atrous_buffer &old) const;
};

/// Memory for `count` elements until the end of the scope; null where there is
/// none, which has been recorded: return ATROUS_ERROR_RESOURCE.
template <typename T> class Scratch {
public:
  Scratch(const Call &call, int64_t count)
      : exec(call.exec),
        data(static_cast<T *>(exec->allocate(exec, &count, 1, sizeof(T)))) {}
  ~Scratch() {
    if (data)
      exec->release(exec, data);
  }
  Scratch(const Scratch &) = delete;
  Scratch &operator=(const Scratch &) = delete;

  explicit operator bool() const { return data; }
  T *get() const { return data; }
  T &operator[](int64_t i) const { return data[i]; }

private:
  atrous_exec *exec;
  T *data;
};

/// Calls body(i) for i in [0, count), on any thread and in any order.
template <typename F>
void parallelFor(const Call &call, int64_t count, F body) {
  if (count == 1)
    return body(0);
  void *context = &body;
  auto run = [](void *const *buffers, int64_t begin, int64_t end, void *) {
    F &body = *static_cast<F *>(buffers[0]);
    for (; begin < end; ++begin)
      body(begin);
  };
  call.exec->parallel_for(call.exec, run, &context, count);
}

/// `count` items dealt out to at most `kMax` lanes, each of which may have
/// scratch memory of its own.
struct Lanes {
  static constexpr int64_t kMax = 64;
  int64_t count, lanes;

  explicit Lanes(int64_t count)
      : count(count), lanes(count < kMax ? count : kMax) {}
  int64_t begin(int64_t lane) const {
    return count / lanes * lane + extra(lane);
  }
  int64_t end(int64_t lane) const { return begin(lane + 1); }

private:
  int64_t extra(int64_t lane) const {
    return lane < count % lanes ? lane : count % lanes;
  }
};

inline int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }
inline int64_t larger(int64_t a, int64_t b) { return a > b ? a : b; }

/// `axis` counted from the front.
inline int64_t fromFront(int64_t axis, int64_t rank) {
  return axis < 0 ? axis + rank : axis;
}

} // namespace atrous::runtime

#endif // ATROUS_RUNTIME_CPU_OPS_CALL_H
