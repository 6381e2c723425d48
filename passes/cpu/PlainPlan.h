//===- PlainPlan.h - The loops of a plain kernel ----------------*- C++ -*-===//

#ifndef ATROUS_PASSES_CPU_PLAINPLAN_H
#define ATROUS_PASSES_CPU_PLAINPLAN_H

#include "passes/cpu/KernelEmitter.h"
#include "passes/cpu/VectorizedBody.h"

namespace atrous::cpu {

/// How the iteration space of a plain kernel is walked:
///
///   for task:                           a task is one index of `outer`
///     for `inner`...:                   and one chunk of `chunked`
///       for `last`:                     by vectors, if vectorized = parallel
///         for `reductions`...:          innermost by vectors, if = reduction
///           body
///         epilogue, store
///
/// `chunked` is `last`, or the first of `inner`.
struct PlainPlan {
  enum Vectorized { none, parallel, reduction };

  /// Of the iteration dimensions; kDynamic where they are known at run time.
  llvm::SmallVector<int64_t> sizes;
  llvm::SmallVector<unsigned> outer, inner;
  std::optional<unsigned> last; ///< absent without parallel dimensions
  llvm::SmallVector<unsigned> reductions;

  Vectorized vectorized = none;
  unsigned vectorDim = 0;
  int64_t lanes = 1;
  /// The rest of the vector dimension is done by a masked vector, not by
  /// scalars.
  bool masksRest = false;
  /// Why there are no vectors; empty otherwise.
  std::string refusal;

  std::optional<unsigned> chunked; ///< absent if no dimension is split
  int64_t chunk = 1;               ///< elements of `chunked` per task
};

/// The product of sizes; those that are not known count as `unknown`.
int64_t product(llvm::ArrayRef<int64_t> sizes, llvm::ArrayRef<unsigned> dims,
                int64_t unknown);

PlainPlan planPlain(const KernelContext &context);

/// The access of operand `operand` of the root along `dim`; scalars are
/// uniform.
Access classifyOperand(mlir::linalg::GenericOp root, mlir::OpOperand &operand,
                       unsigned dim);

/// The block arguments of `root` that are vectors along `dim`. Outputs are
/// always, also where `dim` is a reduction (its accumulator is a vector).
llvm::SmallVector<mlir::BlockArgument>
getVaryingArgs(mlir::linalg::GenericOp root, unsigned dim);

/// The op of `root`'s body that combines the one accumulator with a new value,
/// if it may be applied in any order; null otherwise.
mlir::Operation *matchCombiner(mlir::linalg::GenericOp root);

} // namespace atrous::cpu

#endif // ATROUS_PASSES_CPU_PLAINPLAN_H
