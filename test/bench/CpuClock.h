//===- CpuClock.h - Time that a thread has run ------------------*- C++ -*-===//

#ifndef ATROUS_TEST_BENCH_CPUCLOCK_H
#define ATROUS_TEST_BENCH_CPUCLOCK_H

#include <ctime>

namespace atrous {

/// Seconds that this thread has had a core.
inline double cpuSeconds() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec + 1e-9 * now.tv_nsec;
}

} // namespace atrous

#endif // ATROUS_TEST_BENCH_CPUCLOCK_H
