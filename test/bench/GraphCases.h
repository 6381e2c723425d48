//===- GraphCases.h - Cases in the graph dialect ----------------*- C++ -*-===//

#ifndef ATROUS_TEST_BENCH_GRAPHCASES_H
#define ATROUS_TEST_BENCH_GRAPHCASES_H

#include "test/bench/KernelCase.h"

namespace atrous {

/// Pools, resizes, softmax and elementwise ops, on channels in blocks of
/// `lanes`.
std::vector<KernelCase> makeGraphCases(int64_t lanes);

} // namespace atrous

#endif // ATROUS_TEST_BENCH_GRAPHCASES_H
