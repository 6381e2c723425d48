//===- RuntimeFunctions.h - Runtime functions at compile time ---*- C++ -*-===//

#ifndef ATROUS_PASSES_SUPPORT_RUNTIMEFUNCTIONS_H
#define ATROUS_PASSES_SUPPORT_RUNTIMEFUNCTIONS_H

#include "dialects/graph/Graph.h"
#include "passes/support/TensorBuffer.h"

namespace atrous {

/// Calls the op's runtime function on `operands`, one per operand, on their
/// physical types. One value per result; it says the sizes that the result's
/// type does not. Silent on failure: data that the function refuses, a rank
/// that is not known, too much memory.
llvm::FailureOr<llvm::SmallVector<TensorBuffer>>
evaluateOp(graph::RuntimeOpInterface op,
           llvm::ArrayRef<TensorBuffer> operands);

} // namespace atrous

#endif // ATROUS_PASSES_SUPPORT_RUNTIMEFUNCTIONS_H
