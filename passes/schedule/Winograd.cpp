//===- Winograd.cpp - How far minimal filtering may go --------------------===//

#include "passes/schedule/Winograd.h"

#include "llvm/ADT/STLExtras.h"

using namespace atrous;

static constexpr llvm::StringLiteral kNames[] = {"off", "accurate", "fast"};

llvm::StringRef atrous::getName(WinogradUse use) {
  return kNames[static_cast<size_t>(use)];
}

std::optional<WinogradUse> atrous::parseWinogradUse(llvm::StringRef name) {
  const auto *found = llvm::find(kNames, name);
  if (found == std::end(kNames))
    return std::nullopt;
  return static_cast<WinogradUse>(found - std::begin(kNames));
}
