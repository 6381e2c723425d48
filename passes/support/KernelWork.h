//===- KernelWork.h - How much a kernel has to do ---------------*- C++ -*-===//

#ifndef ATROUS_PASSES_SUPPORT_KERNELWORK_H
#define ATROUS_PASSES_SUPPORT_KERNELWORK_H

#include "dialects/kernel/Kernel.h"
#include <optional>

namespace atrous {

/// Floating-point operations of the kernel's loops as they are written: a
/// convolution by whatever algorithm counts as the direct one. A function such
/// as exp counts as one. Nothing where a size is known at run time only.
std::optional<double> countOperations(kernel::DefOp def);

/// Bytes of all buffers of `types`, each counted once. Nothing where a size is
/// known at run time only.
std::optional<int64_t> countBytes(mlir::TypeRange types);

} // namespace atrous

#endif // ATROUS_PASSES_SUPPORT_KERNELWORK_H
