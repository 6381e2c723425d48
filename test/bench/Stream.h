//===- Stream.h - The bandwidth of one core ---------------------*- C++ -*-===//

#ifndef ATROUS_TEST_BENCH_STREAM_H
#define ATROUS_TEST_BENCH_STREAM_H

#include <cstddef>

namespace atrous {

/// Seconds that reading `inBytes` and writing `outBytes`, side by side and once
/// each, takes one core that has just done the same: the least time of a kernel
/// with these operands, wherever in the caches they fit. Best of several tries.
double measureStream(size_t inBytes, size_t outBytes);

} // namespace atrous

#endif // ATROUS_TEST_BENCH_STREAM_H
