//===- KernelBody.h - The parts of a kernel ---------------------*- C++ -*-===//
//
// What is elementwise, what is an epilogue, and where the root and the epilogue
// of a kernel.def are. On tensors and on memrefs alike.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_PASSES_SUPPORT_KERNELBODY_H
#define ATROUS_PASSES_SUPPORT_KERNELBODY_H

#include "dialects/kernel/Kernel.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace atrous {

/// All loops are parallel, the one result is written by the identity map and
/// not read, and the body touches no tensor beside its operands.
bool isElementwise(mlir::linalg::GenericOp op);

/// Whether all ops of the body do on vectors what they do on scalars.
bool isMappableBody(mlir::linalg::GenericOp op);

/// Whether exactly one op uses `value`, be it several times.
bool hasOneUser(mlir::Value value);

/// Whether `op` could follow the op that makes `root` in its kernel: it is
/// elementwise, of the shape and element type of `root`, reads `root` by the
/// identity map only, and other operands by broadcast or permutation.
bool isEpilogueOf(mlir::linalg::GenericOp op, mlir::Value root);

/// The root of a kernel: its first linalg.generic.
mlir::Operation *getRoot(kernel::DefOp def);

/// The ops after the root, in order.
llvm::SmallVector<mlir::linalg::GenericOp> getEpilogue(kernel::DefOp def);

} // namespace atrous

#endif // ATROUS_PASSES_SUPPORT_KERNELBODY_H
