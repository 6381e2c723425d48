//===- WinogradProducts.cpp - The multiplications of minimal filtering ----===//
//
// At each point a matrix product: a register tile of output channel blocks x
// tiles; the inputs' elements are broadcast.
//
//===----------------------------------------------------------------------===//

#include "passes/cpu/WinogradEmitter.h"

#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

/// Channels that are summed up in a row; sums of these are summed up then. The
/// rounding error of a sum grows with the root of its length, and a point's
/// weigh more than an output's: with 512 in a row it was 9 times that of a
/// direct convolution.
constexpr int64_t kSummands = 64;

namespace {
class ProductEmitter {
public:
  ProductEmitter(OpBuilder &builder, Location loc, const WinogradPlan &plan)
      : b(builder), loc(loc), plan(plan),
        type(VectorType::get({plan.lanes}, builder.getF32Type())) {}

  /// The sums of a register tile, row by row. `weights` and `inputs` stand at
  /// the first channel.
  SmallVector<Value> emitAll(Place weights, Place inputs);
  void emitStores(ArrayRef<Value> sums, Place products);

  Value constant(int64_t value) {
    return b.create<arith::ConstantIndexOp>(loc, value);
  }
  Value add(Value index, Value number, int64_t step) {
    Value offset = b.create<arith::MulIOp>(loc, number, constant(step));
    return b.create<arith::AddIOp>(loc, index, offset);
  }
  Value add(Value index, int64_t offset) {
    return b.create<arith::AddIOp>(loc, index, constant(offset));
  }

private:
  SmallVector<Value> emitLoop(
      Value begin, Value end, int64_t step, ArrayRef<Value> start,
      llvm::function_ref<SmallVector<Value>(Value, SmallVector<Value>)> body);
  void emitPrefetch(Place inputs);
  SmallVector<Value> emitSums(Place weights, Place inputs, Value firstBlock,
                              Value endBlock);
  SmallVector<Value> emitStep(Place weights, Place inputs,
                              SmallVector<Value> sums);

  OpBuilder &b;
  Location loc;
  const WinogradPlan &plan;
  VectorType type;
};
} // namespace

/// One channel. Columns outermost: each broadcast element is used up before the
/// next is loaded.
SmallVector<Value> ProductEmitter::emitStep(Place weights, Place inputs,
                                            SmallVector<Value> sums) {
  SmallVector<Value> rows;
  for (int64_t row = 0; row < plan.rows; ++row)
    rows.push_back(b.create<vector::LoadOp>(
        loc, type, weights.buffer, add(weights.offset, row * plan.lanes)));
  for (int64_t column = 0; column < plan.columns; ++column) {
    Value element = b.create<memref::LoadOp>(
        loc, inputs.buffer, add(inputs.offset, column * plan.lanes));
    Value all = b.create<vector::BroadcastOp>(loc, type, element);
    for (int64_t row = 0; row < plan.rows; ++row) {
      Value &sum = sums[row * plan.columns + column];
      sum = b.create<vector::FMAOp>(loc, rows[row], all, sum);
    }
  }
  return sums;
}

/// A loop with the register tile's sums, from zero on. `body` gets the loop's
/// number and the sums so far, and returns the new ones.
SmallVector<Value> ProductEmitter::emitLoop(
    Value begin, Value end, int64_t step, ArrayRef<Value> start,
    llvm::function_ref<SmallVector<Value>(Value, SmallVector<Value>)> body) {
  auto loop = b.create<scf::ForOp>(loc, begin, end, constant(step), start);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(loop.getBody());
  SmallVector<Value> sums = body(loop.getInductionVar(),
                                 SmallVector<Value>(loop.getRegionIterArgs()));
  b.create<scf::YieldOp>(loc, sums);
  return SmallVector<Value>(loop.getResults());
}

/// The next block's inputs: they lie in short runs, which the hardware does not
/// foresee.
void ProductEmitter::emitPrefetch(Place inputs) {
  for (int64_t column = 0; column < plan.columns; ++column)
    b.create<memref::PrefetchOp>(
        loc, inputs.buffer, add(inputs.offset, column * plan.lanes),
        /*isWrite=*/false, /*localityHint=*/3, /*isDataCache=*/true);
}

