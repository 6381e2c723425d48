//===- StrassenCosts.h - What Strassen's product takes ----------*- C++ -*-===//
//
// In the units of ConvCosts.h.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_PASSES_SCHEDULE_STRASSENCOSTS_H
#define ATROUS_PASSES_SCHEDULE_STRASSENCOSTS_H

#include "passes/schedule/CpuRows.h"
#include "passes/support/Strassen.h"

namespace atrous {

/// The plan of the kernel's product with `levels` levels, for a register tile
/// of at most `tile`; nullopt where it has no such product, or too few channels
/// for whole tiles.
std::optional<StrassenPlan> planStrassen(const KernelFacts &facts,
                                         RegisterTile tile, int64_t levels);

/// planStrassen must give a plan.
double getStrassenCost(const KernelFacts &facts, RegisterTile tile,
                       int64_t levels);

} // namespace atrous

#endif // ATROUS_PASSES_SCHEDULE_STRASSENCOSTS_H
