//===- cpu_features.h - Can this CPU run a model? ---------------*- C++ -*-===//

#ifndef ATROUS_RUNTIME_CPU_CPU_FEATURES_H
#define ATROUS_RUNTIME_CPU_CPU_FEATURES_H

#include "runtime/abi/atrous_abi.h"

namespace atrous::runtime {

/// Checks a comma-separated list of LLVM feature names ("avx2,fma") against
/// CPUID and the registers that the operating system saves. The error lists
/// what is missing and, apart from that, names that this runtime does not know.
atrous_status checkCpuFeatures(const char *features, const char *cpu);

} // namespace atrous::runtime

#endif // ATROUS_RUNTIME_CPU_CPU_FEATURES_H
