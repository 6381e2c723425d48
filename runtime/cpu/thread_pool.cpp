//===- thread_pool.cpp - Workers that share a kernel's tasks --------------===//

#include "runtime/cpu/thread_pool.h"

#include "runtime/base/memory.h"
#include "runtime/cpu/futex.h"
#include <atomic>
#include <immintrin.h>
#include <new>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <unistd.h>

using namespace atrous::runtime;

namespace {

/// Cycles of the time stamp counter, which runs at 2 to 4 GHz: 50 to 100 us.
constexpr uint64_t kSpinCycles = 200000;

/// The tasks [next, end) still to be taken from one thread's share. Both halves
/// change in one word, so a taker sees a pair that belongs together.
struct alignas(128) Share {
  std::atomic<uint64_t> range; // next in the low half, end in the high one
};

constexpr uint32_t kOpen = uint32_t(1) << 31;

} // namespace

namespace atrous::runtime {

class ThreadPool {
public:
  bool grow(int32_t threads);
  void stop();
  bool tryRun(int32_t threads, atrous_task_fn fn, void *const *buffers,
              int64_t tasks, ThreadScratch scratch);
  bool forked() const { return getpid() != process; }

private:
  struct Start {
    ThreadPool *pool;
    uint32_t slot;
  };
  static void *workerMain(void *start);
  void work(uint32_t slot);
  void takeTasks(uint32_t slot);
  uint32_t waitForCall(uint32_t seen);
  void waitForWorkers();

  // What the callers of one call at a time write.
  alignas(128) std::atomic<bool> busy{false};
  pid_t process = getpid();
  std::atomic<int32_t> workers{0};
  int32_t cores = availableCores();
  pthread_t handles[kMaxThreads];
  Start starts[kMaxThreads];
  Share shares[kMaxThreads];

  // The call: constant while the gate is open or someone is inside.
  alignas(128) atrous_task_fn fn = nullptr;
  void *const *buffers = nullptr;
  int64_t unit = 1, tasks = 0; // tasks that one count of a share stands for
  uint32_t slots = 0;          // threads that take part, the caller included
  ThreadScratch scratch;

  // kOpen while workers may enter, plus the number of workers inside.
  alignas(128) std::atomic<uint32_t> gate{0};
  std::atomic<uint32_t> callerSleeps{0};
  // Counts calls; workers wait for it to change.
  alignas(128) std::atomic<uint32_t> calls{0};
  std::atomic<uint32_t> sleepers{0};
  std::atomic<bool> stopping{false};
};

} // namespace atrous::runtime

int32_t atrous::runtime::availableCores() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof(set), &set))
    return 1;
  int count = CPU_COUNT(&set);
  return count < 1 ? 1 : count > kMaxThreads ? kMaxThreads : count;
}

/// Takes half of what is left of a share, so that a slow thread's tail is
/// spread over the others; false when nothing is left.
static bool take(Share &share, uint32_t &begin, uint32_t &end) {
  uint64_t range = share.range.load(std::memory_order_relaxed);
  for (;;) {
    uint32_t next = static_cast<uint32_t>(range);
    uint32_t last = static_cast<uint32_t>(range >> 32);
    if (next >= last)
      return false;
    uint32_t middle = next + (last - next + 1) / 2;
    uint64_t rest = (range & ~uint64_t(UINT32_MAX)) | middle;
    if (share.range.compare_exchange_weak(range, rest,
                                          std::memory_order_relaxed)) {
      begin = next;
      end = middle;
      return true;
    }
  }
}

void ThreadPool::takeTasks(uint32_t slot) {
  for (uint32_t i = 0; i < slots; ++i) {
    Share &share = shares[(slot + i) % slots];
    uint32_t begin, end;
    while (take(share, begin, end)) {
      int64_t last = static_cast<int64_t>(end) * unit;
      fn(buffers, static_cast<int64_t>(begin) * unit,
         last < tasks ? last : tasks, scratch.get(slot));
    }
  }
}

uint32_t ThreadPool::waitForCall(uint32_t seen) {
  // Spinning only helps where every thread has a core of its own.
  if (workers.load(std::memory_order_relaxed) < cores) {
    uint64_t start = __rdtsc();
    do {
      uint32_t now = calls.load(std::memory_order_acquire);
      if (now != seen)
        return now;
      _mm_pause();
    } while (__rdtsc() - start < kSpinCycles);
  }
  // A caller adds to `calls`, then looks at `sleepers`; this thread adds to
  // `sleepers`, then the kernel compares `calls`. In any order one of the two
  // sees the other, so no call is slept through.
  sleepers.fetch_add(1, std::memory_order_seq_cst);
  while (calls.load(std::memory_order_seq_cst) == seen)
    futexWait(calls, seen);
  sleepers.fetch_sub(1, std::memory_order_relaxed);
  return calls.load(std::memory_order_acquire);
}

