//===- FlatCode.cpp - Code on memory of one dimension ---------------------===//

#include "passes/cpu/FlatCode.h"

#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "passes/cpu/Sizes.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

Value cpu::createLocalBuffer(OpBuilder &builder, const KernelContext &context,
                             int64_t elements) {
  OpBuilder::InsertionGuard guard(builder);
  func::FuncOp func = context.func;
  builder.setInsertionPointToStart(&func.getBody().front());
  auto type = MemRefType::get({elements}, builder.getF32Type());
  return builder.create<memref::AllocaOp>(func.getLoc(), type,
                                          builder.getI64IntegerAttr(64));
}

Memory::Memory(OpBuilder &builder, Location loc, Value start, int64_t size)
    : loc(loc),
      buffer(createDenseView(builder, loc, start,
                             OpFoldResult(builder.getIndexAttr(size)))) {}

Place Memory::at(OpBuilder &b, OpFoldResult number, int64_t step,
                 int64_t offset) const {
  OpFoldResult index =
      add(b, loc, multiply(b, loc, number, b.getIndexAttr(step)),
          b.getIndexAttr(offset));
  return {buffer, getValueOrCreateConstantIndexOp(b, loc, index)};
}
