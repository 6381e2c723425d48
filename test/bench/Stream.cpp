//===- Stream.cpp - The bandwidth of one core -----------------------------===//

#include "test/bench/Stream.h"
#include "test/bench/CpuClock.h"

#include <algorithm>
#include <cstdint>
#include <immintrin.h>
#include <memory>

using namespace atrous;

// The two streams take turns by about this many bytes.
static constexpr size_t kTurn = 2048;

__attribute__((target("avx"), noinline)) static __m256 read(const char *from,
                                                            size_t bytes) {
  __m256 sum[4] = {};
  for (size_t at = 0; at < bytes; at += sizeof sum)
    for (size_t i = 0; i < 4; ++i)
      sum[i] =
          _mm256_or_ps(sum[i], _mm256_load_ps(reinterpret_cast<const float *>(
                                   from + at + i * sizeof(__m256))));
  return _mm256_or_ps(_mm256_or_ps(sum[0], sum[1]),
                      _mm256_or_ps(sum[2], sum[3]));
}

__attribute__((target("avx"), noinline)) static void
write(char *to, size_t bytes, __m256 value) {
  for (size_t at = 0; at < bytes; at += sizeof value)
    _mm256_store_ps(reinterpret_cast<float *>(to + at), value);
}

__attribute__((target("avx"), noinline)) static void
stream(const char *in, size_t inBytes, char *out, size_t outBytes) {
  size_t turns = std::max<size_t>(1, (inBytes + outBytes) / (2 * kTurn));
  auto cut = [&](size_t bytes, size_t turn) {
    return bytes * turn / turns / 128 * 128;
  };
  for (size_t turn = 0; turn < turns; ++turn) {
    size_t inAt = cut(inBytes, turn), outAt = cut(outBytes, turn);
    __m256 value = read(in + inAt, cut(inBytes, turn + 1) - inAt);
    write(out + outAt, cut(outBytes, turn + 1) - outAt, value);
  }
}

double atrous::measureStream(size_t inBytes, size_t outBytes) {
  auto allocate = [](size_t bytes) {
    return std::unique_ptr<char, void (*)(void *)>(
        static_cast<char *>(std::calloc(1, bytes + 64)), std::free);
  };
  auto align = [](char *at) {
    return at + (-reinterpret_cast<uintptr_t>(at) & 63);
  };
  auto in = allocate(inBytes), out = allocate(outBytes);
  char *from = align(in.get()), *to = align(out.get());
  stream(from, inBytes, to, outBytes);
  // Enough rounds for the clock's resolution.
  size_t rounds = std::max<size_t>(1, (8 << 20) / (inBytes + outBytes + 1));
  double best = 1e9;
  for (int attempt = 0; attempt < 30; ++attempt) {
    double start = cpuSeconds();
    for (size_t round = 0; round < rounds; ++round)
      stream(from, inBytes, to, outBytes);
    best = std::min(best, (cpuSeconds() - start) / rounds);
  }
  return best;
}
