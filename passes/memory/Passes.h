//===- Passes.h - Buffers, the arena, the constants section -----*- C++ -*-===//

#ifndef ATROUS_PASSES_MEMORY_PASSES_H
#define ATROUS_PASSES_MEMORY_PASSES_H

#include "mlir/Pass/Pass.h"

namespace mlir {
class ModuleOp;
} // namespace mlir

namespace atrous {

#define GEN_PASS_DECL
#include "passes/memory/Passes.h.inc"
#define GEN_PASS_REGISTRATION
#include "passes/memory/Passes.h.inc"

} // namespace atrous

#endif // ATROUS_PASSES_MEMORY_PASSES_H
