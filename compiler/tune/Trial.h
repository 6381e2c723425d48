//===- Trial.h - One kernel by several schedules ----------------*- C++ -*-===//

#ifndef ATROUS_COMPILER_TUNE_TRIAL_H
#define ATROUS_COMPILER_TUNE_TRIAL_H

#include "dialects/kernel/Kernel.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"

namespace atrous {

/// A network, of stage `schedule`, that runs a kernel of known sizes once by
/// each schedule. All that the kernel reads are inputs: the first is shared, as
/// in a network it comes warm from the layer before; of the others, which are
/// weights, each schedule has its own, so that they have not just been read.
mlir::OwningOpRef<mlir::ModuleOp>
makeTrial(kernel::DefOp def, kernel::TargetAttr target,
          llvm::ArrayRef<kernel::CpuScheduleAttr> schedules);

/// Seconds of each schedule, from the trial's library: the shortest of several
/// runs.
llvm::Expected<std::vector<double>> runTrial(const std::string &library,
                                             int32_t threads, size_t schedules,
                                             double seconds);

} // namespace atrous

#endif // ATROUS_COMPILER_TUNE_TRIAL_H
