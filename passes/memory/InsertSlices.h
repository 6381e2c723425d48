//===- InsertSlices.h - What a chain of inserts overwrites ------*- C++ -*-===//

#ifndef ATROUS_PASSES_MEMORY_INSERTSLICES_H
#define ATROUS_PASSES_MEMORY_INSERTSLICES_H

#include "mlir/Dialect/Tensor/IR/Tensor.h"

namespace atrous {

/// Whether an insert_slice may write upon its destination: nothing else reads
/// that, nor anything that lies in it.
bool isConsumed(mlir::Value dest);

/// Whether the kernel that makes the source may write it in its slice at once:
/// what else is written there is written before it. Other readers of the source
/// find it there as long as nothing is written upon it.
bool canMakeInPlace(mlir::tensor::InsertSliceOp insert);

} // namespace atrous

#endif // ATROUS_PASSES_MEMORY_INSERTSLICES_H
