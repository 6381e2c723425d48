//===- KernelCase.h - What the kernel benchmark runs ------------*- C++ -*-===//

#ifndef ATROUS_TEST_BENCH_KERNELCASE_H
#define ATROUS_TEST_BENCH_KERNELCASE_H

#include "compiler/pipeline/Stage.h"

#include <cstdint>
#include <string>
#include <vector>

namespace atrous {

/// One way to write a case: a module that stands before stage `startAt`.
struct KernelVariant {
  std::string name;
  std::string text;
  Stage startAt;
};

/// A model of one op, f32, with one input and one output, and the least work
/// that it takes.
struct KernelCase {
  std::string name;
  std::vector<KernelVariant> variants;
  std::vector<int64_t> inShape, outShape;
  /// Two for each lane of an instruction of the multiply-add units.
  double flops = 0;
  /// Of weights, which are read beside the input.
  size_t constantBytes = 0;
};

} // namespace atrous

#endif // ATROUS_TEST_BENCH_KERNELCASE_H
