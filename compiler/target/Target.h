//===- Target.h - The machine that a model is compiled for ------*- C++ -*-===//
//
// From `--mcpu` to LLVM's CPU name and features, the vector extension and the
// list of CPUID features that a model checks before it runs.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_COMPILER_TARGET_TARGET_H
#define ATROUS_COMPILER_TARGET_TARGET_H

#include "dialects/kernel/Kernel.h"
#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace atrous {

struct CpuTarget {
  std::string cpu;      ///< LLVM CPU name, e.g. "znver4"
  std::string features; ///< LLVM features that differ from the CPU's, "-gfni"
  kernel::CpuIsa isa = kernel::CpuIsa::avx2;
  int64_t lanes = 8; ///< f32 in a vector; the channel block
  /// atrous_model::cpu_features: what the emitted code may use.
  std::string requiredFeatures;
};

/// Resolves `native` or an LLVM CPU name. The error of an unknown name lists
/// the nearest ones; one of a CPU without AVX2 and FMA says so.
llvm::Expected<CpuTarget> selectCpu(llvm::StringRef mcpu);

/// Resolves names joined by "+", as in "x86-64-v3+x86-64-v4": those that ask
/// more of a machine come later. An error where two ask the same.
llvm::Expected<std::vector<CpuTarget>> selectCpus(llvm::StringRef mcpu);

/// The CPU names of targets, joined by "+".
std::string joinCpus(llvm::ArrayRef<CpuTarget> targets);

/// From the CPU name and feature string of a `kernel.target`.
llvm::Expected<CpuTarget> selectCpu(kernel::TargetAttr target);

/// The module attribute; `threads` as in Kernel_TargetAttr.
kernel::TargetAttr getTargetAttr(mlir::MLIRContext *context,
                                 const CpuTarget &target, int64_t threads);

} // namespace atrous

#endif // ATROUS_COMPILER_TARGET_TARGET_H
