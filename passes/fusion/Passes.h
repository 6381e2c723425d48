//===- Passes.h - From graph ops to kernels ---------------------*- C++ -*-===//

#ifndef ATROUS_PASSES_FUSION_PASSES_H
#define ATROUS_PASSES_FUSION_PASSES_H

#include "mlir/Pass/Pass.h"

namespace mlir {
class ModuleOp;
} // namespace mlir

namespace atrous {

/// Attribute of a linalg op between LowerGraph and FormKernels: what it does,
/// as a part of the name of its kernel ("conv", "mul_add_relu").
constexpr llvm::StringLiteral kPartNameAttr = "kernel.part";

#define GEN_PASS_DECL
#include "passes/fusion/Passes.h.inc"
#define GEN_PASS_REGISTRATION
#include "passes/fusion/Passes.h.inc"

} // namespace atrous

#endif // ATROUS_PASSES_FUSION_PASSES_H
