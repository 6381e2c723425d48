//===- Summands.h - How long sums are ---------------------------*- C++ -*-===//
//
// A sum in f32 of n products in a row has a rounding error that grows with the
// root of n, at worst with n. Sums of sums have those of both lengths.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_PASSES_SUPPORT_SUMMANDS_H
#define ATROUS_PASSES_SUPPORT_SUMMANDS_H

#include <cstdint>

namespace atrous {

/// Products of transformed operands that are summed up in a row. An error of
/// theirs weighs more than an output's: with 512 in a row F(4x4) had 9 times
/// that of a direct convolution.
constexpr int64_t kSummands = 64;

/// Products of plain operands. A register tile adds its accumulators to others
/// in memory then, which takes a hundredth of the time.
constexpr int64_t kPlainSummands = 256;

} // namespace atrous

#endif // ATROUS_PASSES_SUPPORT_SUMMANDS_H
