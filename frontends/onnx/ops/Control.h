//===- Control.h - What If, Loop and Scan share -----------------*- C++ -*-===//

#ifndef ATROUS_FRONTENDS_ONNX_OPS_CONTROL_H
#define ATROUS_FRONTENDS_ONNX_OPS_CONTROL_H

#include "frontends/onnx/NodeImport.h"

namespace atrous::onnx_frontend {

/// The type with its rank, but without its sizes.
mlir::Type getLooseType(mlir::Type type);

/// The type of what is of type `type` or has no elements (graph.empty_scan).
mlir::Type getEmptyOrType(mlir::Type type);

/// The value under another type (graph.retype).
mlir::Value retype(NodeImport &node, mlir::Value value, mlir::Type type);

/// The graph attribute `name`, which must have `numInputs` inputs.
const onnx::GraphProto &getBody(NodeImport &node, llvm::StringRef name,
                                size_t numInputs);

/// What the body of a loop gets: its number (i64), the condition (i1) and the
/// values carried from the one before.
struct Iteration {
  mlir::Value number, condition;
  llvm::SmallVector<mlir::Value> carried;
};

/// What it gives: whether to go on (i1), the carried values, and one part of
/// each collected output.
struct IterationResult {
  mlir::Value condition;
  llvm::SmallVector<mlir::Value> carried, scans;
};

using IterationFn = llvm::function_ref<IterationResult(const Iteration &)>;

/// `values`, which must be tensors; `what` names them.
llvm::SmallVector<mlir::Value> getTensors(NodeImport &node,
                                          llvm::ArrayRef<GraphValue> values,
                                          llvm::StringRef what);

/// A loop as scf.while: runs while `condition` (i1) holds, at most `limit`
/// (i64, null for no limit) times. Returns the carried values, then the
/// collected ones, stacked along a new first dimension.
llvm::SmallVector<mlir::Value> createWhile(NodeImport &node, mlir::Value limit,
                                           mlir::Value condition,
                                           llvm::ArrayRef<mlir::Value> carried,
                                           IterationFn iterate);

/// The size of `value` along `axis`, as i64.
mlir::Value getSize(NodeImport &node, mlir::Value value, int64_t axis);

/// `value` backwards along its first dimension.
mlir::Value createReversed(NodeImport &node, mlir::Value value);

} // namespace atrous::onnx_frontend

#endif // ATROUS_FRONTENDS_ONNX_OPS_CONTROL_H
