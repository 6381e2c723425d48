//===- Folding.h - Replacing an op by its value -----------------*- C++ -*-===//

#ifndef ATROUS_PASSES_GRAPH_FOLDING_H
#define ATROUS_PASSES_GRAPH_FOLDING_H

#include "mlir/IR/Operation.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace atrous {

/// Replaces the results of a graph op, if its fold method knows them or if its
/// operands are constant, `mayEvaluate` agrees and its lowering or its runtime
/// function can be run. A result whose sizes depend on data becomes a constant
/// of static type: where `mayEvaluate` agrees to that, types of users must be
/// inferred anew. The op is then without uses, and still there. Silent on
/// failure.
bool foldToValues(mlir::Operation *op,
                  llvm::function_ref<bool(mlir::Operation *)> mayEvaluate);

/// Bytes of all operands and of all results; -1 if one is not static.
int64_t getOperandBytes(mlir::Operation *op);
int64_t getResultBytes(mlir::Operation *op);

} // namespace atrous

#endif // ATROUS_PASSES_GRAPH_FOLDING_H
