//===- Passes.h - Choosing schedules ----------------------------*- C++ -*-===//

#ifndef ATROUS_PASSES_SCHEDULE_PASSES_H
#define ATROUS_PASSES_SCHEDULE_PASSES_H

#include "mlir/Pass/Pass.h"

namespace mlir {
class ModuleOp;
} // namespace mlir

namespace atrous {

#define GEN_PASS_DECL
#include "passes/schedule/Passes.h.inc"
#define GEN_PASS_REGISTRATION
#include "passes/schedule/Passes.h.inc"

} // namespace atrous

#endif // ATROUS_PASSES_SCHEDULE_PASSES_H
