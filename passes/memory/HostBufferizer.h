//===- HostBufferizer.h - A host function on buffers ------------*- C++ -*-===//

#ifndef ATROUS_PASSES_MEMORY_HOSTBUFFERIZER_H
#define ATROUS_PASSES_MEMORY_HOSTBUFFERIZER_H

#include "mlir/Dialect/SCF/IR/SCF.h"
#include "passes/memory/BufferKernels.h"
#include "passes/memory/Placement.h"
#include <memory>

namespace atrous {

/// Whether `op` takes or makes a tensor.
bool isOnTensors(mlir::Operation *op);

/// Rewrites one host function. Tensors of static shape lie where Placement
/// says; the others, and what branches and iterations pass on, in blocks of the
/// heap (kernel.alloc), which ReleaseBuffers gives back.
class HostBufferizer {
public:
  HostBufferizer(mlir::func::FuncOp func, BufferKernels &kernels)
      : func(func), kernels(kernels), builder(func.getContext()) {}

  /// On failure an error has been emitted.
  mlir::LogicalResult run();

private:
  /// A block, and the memory of each of its buffers.
  struct Scope {
    explicit Scope(mlir::Block &block) : block(block), placement(block) {}
    mlir::Block &block;
    Placement placement;
    llvm::SmallVector<mlir::Value> memory;
  };

  void addArguments(Scope &scope);
  void addBuffers(Scope &scope);
  mlir::LogicalResult convertBlock(Scope &scope);
  mlir::LogicalResult convertOp(mlir::Operation *op);
  mlir::LogicalResult convertReturn(mlir::func::ReturnOp end);

  mlir::LogicalResult convertLaunch(kernel::LaunchOp launch);
  mlir::FailureOr<mlir::Value> allocateResult(kernel::LaunchOp launch,
                                              unsigned number);
  void convertExtern(kernel::ExternOp op);
  mlir::LogicalResult convertEmpty(mlir::tensor::EmptyOp op);
  mlir::LogicalResult convertCast(mlir::tensor::CastOp op);
  mlir::LogicalResult convertReshape(mlir::tensor::ReshapeOp op);
  mlir::LogicalResult convertElements(mlir::tensor::FromElementsOp op);
  void convertScalars(mlir::Operation *op);
  mlir::LogicalResult convertIf(mlir::scf::IfOp op);
  mlir::LogicalResult convertWhile(mlir::scf::WhileOp op);
  mlir::LogicalResult convertRegion(mlir::Region &from, mlir::Region &to);
  void convertResults(mlir::Operation *from, mlir::Operation *to);

  mlir::Value getMemref(mlir::Value tensor);
  mlir::Value getMemref(Scope &scope, const View &view, mlir::Type elementType);
  mlir::Value getOwned(mlir::Value tensor, mlir::Location loc);
  mlir::Value createReshaped(mlir::Location loc, mlir::Value memref,
                             llvm::ArrayRef<mlir::OpFoldResult> sizes,
                             mlir::RankedTensorType type);
  void createCopy(mlir::Location loc, mlir::Value from, mlir::Value to);

  mlir::func::FuncOp func;
  BufferKernels &kernels;
  mlir::OpBuilder builder;
  /// The blocks around the current op, innermost last.
  llvm::SmallVector<std::unique_ptr<Scope>> scopes;
  /// Tensors that lie in no block's own memory → their buffers.
  llvm::DenseMap<mlir::Value, mlir::Value> memrefs;
  /// What has been converted, in order.
  llvm::SmallVector<mlir::Operation *> converted;
  llvm::SmallVector<std::pair<mlir::Block *, unsigned>> oldArguments;
  /// Buffers that keep their values for the whole run.
  llvm::DenseSet<mlir::Value> constant;
};

} // namespace atrous

#endif // ATROUS_PASSES_MEMORY_HOSTBUFFERIZER_H
