//===- Epilogue.h - The epilogue of a kernel, in registers ------*- C++ -*-===//

#ifndef ATROUS_PASSES_CPU_EPILOGUE_H
#define ATROUS_PASSES_CPU_EPILOGUE_H

#include "passes/cpu/KernelEmitter.h"

namespace atrous::cpu {

/// Applies the epilogue of the root's output number `output` to `value`, which
/// belongs at `indices` of that output (one index per dimension, all index
/// typed). For `lanes` == 1 `value` is a scalar; else it is
/// vector<lanes x T> and lies along the output's last dimension from indices
/// .back() on. `mask`, a vector<lanes x i1>, keeps loads of extra operands
/// within bounds; null loads all lanes. Gives the value to store.
///
/// Vectors need canVectorizeEpilogue.
mlir::Value emitEpilogue(mlir::OpBuilder &builder, mlir::Location loc,
                         KernelContext &context, mlir::Value value,
                         llvm::ArrayRef<mlir::Value> indices, int64_t lanes,
                         mlir::Value mask = {}, unsigned output = 0);

/// Finishes `sum`, a vector of the root's first output along its last
/// dimension: adds what the output starts from, applies the epilogue and
/// stores. `ivs` are the values of the root's loops, that of the vector its
/// first lane's.
void emitOutput(mlir::OpBuilder &builder, mlir::Location loc,
                KernelContext &context, mlir::Value sum,
                llvm::ArrayRef<mlir::Value> ivs);

/// Whether emitEpilogue can work on vectors along the last dimension of output
/// number `output`; if not, and `reason` is given, says why.
bool canVectorizeEpilogue(const KernelContext &context, unsigned output = 0,
                          std::string *reason = nullptr);

/// Emits an error at the kernel where the epilogue of its first output cannot.
mlir::LogicalResult requireVectorEpilogue(const KernelContext &context);

} // namespace atrous::cpu

#endif // ATROUS_PASSES_CPU_EPILOGUE_H
