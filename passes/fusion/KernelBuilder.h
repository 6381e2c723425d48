//===- KernelBuilder.h - A cluster of ops as kernel.def ---------*- C++ -*-===//

#ifndef ATROUS_PASSES_FUSION_KERNELBUILDER_H
#define ATROUS_PASSES_FUSION_KERNELBUILDER_H

#include "dialects/kernel/Kernel.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/StringMap.h"

namespace atrous {

/// Ops that make one kernel: the root (a linalg.generic) and its epilogue in
/// order.
struct Cluster {
  mlir::Operation *root;
  llvm::SmallVector<mlir::linalg::GenericOp> epilogue;

  mlir::Operation *last() const {
    return epilogue.empty()
               ? root
               : mlir::linalg::GenericOp(epilogue.back()).getOperation();
  }
  /// What the kernel makes: for each of the root's results the end of the chain
  /// of epilogue ops upon it.
  llvm::SmallVector<mlir::Value> getResults() const;
  /// The locations of all ops, fused.
  mlir::Location getLoc() const;
};

/// Makes kernels, one for each distinct content.
class KernelBuilder {
public:
  /// Kernels go in front of `insertionPoint`.
  explicit KernelBuilder(mlir::Operation *insertionPoint)
      : builder(insertionPoint) {}

  /// Puts a launch of the cluster's kernel after its last op and uses its
  /// results from there on; the cluster's ops are left without users. Emits an
  /// error where an op needs something that no kernel can be given.
  mlir::LogicalResult build(const Cluster &cluster);

private:
  mlir::FailureOr<kernel::DefOp>
  createDef(const Cluster &cluster, llvm::SmallVectorImpl<mlir::Value> &inputs);
  kernel::DefOp uniqueDef(kernel::DefOp def, const Cluster &cluster);

  mlir::OpBuilder builder;
  /// Printed content → the kernel.
  llvm::StringMap<kernel::DefOp> kernels;
  llvm::StringMap<unsigned> names;
};

} // namespace atrous

#endif // ATROUS_PASSES_FUSION_KERNELBUILDER_H
