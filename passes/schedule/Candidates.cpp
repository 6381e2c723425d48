//===- Candidates.cpp - The schedules that cost alone decides between -----===//

#include "passes/schedule/Candidates.h"

#include <cmath>

using namespace atrous;

llvm::SmallVector<ScheduleCandidate>
atrous::getCandidates(const KernelFacts &facts) {
  llvm::SmallVector<ScheduleCandidate> candidates;
  if (!chooseRow(facts).cost)
    return candidates;
  for (const CpuScheduleRow &row : getCpuRows()) {
    if (!row.cost || !row.admits(facts))
      continue;
    double cost = row.cost(facts, row.tile);
    if (std::isfinite(cost))
      candidates.push_back({row.name, row.make(facts, row.tile), cost});
  }
  llvm::stable_sort(candidates, [](const auto &lhs, const auto &rhs) {
    return lhs.cost < rhs.cost;
  });
  llvm::DenseSet<mlir::Attribute> seen;
  llvm::erase_if(candidates, [&](const ScheduleCandidate &candidate) {
    return !seen.insert(candidate.schedule).second;
  });
  return candidates;
}
