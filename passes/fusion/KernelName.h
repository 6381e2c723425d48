//===- KernelName.h - What a kernel is called -------------------*- C++ -*-===//

#ifndef ATROUS_PASSES_FUSION_KERNELNAME_H
#define ATROUS_PASSES_FUSION_KERNELNAME_H

#include "passes/fusion/KernelBuilder.h"
#include <string>

namespace atrous {

/// `<root>{_<post>}__<types>__<layout>__<shape-class>__<hash6>`, for example
/// conv_bias_relu__f32__nchw16c__3x3s2__a1b2c3. The hash is that of `content`,
/// the printed kernel without locations.
std::string getKernelName(const Cluster &cluster, llvm::StringRef content);

} // namespace atrous

#endif // ATROUS_PASSES_FUSION_KERNELNAME_H
