//===- Loops.h - Loops under construction -----------------------*- C++ -*-===//

#ifndef ATROUS_PASSES_CPU_LOOPS_H
#define ATROUS_PASSES_CPU_LOOPS_H

#include "passes/cpu/KernelEmitter.h"

namespace atrous::cpu {

/// Builds `for iv = from to to step step` with `values` carried; `body` gives
/// their next ones. Returns the last ones.
llvm::SmallVector<mlir::Value>
buildLoop(mlir::OpBuilder &builder, mlir::Location loc, mlir::Value from,
          mlir::Value to, int64_t step, mlir::ValueRange values,
          llvm::function_ref<llvm::SmallVector<mlir::Value>(mlir::Value,
                                                            mlir::ValueRange)>
              body);

/// Builds the loop over the tasks that the function is called for, whose
/// numbers count the elements of an array of `sizes`; `body` gets the indices
/// of one.
void buildTaskLoop(mlir::OpBuilder &builder, const KernelContext &context,
                   llvm::ArrayRef<mlir::OpFoldResult> sizes,
                   llvm::function_ref<void(llvm::ArrayRef<mlir::Value>)> body);

} // namespace atrous::cpu

#endif // ATROUS_PASSES_CPU_LOOPS_H
