//===- thread_pool.h - Workers that share a kernel's tasks ------*- C++ -*-===//
//
// The threads of one model. A call splits its tasks evenly over the workers
// and the caller; who is done early takes from the others. Workers spin for a
// while after each call, for the next kernel comes soon, then sleep.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_RUNTIME_CPU_THREAD_POOL_H
#define ATROUS_RUNTIME_CPU_THREAD_POOL_H

#include "runtime/abi/atrous_abi.h"
#include <cstddef>

namespace atrous::runtime {

constexpr int32_t kMaxThreads = 1024;

class ThreadPool;

/// Cores that this process may run on, 1 to kMaxThreads.
int32_t availableCores();

/// A pool without workers yet; null when there is no memory.
ThreadPool *createPool();

/// Ends and joins the workers. No call may be running. In a forked child the
/// workers do not exist: nothing is joined.
void destroyPool(ThreadPool *pool);

/// Makes sure that calls of up to `threads` threads find their workers. False
/// where the system gives no more threads; calls then run on fewer.
bool growPool(ThreadPool *pool, int32_t threads);

/// Memory for the threads of a call: `stride` bytes for each.
struct ThreadScratch {
  char *base = nullptr;
  std::size_t stride = 0;

  void *get(uint32_t thread) const {
    return base ? base + thread * stride : nullptr;
  }
};

/// Runs `fn` over [0, tasks) on up to `threads` threads, the caller included,
/// and returns when all is done. The caller has the first of `scratch`. A pool that is busy (a nested call, another
/// context) or was forked away runs everything on the calling thread.
void parallelFor(ThreadPool *pool, int32_t threads, atrous_task_fn fn,
                 void *const *buffers, int64_t tasks, ThreadScratch scratch);

} // namespace atrous::runtime

#endif // ATROUS_RUNTIME_CPU_THREAD_POOL_H
