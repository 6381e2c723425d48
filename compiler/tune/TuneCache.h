//===- TuneCache.h - Schedules that were the fastest ------------*- C++ -*-===//

#ifndef ATROUS_COMPILER_TUNE_TUNECACHE_H
#define ATROUS_COMPILER_TUNE_TUNECACHE_H

#include "dialects/kernel/Kernel.h"
#include "llvm/ADT/ArrayRef.h"

namespace atrous {

/// A folder of text files, one for each kernel: its schedule attribute. What
/// cannot be read or written costs no more than timing again.
class TuneCache {
public:
  /// In `tune` of the folder; turned off where it is empty.
  explicit TuneCache(llvm::StringRef folder);

  /// Tells a kernel, its target, this CPU, this compiler and the schedules that
  /// it could have from all others.
  static std::string getKey(kernel::DefOp def, kernel::TargetAttr target,
                            llvm::ArrayRef<kernel::CpuScheduleAttr> schedules);

  /// The schedule of the key, if it is one of `schedules`.
  kernel::CpuScheduleAttr
  find(llvm::StringRef key, llvm::ArrayRef<kernel::CpuScheduleAttr> schedules);
  void add(llvm::StringRef key, kernel::CpuScheduleAttr schedule);

private:
  std::string folder;
};

} // namespace atrous

#endif // ATROUS_COMPILER_TUNE_TUNECACHE_H