void ThreadPool::work(uint32_t slot) {
  // A new thread inherits its creator's rounding and flush-to-zero modes.
  _mm_setcsr(0x1f80);
  uint32_t seen = 0;
  for (;;) {
    seen = waitForCall(seen);
    if (stopping.load(std::memory_order_acquire))
      return;
    uint32_t state = gate.load(std::memory_order_relaxed);
    while (state & kOpen)
      if (gate.compare_exchange_weak(state, state + 1,
                                     std::memory_order_acquire))
        break;
    if (!(state & kOpen))
      continue; // late: the others have done it all
    if (slot < slots)
      takeTasks(slot);
    // The caller closes the gate, then waits for it to read 0.
    if (gate.fetch_sub(1, std::memory_order_seq_cst) == 1 &&
        callerSleeps.load(std::memory_order_seq_cst))
      futexWake(gate, 1);
  }
}

void ThreadPool::waitForWorkers() {
  uint32_t state = gate.fetch_and(~kOpen, std::memory_order_acq_rel) & ~kOpen;
  uint64_t start = __rdtsc();
  while (state && __rdtsc() - start < kSpinCycles) {
    _mm_pause();
    state = gate.load(std::memory_order_acquire);
  }
  if (!state)
    return;
  callerSleeps.store(1, std::memory_order_seq_cst);
  while ((state = gate.load(std::memory_order_seq_cst)))
    futexWait(gate, state);
  callerSleeps.store(0, std::memory_order_relaxed);
}

bool ThreadPool::tryRun(int32_t threads, atrous_task_fn function,
                        void *const *data, int64_t count,
                        ThreadScratch memory) {
  if (busy.exchange(true, std::memory_order_acquire))
    return false;
  int64_t most = workers.load(std::memory_order_relaxed) + 1;
  most = threads < most ? threads : most;
  if (most < 2) {
    busy.store(false, std::memory_order_release);
    return false;
  }
  fn = function;
  buffers = data;
  scratch = memory;
  tasks = count;
  unit = count / INT32_MAX + 1; // keeps a share's ends within 32 bits
  int64_t units = (count + unit - 1) / unit;
  slots = static_cast<uint32_t>(most < units ? most : units);
  for (uint64_t i = 0, begin = 0; i < slots; ++i) {
    uint64_t end = static_cast<uint64_t>(units) * (i + 1) / slots;
    shares[i].range.store(end << 32 | begin, std::memory_order_relaxed);
    begin = end;
  }
  gate.store(kOpen, std::memory_order_release);
  calls.fetch_add(1, std::memory_order_seq_cst);
  if (sleepers.load(std::memory_order_seq_cst))
    futexWake(calls, INT32_MAX);
  takeTasks(0);
  waitForWorkers();
  busy.store(false, std::memory_order_release);
  return true;
}

void *ThreadPool::workerMain(void *start) {
  Start *self = static_cast<Start *>(start);
  self->pool->work(self->slot);
  return nullptr;
}

bool ThreadPool::grow(int32_t threads) {
  // Waits for a running call to end, since it reads `workers`.
  while (busy.exchange(true, std::memory_order_acquire))
    sched_yield();
  // Signals are the program's own business, not the workers'.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  int32_t count = workers.load(std::memory_order_relaxed);
  for (; count < threads - 1; ++count) {
    starts[count] = {this, static_cast<uint32_t>(count + 1)};
    if (pthread_create(&handles[count], nullptr, workerMain, &starts[count]))
      break;
  }
  workers.store(count, std::memory_order_relaxed);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  busy.store(false, std::memory_order_release);
  return count >= threads - 1;
}

void ThreadPool::stop() {
  stopping.store(true, std::memory_order_release);
  calls.fetch_add(1, std::memory_order_seq_cst);
  futexWake(calls, INT32_MAX);
  for (int32_t i = 0; i < workers; ++i)
    pthread_join(handles[i], nullptr);
}

ThreadPool *atrous::runtime::createPool() {
  static_assert(alignof(ThreadPool) <= 128, "");
  void *memory = nullptr;
  if (posix_memalign(&memory, 128, sizeof(ThreadPool)))
    return nullptr;
  return new (memory) ThreadPool();
}

void atrous::runtime::destroyPool(ThreadPool *pool) {
  if (!pool)
    return;
  if (!pool->forked())
    pool->stop();
  pool->~ThreadPool();
  free(pool);
}

bool atrous::runtime::growPool(ThreadPool *pool, int32_t threads) {
  return threads < 2 || pool->forked() || pool->grow(threads);
}

void atrous::runtime::parallelFor(ThreadPool *pool, int32_t threads,
                                  atrous_task_fn fn, void *const *buffers,
                                  int64_t tasks, ThreadScratch scratch) {
  if (tasks <= 0)
    return;
  if (threads > 1 && tasks > 1 && pool && !pool->forked() &&
      pool->tryRun(threads, fn, buffers, tasks, scratch))
    return;
  fn(buffers, 0, tasks, scratch.get(0));
}
