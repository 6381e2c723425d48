//===- ProgressLine.cpp - How far a long compilation is -------------------===//

#include "tools/atrous/ProgressLine.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

using namespace atrous;
using Clock = std::chrono::steady_clock;

/// Moves to the line's start and erases it.
static constexpr llvm::StringLiteral kErase = "\r\x1b[K";

ProgressLine::ProgressLine()
    : start(Clock::now()), isTerminal(llvm::errs().is_displayed()) {}

void ProgressLine::update(llvm::StringRef what, unsigned done, unsigned total) {
  auto elapsed = std::chrono::duration<double>(Clock::now() - start).count();
  if (!isTerminal || elapsed < 1.0)
    return;
  isShown = true;
  llvm::errs() << kErase << llvm::formatv("{0,5:f1} s  {1}", elapsed, what);
  if (total)
    llvm::errs() << llvm::formatv("  {0}/{1}", done, total);
  llvm::errs().flush();
}

void ProgressLine::clear() {
  if (isShown)
    llvm::errs() << kErase;
  isShown = false;
}
