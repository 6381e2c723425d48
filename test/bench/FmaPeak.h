//===- FmaPeak.h - The multiply-add peak of one core ------------*- C++ -*-===//

#ifndef ATROUS_TEST_BENCH_FMAPEAK_H
#define ATROUS_TEST_BENCH_FMAPEAK_H

namespace atrous {

/// Floating-point operations per second of independent fused multiply-adds on
/// vectors of `lanes` (8 or 16) floats; best of several tries, in flop/s.
double measureFmaPeak(int lanes);

} // namespace atrous

#endif // ATROUS_TEST_BENCH_FMAPEAK_H
