//===- ProgressLine.h - How far a long compilation is -----------*- C++ -*-===//

#ifndef ATROUS_TOOLS_ATROUS_PROGRESSLINE_H
#define ATROUS_TOOLS_ATROUS_PROGRESSLINE_H

#include "llvm/ADT/StringRef.h"

#include <chrono>

namespace atrous {

/// One line on a terminal that is rewritten in place; silent in its first
/// second, and always where standard error is not a terminal.
class ProgressLine {
public:
  ProgressLine();
  ~ProgressLine() { clear(); }
  void update(llvm::StringRef what, unsigned done, unsigned total);
  void clear();

private:
  std::chrono::steady_clock::time_point start;
  bool isTerminal;
  bool isShown = false;
};

} // namespace atrous

#endif // ATROUS_TOOLS_ATROUS_PROGRESSLINE_H
