//===- Passes.h - CPU code generation ---------------------------*- C++ -*-===//

#ifndef ATROUS_PASSES_CPU_PASSES_H
#define ATROUS_PASSES_CPU_PASSES_H

#include "mlir/Pass/Pass.h"

namespace atrous {

#define GEN_PASS_DECL
#include "passes/cpu/Passes.h.inc"
#define GEN_PASS_REGISTRATION
#include "passes/cpu/Passes.h.inc"

} // namespace atrous

#endif // ATROUS_PASSES_CPU_PASSES_H
