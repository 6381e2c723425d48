//===- WinogradError.h - Rounding errors of convolutions --------*- C++ -*-===//
//
// What rounding to f32 (u = 2^-24) does to a convolution, to first order:
//
//  - `bound` holds for every input. It follows an output's roundings one by
//    one (N. Higham, "Accuracy and Stability of Numerical Algorithms", 2002,
//    sections 3.1 and 3.5; for minimal filtering B. Barabasz, A. Anderson,
//    K. Soodhalter and D. Gregg, "Error Analysis and Improving the Accuracy of
//    Winograd Convolution for Deep Neural Networks", 2020):
//
//      |error| <= L u |A^T| [(|G| |weights|) * (|B^T| |input|)]
//
//    with L the roundings on the longest way through the sums. It is given as
//    part of the largest value that an output can have: the number of products
//    times the largest |weight| times the largest |input|.
//  - `expected` is the root mean square of the error as part of that of the
//    outputs, where weights and inputs are independent of mean 0. Roundings
//    then add up as their squares.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_PASSES_SUPPORT_WINOGRADERROR_H
#define ATROUS_PASSES_SUPPORT_WINOGRADERROR_H

#include "passes/support/Winograd.h"
#include "llvm/ADT/ArrayRef.h"
#include <optional>

namespace atrous {

struct RoundingError {
  double bound = 0, expected = 0;
};

/// Of an output that is the sum of so many products, as the direct algorithm
/// adds them up: long sums are sums of sums (kPlainSummands).
RoundingError getDirectError(int64_t products);

/// Minimal filtering in several dimensions, one after the other. What is
/// multiplied at a point, over all channels and phases, is summed up `chunk` at
/// a time, then those sums.
RoundingError getFilteringError(llvm::ArrayRef<MinimalFilter> filters,
                                int64_t channels, int64_t chunk);

/// Of a convolution of f32 as its schedule has it, and by the direct algorithm.
struct ConvErrors {
  RoundingError own, direct;
};

/// Nothing where the kernel's root is no convolution, or one that is summed up
/// in another way than the two.
std::optional<ConvErrors> getConvErrors(kernel::DefOp def);

} // namespace atrous

#endif // ATROUS_PASSES_SUPPORT_WINOGRADERROR_H
