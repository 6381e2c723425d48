//===- WinogradCode.h - Index arithmetic of minimal filtering ---*- C++ -*-===//

#ifndef ATROUS_PASSES_CPU_WINOGRADCODE_H
#define ATROUS_PASSES_CPU_WINOGRADCODE_H

#include "passes/cpu/WinogradEmitter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

namespace atrous::cpu {

/// Index arithmetic and vector accesses at one place of the code.
struct Code {
  mlir::OpBuilder &b;
  mlir::Location loc;
  mlir::VectorType type;

  mlir::Value constant(int64_t value) {
    return b.create<mlir::arith::ConstantIndexOp>(loc, value);
  }
  mlir::Value add(mlir::Value index, mlir::Value other) {
    return b.create<mlir::arith::AddIOp>(loc, index, other);
  }
  mlir::Value add(mlir::Value index, int64_t other) {
    return other == 0 ? index : add(index, constant(other));
  }
  mlir::Value multiply(mlir::Value index, int64_t factor) {
    return b.create<mlir::arith::MulIOp>(loc, index, constant(factor));
  }
  mlir::Value load(mlir::Value buffer, mlir::Value index) {
    return b.create<mlir::vector::LoadOp>(loc, type, buffer, index);
  }
  void store(mlir::Value value, mlir::Value buffer, mlir::Value index) {
    b.create<mlir::vector::StoreOp>(loc, value, buffer, index);
  }
  void prefetch(mlir::Value buffer, mlir::Value index) {
    b.create<mlir::memref::PrefetchOp>(loc, buffer, index, /*isWrite=*/false,
                                       /*localityHint=*/3,
                                       /*isDataCache=*/true);
  }
  void loop(IndexRange range, llvm::function_ref<void(mlir::Value)> body) {
    auto loop =
        b.create<mlir::scf::ForOp>(loc, range.begin, range.end, constant(1));
    mlir::OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(loop.getBody());
    body(loop.getInductionVar());
  }
};

inline Code getCode(mlir::OpBuilder &builder, const KernelContext &context,
                    const WinogradConv &conv) {
  return {builder, context.getLoc(),
          mlir::VectorType::get({conv.plan.lanes}, builder.getF32Type())};
}

} // namespace atrous::cpu

#endif // ATROUS_PASSES_CPU_WINOGRADCODE_H
