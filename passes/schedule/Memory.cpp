//===- Memory.cpp - What is kept in memory to save time -------------------===//

#include "passes/schedule/Memory.h"

#include "llvm/ADT/STLExtras.h"

using namespace atrous;

static constexpr llvm::StringLiteral kNames[] = {"low", "balanced", "fast"};

llvm::StringRef atrous::getName(MemoryUse use) {
  return kNames[static_cast<size_t>(use)];
}

std::optional<MemoryUse> atrous::parseMemoryUse(llvm::StringRef name) {
  const auto *found = llvm::find(kNames, name);
  if (found == std::end(kNames))
    return std::nullopt;
  return static_cast<MemoryUse>(found - std::begin(kNames));
}
