//===- GenericEvaluator.h - The loop nest of a linalg.generic ---*- C++ -*-===//

#ifndef ATROUS_PASSES_SUPPORT_GENERICEVALUATOR_H
#define ATROUS_PASSES_SUPPORT_GENERICEVALUATOR_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "passes/support/LaneProgram.h"

namespace atrous {

/// Runs `op` on `inputs` (its ins, in order; scalars as rank-0 buffers),
/// updating `outputs` (its outs). `lookup` gives what the body captures.
/// Elements of the parallel loops are taken kLanes at a time, row major;
/// for each, the reduction loops run in order. Failure: sizes that are not
/// static, an access outside its tensor, an unknown operation in the body, an
/// output indexed by a reduction loop.
llvm::LogicalResult
evaluateGeneric(mlir::linalg::GenericOp op, llvm::ArrayRef<TensorBuffer> inputs,
                llvm::MutableArrayRef<TensorBuffer> outputs,
                llvm::function_ref<const TensorBuffer *(mlir::Value)> lookup);

} // namespace atrous

#endif // ATROUS_PASSES_SUPPORT_GENERICEVALUATOR_H
