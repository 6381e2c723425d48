//===- RuntimeCall.h - Ops done by functions of the runtime -----*- C++ -*-===//

#ifndef ATROUS_PASSES_FUSION_RUNTIMECALL_H
#define ATROUS_PASSES_FUSION_RUNTIMECALL_H

#include "dialects/graph/Graph.h"

namespace atrous {

/// The physical results of `op` on physical `operands`: a kernel.extern, whose
/// results have tensor.empty as destinations if all are static. Of an op that
/// gives a view the kernel.extern computes the shape of a tensor.reshape.
llvm::SmallVector<mlir::Value>
createRuntimeCall(mlir::OpBuilder &builder, graph::RuntimeOpInterface op,
                  mlir::ValueRange operands);

} // namespace atrous

#endif // ATROUS_PASSES_FUSION_RUNTIMECALL_H
