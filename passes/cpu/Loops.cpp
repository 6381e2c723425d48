//===- Loops.cpp - Loops under construction -------------------------------===//

#include "passes/cpu/Loops.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "passes/cpu/Sizes.h"

using namespace mlir;
using namespace atrous;

SmallVector<Value>
cpu::buildLoop(OpBuilder &builder, Location loc, Value from, Value to,
               int64_t step, ValueRange values,
               function_ref<SmallVector<Value>(Value, ValueRange)> body) {
  Value stepValue = builder.create<arith::ConstantIndexOp>(loc, step);
  auto loop = builder.create<scf::ForOp>(loc, from, to, stepValue, values);
  OpBuilder::InsertionGuard guard(builder);
  // Without results the loop has its terminator already.
  builder.setInsertionPointToStart(loop.getBody());
  SmallVector<Value> next =
      body(loop.getInductionVar(), loop.getRegionIterArgs());
  if (!next.empty())
    builder.create<scf::YieldOp>(loc, next);
  return SmallVector<Value>(loop.getResults());
}

void cpu::buildTaskLoop(OpBuilder &builder, const KernelContext &context,
                        ArrayRef<OpFoldResult> sizes,
                        function_ref<void(ArrayRef<Value>)> body) {
  Location loc = context.getLoc();
  buildLoop(builder, loc, context.begin, context.end, 1, {},
            [&](Value task, ValueRange) {
              body(delinearize(builder, loc, task, sizes));
              return SmallVector<Value>();
            });
}