SmallVector<Value> ProductEmitter::emitSums(Place weights, Place inputs,
                                            Value firstBlock, Value endBlock) {
  Value zero = b.create<arith::ConstantOp>(loc, b.getZeroAttr(type));
  SmallVector<Value> zeros(plan.rows * plan.columns, zero);
  int64_t perChannel = plan.rows * plan.lanes;
  auto emitBlock = [&](Value block, SmallVector<Value> sums) {
    Value weightsAt = add(weights.offset, block, plan.lanes * perChannel);
    Value inputsAt = add(inputs.offset, block, plan.tileStride());
    emitPrefetch({inputs.buffer, add(inputsAt, plan.tileStride())});
    return emitLoop(constant(0), constant(plan.lanes), 1, sums,
                    [&](Value lane, SmallVector<Value> sums) {
                      return emitStep(
                          {weights.buffer, add(weightsAt, lane, perChannel)},
                          {inputs.buffer, add(inputsAt, lane, 1)},
                          std::move(sums));
                    });
  };
  return emitLoop(firstBlock, endBlock, 1, zeros, emitBlock);
}

SmallVector<Value> ProductEmitter::emitAll(Place weights, Place inputs) {
  Value first = constant(0), end = constant(plan.inBlocks);
  int64_t part = kSummands / plan.lanes;
  if (plan.inBlocks <= part)
    return emitSums(weights, inputs, first, end);
  Value zero = b.create<arith::ConstantOp>(loc, b.getZeroAttr(type));
  SmallVector<Value> zeros(plan.rows * plan.columns, zero);
  return emitLoop(
      first, end, part, zeros, [&](Value block, SmallVector<Value> totals) {
        Value next = add(block, part);
        next = b.create<arith::MinUIOp>(loc, next, end);
        SmallVector<Value> sums = emitSums(weights, inputs, block, next);
        for (auto [total, sum] : llvm::zip_equal(totals, sums))
          total = b.create<arith::AddFOp>(loc, total, sum);
        return totals;
      });
}

void ProductEmitter::emitStores(ArrayRef<Value> sums, Place products) {
  for (auto [number, sum] : llvm::enumerate(sums)) {
    int64_t row = number / plan.columns, column = number % plan.columns;
    b.create<vector::StoreOp>(
        loc, sum, products.buffer,
        add(products.offset, row * plan.tileStride() + column * plan.lanes));
  }
}

void cpu::emitProducts(OpBuilder &builder, Location loc,
                       const WinogradConv &conv, int64_t rowGroups,
                       Place weights, Place inputs, Value tiles,
                       Place products) {
  const WinogradPlan &plan = conv.plan;
  ProductEmitter emitter(builder, loc, plan);
  Value zero = emitter.constant(0), one = emitter.constant(1);
  OpBuilder::InsertionGuard guard(builder);
  scf::LoopNest nest = scf::buildLoopNest(
      builder, loc, {zero, zero, zero},
      {emitter.constant(plan.points()), emitter.constant(rowGroups), tiles},
      {one, one, emitter.constant(plan.columns)});
  builder.setInsertionPointToStart(nest.loops.back().getBody());
  Value point = nest.loops[0].getInductionVar();
  Value rowGroup = nest.loops[1].getInductionVar();
  Value tile = nest.loops[2].getInductionVar();
  Value weightsAt =
      emitter.add(emitter.add(weights.offset, point, plan.weightsPlane()),
                  rowGroup, plan.weightsSize());
  Value inputsAt = emitter.add(
      emitter.add(inputs.offset, point, plan.inputPlane()), tile, plan.lanes);
  Value productsAt = emitter.add(
      emitter.add(emitter.add(products.offset, point, plan.productPlane()),
                  rowGroup, plan.rows * plan.tileStride()),
      tile, plan.lanes);
  SmallVector<Value> sums =
      emitter.emitAll({weights.buffer, weightsAt}, {inputs.buffer, inputsAt});
  emitter.emitStores(sums, {products.buffer, productsAt});
}
