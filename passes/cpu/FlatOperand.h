//===- FlatOperand.h - A buffer as one dimension ----------------*- C++ -*-===//

#ifndef ATROUS_PASSES_CPU_FLATOPERAND_H
#define ATROUS_PASSES_CPU_FLATOPERAND_H

#include "passes/cpu/KernelEmitter.h"
#include "passes/support/ConvAnalysis.h"

namespace atrous::cpu {

/// An operand of a kernel's root whose indices are sums of multiples of loops,
/// as an array of one dimension.
class FlatOperand {
public:
  FlatOperand(mlir::OpBuilder &builder, const KernelContext &context,
              mlir::OpOperand &operand);

  mlir::Value getBuffer() const { return buffer; }
  /// Elements from `count` steps of `loop`; 0 for a loop that is not there.
  mlir::Value getOffset(mlir::OpBuilder &builder, mlir::Location loc, Loop loop,
                        mlir::Value count) const;

private:
  mlir::Value buffer;
  llvm::SmallVector<mlir::OpFoldResult> steps; ///< of each loop
};

} // namespace atrous::cpu

#endif // ATROUS_PASSES_CPU_FLATOPERAND_H
