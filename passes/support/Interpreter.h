//===- Interpreter.h - Values of linalg on tensors --------------*- C++ -*-===//
//
// Evaluates what LinalgLoweringOpInterface::lowerToLinalg emits: linalg.fill,
// linalg.generic, tensor.{empty, expand_shape, collapse_shape, cast,
// extract_slice, insert_slice, concat} and arith.constant, with static sizes
// and offsets. tensor.empty is zero-filled. It folds constants, and it is what
// tests take for truth.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_PASSES_SUPPORT_INTERPRETER_H
#define ATROUS_PASSES_SUPPORT_INTERPRETER_H

#include "dialects/graph/Graph.h"
#include "passes/support/TensorBuffer.h"

namespace atrous {

/// Runs the operations of `block`, whose arguments have the values
/// `arguments`, and returns the values of `results` (ranked tensors). Silent
/// on failure: an operation that it does not know, sizes that are not static,
/// an access outside a tensor, no memory.
llvm::FailureOr<llvm::SmallVector<TensorBuffer>>
interpret(mlir::Block &block, llvm::ArrayRef<TensorBuffer> arguments,
          mlir::ValueRange results);

/// The value of a graph constant, on its physical type. The attribute must
/// outlive the buffer. Failure: not a constant, or its bytes were released.
llvm::FailureOr<TensorBuffer> getConstantBuffer(mlir::Value value);

/// `values`, one per operand that `op` has, as lowerToLinalg counts them: a
/// null stands for an absent optional operand, which the segment sizes tell.
llvm::SmallVector<mlir::Value>
withAbsentOperands(mlir::Operation *op, llvm::ArrayRef<mlir::Value> values);

/// Lowers `op` aside and runs it on `operands`, one per operand, on their
/// physical types. One value per result, on its physical type. Silent on
/// failure.
llvm::FailureOr<llvm::SmallVector<TensorBuffer>>
evaluateOp(graph::LinalgLoweringOpInterface op,
           llvm::ArrayRef<TensorBuffer> operands);

} // namespace atrous

#endif // ATROUS_PASSES_SUPPORT_INTERPRETER_H
