//===- PanelProduct.cpp - A product of packed matrices --------------------===//

#include "passes/cpu/PanelProduct.h"

#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "passes/support/Summands.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

namespace {
class PanelEmitter {
public:
  PanelEmitter(Code code, const PanelShape &shape) : code(code), shape(shape) {}

  /// The sums of the tile, row by row.
  SmallVector<Value> emitAll(Place weights, Place inputs, OpFoldResult blocks);
  void emitStores(ArrayRef<Value> sums, Place products, PanelStore store);

private:
  SmallVector<Value> getZeros();
  void emitPrefetch(Place inputs);
  SmallVector<Value> emitSums(Place weights, Place inputs, Value firstBlock,
                              Value endBlock);
  SmallVector<Value> emitStep(Place weights, Place inputs, ValueRange sums);

  Code code;
  const PanelShape &shape;
};
} // namespace

SmallVector<Value> PanelEmitter::getZeros() {
  Value zero =
      code.b.create<arith::ConstantOp>(code.loc, code.b.getZeroAttr(code.type));
  return SmallVector<Value>(shape.rows * shape.columns, zero);
}

/// One channel. Columns outermost: each broadcast element is used up before the
/// next is loaded.
SmallVector<Value> PanelEmitter::emitStep(Place weights, Place inputs,
                                          ValueRange start) {
  SmallVector<Value> sums(start), rows;
  for (int64_t row = 0; row < shape.rows; ++row)
    rows.push_back(
        code.load(weights.buffer, code.add(weights.offset, row * shape.lanes)));
  for (int64_t column = 0; column < shape.columns; ++column) {
    Value element = code.b.create<memref::LoadOp>(
        code.loc, inputs.buffer, code.add(inputs.offset, column * shape.lanes));
    Value all =
        code.b.create<vector::BroadcastOp>(code.loc, code.type, element);
    for (int64_t row = 0; row < shape.rows; ++row) {
      Value &sum = sums[row * shape.columns + column];
      sum = code.b.create<vector::FMAOp>(code.loc, rows[row], all, sum);
    }
  }
  return sums;
}

/// The next block's inputs: they lie in short runs, which the hardware does not
/// foresee.
void PanelEmitter::emitPrefetch(Place inputs) {
  for (int64_t column = 0; column < shape.columns; ++column)
    code.prefetch(inputs.buffer, code.add(inputs.offset, column * shape.lanes));
}

SmallVector<Value> PanelEmitter::emitSums(Place weights, Place inputs,
                                          Value firstBlock, Value endBlock) {
  int64_t perChannel = shape.rows * shape.lanes;
  auto emitBlock = [&](Value block, ValueRange sums) {
    Place weightsAt = code.advance(weights, block, shape.lanes * perChannel);
    Place inputsAt = code.advance(inputs, block, shape.inputStep);
    emitPrefetch({inputs.buffer, code.add(inputsAt.offset, shape.inputStep)});
    return buildLoop(
        code.b, code.loc, code.constant(0), code.constant(shape.lanes), 1, sums,
        [&](Value lane, ValueRange sums) {
          return emitStep(code.advance(weightsAt, lane, perChannel),
                          code.advance(inputsAt, lane, 1), sums);
        });
  };
  return buildLoop(code.b, code.loc, firstBlock, endBlock, 1, getZeros(),
                   emitBlock);
}

SmallVector<Value> PanelEmitter::emitAll(Place weights, Place inputs,
                                         OpFoldResult blocks) {
  Value first = code.constant(0);
  Value end = getValueOrCreateConstantIndexOp(code.b, code.loc, blocks);
  int64_t part = kSummands / shape.lanes;
  int64_t most = getConstantIntValue(blocks).value_or(shape.mostBlocks);
  if (!ShapedType::isDynamic(most) && most <= part)
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

void PanelEmitter::emitStores(ArrayRef<Value> sums, Place products,
                              PanelStore store) {
  for (auto [number, sum] : llvm::enumerate(sums)) {
    int64_t row = number / shape.columns, column = number % shape.columns;
    int64_t offset = row * shape.productStep + column * shape.lanes;
    Value at = code.add(products.offset, offset), value = sum;
    if (store == PanelStore::Add)
      value = code.b.create<arith::AddFOp>(code.loc,
                                           code.load(products.buffer, at), sum);
    code.store(value, products.buffer, at);
  }
}

void cpu::emitPanelProduct(const Code &code, const PanelShape &shape,
                           Place weights, Place inputs, OpFoldResult blocks,
                           Place products, PanelStore store) {
  PanelEmitter emitter(code, shape);
  emitter.emitStores(emitter.emitAll(weights, inputs, blocks), products, store);
}
