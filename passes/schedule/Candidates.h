//===- Candidates.h - The schedules that cost alone decides -*- C++ -*-===//

#ifndef ATROUS_PASSES_SCHEDULE_CANDIDATES_H
#define ATROUS_PASSES_SCHEDULE_CANDIDATES_H

#include "passes/schedule/CpuRows.h"

namespace atrous {

struct ScheduleCandidate {
  llvm::StringRef row;
  kernel::CpuScheduleAttr schedule;
  double cost;
};

/// What chooseRow chooses from: the rows with a finite cost, the least first,
/// without those that make the same schedule as one before. Empty where the
/// order of rows decides.
llvm::SmallVector<ScheduleCandidate> getCandidates(const KernelFacts &facts);

} // namespace atrous

#endif // ATROUS_PASSES_SCHEDULE_CANDIDATES_H
