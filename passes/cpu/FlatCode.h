//===- FlatCode.h - Code on memory of one dimension -------------*- C++ -*-===//

#ifndef ATROUS_PASSES_CPU_FLATCODE_H
#define ATROUS_PASSES_CPU_FLATCODE_H

#include "passes/cpu/Loops.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

namespace atrous::cpu {

/// A place in f32 memory of one dimension.
struct Place {
  mlir::Value buffer, offset;
};

/// Numbers [begin, end).
struct IndexRange {
  mlir::Value begin, end;
};

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
  /// `number` times `step` elements behind `place`.
  Place advance(Place place, mlir::Value number, int64_t step) {
    return {place.buffer, add(place.offset, multiply(number, step))};
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
  void loop(IndexRange range, llvm::function_ref<void(mlir::Value)> body,
            int64_t step = 1) {
    buildLoop(b, loc, range.begin, range.end, step, {},
              [&](mlir::Value iv, mlir::ValueRange) {
                body(iv);
                return llvm::SmallVector<mlir::Value>();
              });
  }
};

/// Code on vectors of `lanes` floats.
inline Code getCode(mlir::OpBuilder &builder, mlir::Location loc,
                    int64_t lanes) {
  return {builder, loc, mlir::VectorType::get({lanes}, builder.getF32Type())};
}

/// Input channels from which on weights are loaded before they are needed,
/// where each is stored to many places: so many stores at once keep the
/// hardware from foreseeing the loads.
constexpr int64_t kPrefetchedChannels = 8;

/// f32 memory of the function, on its stack.
mlir::Value createLocalBuffer(mlir::OpBuilder &builder,
                              const KernelContext &context, int64_t elements);

/// Dense f32 memory of the launch or of the thread.
class Memory {
public:
  Memory(mlir::OpBuilder &builder, mlir::Location loc, mlir::Value start,
         int64_t size);
  /// Element `number` * `step` + `offset`.
  Place at(mlir::OpBuilder &b, mlir::OpFoldResult number, int64_t step,
           int64_t offset = 0) const;
  Place at(mlir::OpBuilder &b, int64_t offset) const {
    return at(b, b.getIndexAttr(0), 1, offset);
  }

private:
  mlir::Location loc;
  mlir::Value buffer;
};

} // namespace atrous::cpu

#endif // ATROUS_PASSES_CPU_FLATCODE_H
