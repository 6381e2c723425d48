//===- Memory.h - What is kept in memory to save time -----------*- C++ -*-===//

#ifndef ATROUS_PASSES_SCHEDULE_MEMORY_H
#define ATROUS_PASSES_SCHEDULE_MEMORY_H

#include "llvm/ADT/StringRef.h"
#include <optional>

namespace atrous {

/// Whether the weights that minimal filtering transforms are transformed by
/// every run, or once, when the model is loaded. They then take the place of
/// the plain ones, and 4 times the memory of 3x3 kernels.
enum class MemoryUse {
  Low,      ///< by every run
  Balanced, ///< at load where maps are small, within a limit
  Fast      ///< at load
};

/// "low", "balanced", "fast".
llvm::StringRef getName(MemoryUse use);
std::optional<MemoryUse> parseMemoryUse(llvm::StringRef name);

} // namespace atrous

#endif // ATROUS_PASSES_SCHEDULE_MEMORY_H
