//===- futex.h - Sleep until a word changes ---------------------*- C++ -*-===//

#ifndef ATROUS_RUNTIME_CPU_FUTEX_H
#define ATROUS_RUNTIME_CPU_FUTEX_H

#include <atomic>
#include <linux/futex.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace atrous::runtime {

/// Sleeps if `word` still holds `expected`; may return for no reason.
inline void futexWait(std::atomic<uint32_t> &word, uint32_t expected) {
  syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, expected, nullptr, nullptr, 0);
}

/// Wakes up to `count` threads that sleep on `word`.
inline void futexWake(std::atomic<uint32_t> &word, int32_t count) {
  syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, count, nullptr, nullptr, 0);
}

} // namespace atrous::runtime

#endif // ATROUS_RUNTIME_CPU_FUTEX_H
