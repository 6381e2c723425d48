//===- Sizes.h - Sizes that are known, or computed at run time --*- C++ -*-===//
//
// A size is an OpFoldResult: an index attribute, or a value of the kernel's
// function. Arithmetic on known sizes makes no code.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_PASSES_CPU_SIZES_H
#define ATROUS_PASSES_CPU_SIZES_H

#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/Builders.h"

namespace atrous::cpu {

/// `size` as an integer, or ShapedType::kDynamic.
int64_t getKnownSize(mlir::OpFoldResult size);

/// Sums, products and quotients of sizes, none negative. `divisor` > 0.
mlir::OpFoldResult add(mlir::OpBuilder &builder, mlir::Location loc,
                       mlir::OpFoldResult lhs, mlir::OpFoldResult rhs);
mlir::OpFoldResult multiply(mlir::OpBuilder &builder, mlir::Location loc,
                            mlir::OpFoldResult lhs, mlir::OpFoldResult rhs);
/// The product of all, from the first on.
mlir::OpFoldResult multiplyAll(mlir::OpBuilder &builder, mlir::Location loc,
                               llvm::ArrayRef<mlir::OpFoldResult> sizes);
mlir::OpFoldResult divideCeil(mlir::OpBuilder &builder, mlir::Location loc,
                              mlir::OpFoldResult size, int64_t divisor);
/// `size` without the part that is left over by steps of `step`.
mlir::OpFoldResult roundDown(mlir::OpBuilder &builder, mlir::Location loc,
                             mlir::OpFoldResult size, int64_t step);

/// The type of a dense buffer of `sizes`.
mlir::MemRefType getDenseType(mlir::Type elementType,
                              llvm::ArrayRef<mlir::OpFoldResult> sizes);
/// The dense buffer of `sizes` at the address of `source`.
mlir::Value createDenseView(mlir::OpBuilder &builder, mlir::Location loc,
                            mlir::Value source,
                            llvm::ArrayRef<mlir::OpFoldResult> sizes);

/// Elements from the first of `buffer` to the last, about; 1 where there are
/// none. `buffer` as for getSizes.
mlir::OpFoldResult getSpan(mlir::OpBuilder &builder, mlir::Location loc,
                           mlir::Value buffer);

/// The indices of element `number` of a dense array of `sizes`.
llvm::SmallVector<mlir::Value>
delinearize(mlir::OpBuilder &builder, mlir::Location loc, mlir::Value number,
            llvm::ArrayRef<mlir::OpFoldResult> sizes);

/// Sizes and strides of a buffer of a kernel's function: of static type, or
/// the result of createDenseView.
llvm::SmallVector<mlir::OpFoldResult> getSizes(mlir::Value buffer);
llvm::SmallVector<mlir::OpFoldResult> getStrides(mlir::Value buffer);

} // namespace atrous::cpu

#endif // ATROUS_PASSES_CPU_SIZES_H
