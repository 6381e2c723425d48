//===- BufferKernels.h - Kernels on buffers ---------------------*- C++ -*-===//

#ifndef ATROUS_PASSES_MEMORY_BUFFERKERNELS_H
#define ATROUS_PASSES_MEMORY_BUFFERKERNELS_H

#include "dialects/kernel/Kernel.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringMap.h"

namespace atrous {

/// Makes kernels on memrefs out of kernels on tensors, one for each distinct
/// signature, and kernels that copy.
class BufferKernels {
public:
  explicit BufferKernels(mlir::ModuleOp module);

  /// The kernel on tensors that `launch` calls.
  kernel::DefOp getCallee(kernel::LaunchOp launch) const {
    return tensorKernels.lookup(launch.getCalleeAttr().getAttr());
  }

  /// `def` with its inputs, then its results, as buffers of the given types
  /// (any offset). Emits an error where the body has an op without a form on
  /// buffers.
  mlir::FailureOr<kernel::DefOp> get(kernel::DefOp def,
                                     mlir::TypeRange buffers);

  /// Where what a kernel of `get` has prepared for a constant lies; equal
  /// requests get the same place.
  int64_t getPrepared(kernel::DefOp def, mlir::Attribute constant);

  /// A kernel that copies a buffer to another one of the same shape.
  kernel::DefOp getCopy(mlir::MemRefType from, mlir::MemRefType to);

  /// Erases the kernels on tensors; until then those on buffers bear the same
  /// names.
  void eraseTensorKernels();

private:
  kernel::DefOp create(mlir::Location loc, llvm::StringRef name,
                       llvm::ArrayRef<mlir::Type> types,
                       mlir::Operation *before);

  mlir::ModuleOp module;
  llvm::MapVector<mlir::StringAttr, kernel::DefOp> tensorKernels;
  llvm::StringMap<unsigned> names;
  /// Offsets in the prepared memory.
  llvm::DenseMap<std::pair<mlir::Operation *, mlir::Attribute>, int64_t>
      prepared;
  /// The tensor kernel (null for a copy) and the signature → the kernel.
  llvm::MapVector<std::pair<mlir::Operation *, mlir::Type>, kernel::DefOp>
      kernels;
};

} // namespace atrous

#endif // ATROUS_PASSES_MEMORY_BUFFERKERNELS_H
