//===- PlainEmitter.h - Writes the loops of a plain kernel ------*- C++ -*-===//

#ifndef ATROUS_PASSES_CPU_PLAINEMITTER_H
#define ATROUS_PASSES_CPU_PLAINEMITTER_H

#include "passes/cpu/Loops.h"
#include "passes/cpu/PlainPlan.h"
#include "passes/cpu/Sizes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"

namespace atrous::cpu {

/// Accumulators of a reduction: enough to hide the latency of an addition.
constexpr int64_t kAccumulators = 4;

/// Carries a PlainPlan out: the loops in Plain.cpp, reductions by vectors in
/// PlainReduction.cpp.
class PlainEmitter {
public:
  PlainEmitter(mlir::OpBuilder &builder, KernelContext &context)
      : builder(builder), context(context), plan(planPlain(context)),
        root(context.root), loc(root.getLoc()),
        sizes(context.getLoopSizes(root)), ivs(sizes.size()) {
    unsigned dim = plan.vectorDim;
    if (plan.vectorized != PlainPlan::none)
      uniformity.emplace(root, dim, getVaryingArgs(root, dim));
  }

  void emit();

private:
  mlir::Value index(int64_t value) {
    return builder.create<mlir::arith::ConstantIndexOp>(loc, value);
  }
  mlir::Value index(mlir::OpFoldResult value) {
    return mlir::getValueOrCreateConstantIndexOp(builder, loc, value);
  }
  /// The mask of the first `count` lanes of a vector.
  mlir::Value createMask(mlir::OpFoldResult count) {
    return createLaneMask(builder, loc, plan.lanes, count);
  }
  /// Sets `chunks` and the number of tasks; gives the latter.
  mlir::OpFoldResult countTasks();
  void setTaskIndices(mlir::Value task, mlir::Value &chunk);
  std::pair<mlir::Value, mlir::Value> getRange(unsigned dim, mlir::Value chunk);
  void emitInner(unsigned depth, mlir::Value chunk);
  void emitLast(mlir::Value chunk);
  void emitRestOfVectors(mlir::Value from, mlir::Value to);
  void emitPoint(int64_t lanes, mlir::Value mask);
  llvm::SmallVector<mlir::Value> emitReductions(llvm::ArrayRef<unsigned> dims,
                                                mlir::ValueRange values,
                                                int64_t lanes,
                                                mlir::Value mask);
  llvm::SmallVector<mlir::Value> emitBody(mlir::ValueRange values,
                                          int64_t lanes, mlir::Value mask);
  llvm::SmallVector<mlir::Value> initialValues(int64_t lanes, mlir::Value mask);
  void finish(mlir::ValueRange values, int64_t lanes, mlir::Value mask);

  bool canInterleave(unsigned dim, int64_t lanes);
  mlir::Value emitInterleaved(unsigned dim, mlir::Value start, int64_t lanes,
                              mlir::Value mask);
  void emitReducedPoint();
  llvm::SmallVector<mlir::Value>
  emitVectorReduction(llvm::ArrayRef<unsigned> dims,
                      llvm::SmallVector<mlir::Value> accumulators);
  llvm::SmallVector<mlir::Value>
  emitReductionRow(llvm::SmallVector<mlir::Value> accumulators);
  mlir::Value combine(mlir::Value lhs, mlir::Value rhs);
  mlir::Value combineLanes(mlir::Value value);

  mlir::OpBuilder &builder;
  KernelContext &context;
  PlainPlan plan;
  mlir::linalg::GenericOp root;
  mlir::Location loc;
  llvm::SmallVector<mlir::OpFoldResult> sizes;
  /// How many chunks plan.chunked has.
  mlir::OpFoldResult chunks;
  /// The current index of each dimension that is bound so far.
  llvm::SmallVector<mlir::Value> ivs;
  std::optional<Uniformity> uniformity;
};

} // namespace atrous::cpu

#endif // ATROUS_PASSES_CPU_PLAINEMITTER_H
