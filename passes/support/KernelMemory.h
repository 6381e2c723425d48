//===- KernelMemory.h - What a kernel needs beside its buffers --*- C++ -*-===//

#ifndef ATROUS_PASSES_SUPPORT_KERNELMEMORY_H
#define ATROUS_PASSES_SUPPORT_KERNELMEMORY_H

#include "dialects/kernel/Kernel.h"

namespace atrous {

/// Bytes, at multiples of 64.
struct KernelMemory {
  int64_t workspace = 0; ///< of a launch, shared by its threads
  int64_t scratch = 0;   ///< of each thread
  int64_t prepared = 0;  ///< of the model (kernel::kAtLoadAttr)
};

/// The memory of `def` as `schedule` has it carried out. On tensors and on
/// memrefs alike.
KernelMemory getKernelMemory(kernel::DefOp def,
                             kernel::CpuScheduleAttr schedule);

} // namespace atrous

#endif // ATROUS_PASSES_SUPPORT_KERNELMEMORY_H
