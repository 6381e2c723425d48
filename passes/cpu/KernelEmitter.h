//===- KernelEmitter.h - What a CPU algorithm implements --------*- C++ -*-===//
//
// EmitKernels takes a plan-stage kernel.def apart into a KernelContext and
// hands it to the algorithm that its schedule names. The algorithm writes the
// loops of one function:
//
//   func.func private @sym(%in..., %out..., %begin: index, %end: index)
//       attributes {kernel.tasks = N : i64}
//
// which runs tasks [begin, end) of N independent ones. It computes the root in
// registers, passes each finished value through emitEpilogue (Epilogue.h) and
// stores it once.
//
// Where a buffer has dynamic sizes, they are arguments, too, and the number of
// tasks is a function of them. Such a buffer is dense:
//
//   func.func private @sym(%x: memref<f32>, %width: index, %y: memref<f32>,
//                          %size_of_x: index..., %size_of_y: index...,
//                          %begin: index, %end: index)
//       attributes {kernel.tasks_function = @sym__tasks,
//                   kernel.work_per_task = n : i64}
//   func.func private @sym__tasks(%width: index, %size_of_x: index...,
//                                 %size_of_y: index...) -> index
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_PASSES_CPU_KERNELEMITTER_H
#define ATROUS_PASSES_CPU_KERNELEMITTER_H

#include "dialects/kernel/Kernel.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/IRMapping.h"

namespace atrous::cpu {

/// A kernel taken apart, and its function under construction. The root and the
/// epilogue are ops of `def`; `bufferFor` gives the function's value for one
/// of theirs. Roots with buffer semantics only.
struct KernelContext {
  kernel::DefOp def;
  kernel::CpuScheduleAttr schedule;
  /// Threads that the tasks should keep busy, at least 1.
  int64_t threads = 1;

  mlir::linalg::GenericOp root;
  /// Per output of the root: the scalar that it starts from (a value of
  /// `func`), or null where the body accumulates on what is in memory or does
  /// not read its output.
  llvm::SmallVector<mlir::Value> initValues;
  /// Elementwise ops over an output of the root, in order. The iteration space
  /// is the output's; an operand that is the output buffer stands for the
  /// value so far.
  llvm::SmallVector<mlir::linalg::GenericOp> epilogue;

  mlir::func::FuncOp func;
  /// The arguments of `func` that say which tasks to run.
  mlir::Value begin, end;
  /// Memory of the launch, of the thread, and of the model, which phases at
  /// load write, memref<f32>; null where the schedule asks for none.
  mlir::Value workspace, scratch, prepared;
  /// Those that the number of tasks depends on: index operands of the kernel,
  /// then the dynamic sizes of its buffers.
  llvm::SmallVector<mlir::Value> sizeArguments;
  bool hasDynamicSizes = false;
  /// Values of `def` outside of linalg ops (arguments, constants) → `func`'s.
  mlir::IRMapping mapping;

  mlir::Location getLoc() const { return kernel::DefOp(def).getLoc(); }
  /// The function's value for an operand of root or epilogue, or for a value
  /// that their bodies capture.
  mlir::Value bufferFor(mlir::Value defValue) const {
    return mapping.lookup(defValue);
  }
  /// The sizes of the loops of `op`, which is the root or of the epilogue.
  llvm::SmallVector<mlir::OpFoldResult>
  getLoopSizes(mlir::linalg::GenericOp op) const;
  /// Records how many tasks the function has, and about how many points of the
  /// root's loops and elements of its output one of them does.
  void setTasks(mlir::OpFoldResult tasks, int64_t points,
                int64_t elements) const;
  /// f32 elements of a vector register: 16 (AVX-512) or 8 (AVX2).
  int64_t registerLanes() const {
    return schedule.getIsa() == kernel::CpuIsa::avx512 ? 16 : 8;
  }
};

/// An algorithm. `builder` stands in the entry block of context.func, before
/// its terminator. Sets the number of tasks. On failure it has emitted an
/// error at context.def.
using EmitKernelFn = mlir::LogicalResult (*)(mlir::OpBuilder &builder,
                                             KernelContext &context);

/// Loops over the iteration space as written; legal for every root.
mlir::LogicalResult emitPlain(mlir::OpBuilder &, KernelContext &);
/// Convolution of a channel-blocked activation, register-tiled over output
/// blocks and columns.
mlir::LogicalResult emitDirectConv(mlir::OpBuilder &, KernelContext &);
mlir::LogicalResult emitMatMul(mlir::OpBuilder &, KernelContext &);
/// Convolution with one channel per group, blocked.
mlir::LogicalResult emitDepthwise(mlir::OpBuilder &, KernelContext &);
/// 3x3 convolution by minimal filtering (passes/support/Winograd.h).
mlir::LogicalResult emitWinogradByTiles(mlir::OpBuilder &, KernelContext &);
mlir::LogicalResult emitWinogradByChannels(mlir::OpBuilder &, KernelContext &);
/// Product of packed matrices with fewer multiplications
/// (passes/support/Strassen.h).
mlir::LogicalResult emitStrassen(mlir::OpBuilder &, KernelContext &);
/// Elementwise loops that read along another dimension than they write.
mlir::LogicalResult emitTranspose(mlir::OpBuilder &, KernelContext &);

} // namespace atrous::cpu

#endif // ATROUS_PASSES_CPU_KERNELEMITTER_H
