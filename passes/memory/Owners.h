//===- Owners.h - Who has a share in a block of the heap --------*- C++ -*-===//

#ifndef ATROUS_PASSES_MEMORY_OWNERS_H
#define ATROUS_PASSES_MEMORY_OWNERS_H

#include "mlir/IR/Value.h"
#include "llvm/ADT/SmallVector.h"

namespace atrous {

/// Whether `value` comes with a share in a block of the heap: what is
/// allocated, and what branches and iterations hand over.
bool isOwner(mlir::Value value);

/// What `memref` is a view of, through whichever views.
mlir::Value getRoot(mlir::Value memref);

/// Whether the operands of `op` go to someone else, with their shares.
bool handsOver(mlir::Operation *op);

/// The uses of `owner` and of its views, views themselves left out; in no
/// order.
llvm::SmallVector<mlir::OpOperand *> getUses(mlir::Value owner);

} // namespace atrous

#endif // ATROUS_PASSES_MEMORY_OWNERS_H
