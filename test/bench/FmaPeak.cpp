//===- FmaPeak.cpp - The multiply-add peak of one core --------------------===//

#include "test/bench/FmaPeak.h"
#include "test/bench/CpuClock.h"

#include <algorithm>
#include <immintrin.h>

using namespace atrous;

// Twelve chains hide a latency of four cycles on two units.
static constexpr int kChains = 12;
static constexpr long kRounds = 4000000;

__attribute__((target("avx2,fma"), noinline)) static float run256() {
  __m256 sum[kChains] = {};
  __m256 x = _mm256_set1_ps(1.0000001f), y = _mm256_set1_ps(1e-9f);
  for (long round = 0; round < kRounds; ++round)
#pragma clang loop unroll(full)
    for (int i = 0; i < kChains; ++i)
      sum[i] = _mm256_fmadd_ps(sum[i], x, y);
  for (int i = 1; i < kChains; ++i)
    sum[0] = _mm256_add_ps(sum[0], sum[i]);
  return _mm256_cvtss_f32(sum[0]);
}

__attribute__((target("avx512f"), noinline)) static float run512() {
  __m512 sum[kChains] = {};
  __m512 x = _mm512_set1_ps(1.0000001f), y = _mm512_set1_ps(1e-9f);
  for (long round = 0; round < kRounds; ++round)
#pragma clang loop unroll(full)
    for (int i = 0; i < kChains; ++i)
      sum[i] = _mm512_fmadd_ps(sum[i], x, y);
  for (int i = 1; i < kChains; ++i)
    sum[0] = _mm512_add_ps(sum[0], sum[i]);
  return _mm512_cvtss_f32(sum[0]);
}

double atrous::measureFmaPeak(int lanes) {
  double best = 0;
  volatile float sink = 0;
  for (int attempt = 0; attempt < 10; ++attempt) {
    double start = cpuSeconds();
    sink = lanes == 16 ? run512() : run256();
    double seconds = cpuSeconds() - start;
    best = std::max(best, 2.0 * lanes * kChains * kRounds / seconds);
  }
  (void)sink;
  return best;
}
