//===- WinogradProducts.cpp - The multiplications of minimal filtering ----===//
//
// At each point a matrix product: a register tile of output channel blocks x
// tiles; the inputs' elements are broadcast.
//
//===----------------------------------------------------------------------===//

#include "passes/cpu/WinogradCode.h"

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
  ProductEmitter(Code code, const WinogradPlan &plan)
      : code(code), plan(plan) {}

  /// The sums of a register tile, row by row. `weights` and `inputs` stand at
  /// the first channel.
  SmallVector<Value> emitAll(Place weights, Place inputs);
  void emitStores(ArrayRef<Value> sums, Place products);

private:
  SmallVector<Value> getZeros();
  void emitPrefetch(Place inputs);
  SmallVector<Value> emitSums(Place weights, Place inputs, Value firstBlock,
                              Value endBlock);
  SmallVector<Value> emitStep(Place weights, Place inputs, ValueRange sums);

  Code code;
  const WinogradPlan &plan;
};
} // namespace

SmallVector<Value> ProductEmitter::getZeros() {
  Value zero =
      code.b.create<arith::ConstantOp>(code.loc, code.b.getZeroAttr(code.type));
  return SmallVector<Value>(plan.rows * plan.columns, zero);
}

/// One channel. Columns outermost: each broadcast element is used up before the
/// next is loaded.
SmallVector<Value> ProductEmitter::emitStep(Place weights, Place inputs,
                                            ValueRange start) {
  SmallVector<Value> sums(start), rows;
  for (int64_t row = 0; row < plan.rows; ++row)
    rows.push_back(
        code.load(weights.buffer, code.add(weights.offset, row * plan.lanes)));
  for (int64_t column = 0; column < plan.columns; ++column) {
    Value element = code.b.create<memref::LoadOp>(
        code.loc, inputs.buffer, code.add(inputs.offset, column * plan.lanes));
    Value all =
        code.b.create<vector::BroadcastOp>(code.loc, code.type, element);
    for (int64_t row = 0; row < plan.rows; ++row) {
      Value &sum = sums[row * plan.columns + column];
      sum = code.b.create<vector::FMAOp>(code.loc, rows[row], all, sum);
    }
  }
  return sums;
}

/// The next block's inputs: they lie in short runs, which the hardware does not
/// foresee.
void ProductEmitter::emitPrefetch(Place inputs) {
  for (int64_t column = 0; column < plan.columns; ++column)
    code.prefetch(inputs.buffer, code.add(inputs.offset, column * plan.lanes));
}

SmallVector<Value> ProductEmitter::emitSums(Place weights, Place inputs,
                                            Value firstBlock, Value endBlock) {
  int64_t perChannel = plan.rows * plan.lanes;
  auto emitBlock = [&](Value block, ValueRange sums) {
    Place weightsAt = code.advance(weights, block, plan.lanes * perChannel);
    Place inputsAt = code.advance(inputs, block, plan.tileStride());
    emitPrefetch({inputs.buffer, code.add(inputsAt.offset, plan.tileStride())});
    return buildLoop(
        code.b, code.loc, code.constant(0), code.constant(plan.lanes), 1, sums,
        [&](Value lane, ValueRange sums) {
          return emitStep(code.advance(weightsAt, lane, perChannel),
                          code.advance(inputsAt, lane, 1), sums);
        });
  };
  return buildLoop(code.b, code.loc, firstBlock, endBlock, 1, getZeros(),
                   emitBlock);
}

SmallVector<Value> ProductEmitter::emitAll(Place weights, Place inputs) {
  Value first = code.constant(0), end = code.constant(plan.inBlocks);
  int64_t part = kSummands / plan.lanes;
  if (plan.inBlocks <= part)
    return emitSums(weights, inputs, first, end);
  auto addPart = [&](Value block, ValueRange start) {
    Value next =
        code.b.create<arith::MinUIOp>(code.loc, code.add(block, part), end);
    SmallVector<Value> totals(start);
    for (auto [total, sum] :
         llvm::zip_equal(totals, emitSums(weights, inputs, block, next)))
      total = code.b.create<arith::AddFOp>(code.loc, total, sum);
    return totals;
  };
  return buildLoop(code.b, code.loc, first, end, part, getZeros(), addPart);
}

void ProductEmitter::emitStores(ArrayRef<Value> sums, Place products) {
  for (auto [number, sum] : llvm::enumerate(sums)) {
    int64_t row = number / plan.columns, column = number % plan.columns;
    int64_t offset = row * plan.tileStride() + column * plan.lanes;
    code.store(sum, products.buffer, code.add(products.offset, offset));
  }
}

void cpu::emitProducts(OpBuilder &builder, Location loc,
                       const WinogradConv &conv, int64_t rowGroups,
                       Place weights, Place inputs, Value tiles,
                       Place products) {
  const WinogradPlan &plan = conv.plan;
  Code code = getCode(builder, loc, conv);
  ProductEmitter emitter(code, plan);
  Value zero = code.constant(0);
  auto emitTile = [&](Value point, Value rowGroup, Value tile) {
    Place weightsAt =
        code.advance(code.advance(weights, point, plan.weightsPlane()),
                     rowGroup, plan.weightsSize());
    Place inputsAt = code.advance(
        code.advance(inputs, point, plan.inputPlane()), tile, plan.lanes);
    Place productsAt = code.advance(
        code.advance(code.advance(products, point, plan.productPlane()),
                     rowGroup, plan.rows * plan.tileStride()),
        tile, plan.lanes);
    emitter.emitStores(emitter.emitAll(weightsAt, inputsAt), productsAt);
  };
  code.loop({zero, code.constant(plan.points())}, [&](Value point) {
    code.loop({zero, code.constant(rowGroups)}, [&](Value rowGroup) {
      code.loop(
          {zero, tiles}, [&](Value tile) { emitTile(point, rowGroup, tile); },
          plan.columns);
    });
  });
}
