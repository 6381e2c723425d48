//===- PoolLoops.h - What pools are lowered with ----------------*- C++ -*-===//
//
// A pool is one reduction over the windows. Without padding the input is an
// operand, read at o*stride + k*dilation; with padding the body reads it at
// clamped indices and looks whether they were inside.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_DIALECTS_GRAPH_OPS_POOLLOOPS_H
#define ATROUS_DIALECTS_GRAPH_OPS_POOLLOOPS_H

#include "dialects/graph/Loops.h"

namespace atrous::graph {

/// The iteration space (n, c, o.., [ci] | k..) of a pool on physical tensors.
class PoolLoops {
public:
  template <typename Op>
  PoolLoops(Op op, mlir::Value input)
      : loops(op.getContext()), input(input), kernel(op.getKernelShape()),
        strides(op.getStrides()), dilations(op.getDilations()),
        pads(op.getPads()), rank(kernel.size()),
        blocked(isChannelBlocked(op.getInput().getType())),
        inputDims(getPhysicalDims(op.getInput().getType())) {
    initialize(getPhysicalResultType(op), op.getCeilMode());
  }

  Dim inputSize(int64_t i) const { return inputDims[i + 2]; }

  mlir::AffineMap outputMap() const { return loops.map(output); }
  mlir::AffineMap windowMap() const { return loops.map(window); }
  mlir::AffineMap inputMap() const;

  /// o*stride - pad_begin of spatial dimension i.
  mlir::Value start(mlir::OpBuilder &b, mlir::Location loc, int64_t i) const;

  /// The position in the input that the iteration looks at, not clamped.
  llvm::SmallVector<mlir::Value> position(mlir::OpBuilder &b,
                                          mlir::Location loc) const;

  mlir::Value inBounds(mlir::OpBuilder &b, mlir::Location loc,
                       llvm::ArrayRef<mlir::Value> indices) const;

  /// The nearest input element.
  mlir::Value load(mlir::OpBuilder &b, mlir::Location loc,
                   llvm::ArrayRef<mlir::Value> indices) const;

  Loops loops;
  mlir::Value input;
  llvm::ArrayRef<int64_t> kernel, strides, dilations, pads;
  int64_t rank;
  bool blocked;
  Dims inputDims;
  llvm::SmallVector<mlir::AffineExpr> outer, out, inner, window, output;
  /// No window leaves the input.
  bool staysInside = true;
  /// Clamping a tap gives another tap of the same window.
  bool touchesInput = true;

private:
  void initialize(mlir::RankedTensorType outputType, bool ceilMode);
};

/// Combines the output so far and an input element, widened to its type.
using CombineFn = llvm::function_ref<mlir::Value(
    mlir::OpBuilder &, mlir::Location, mlir::Value acc, mlir::Value element)>;
/// The start value of a reduction.
using IdentityFn =
    llvm::function_ref<mlir::Value(mlir::OpBuilder &, mlir::Location)>;

/// Combines all elements of each window into a tensor of `type`, whose elements
/// may be wider than the input's. Those outside of the input are replaced by
/// `identity`.
mlir::Value reduceWindows(mlir::OpBuilder &builder, mlir::Location loc,
                          const PoolLoops &pool, mlir::RankedTensorType type,
                          IdentityFn identity, bool clampedIsHarmless,
                          CombineFn combine);

} // namespace atrous::graph

#endif // ATROUS_DIALECTS_GRAPH_OPS_POOLLOOPS_H
