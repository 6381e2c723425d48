//===- WinogradTiles.cpp - Where tiles lie --------------------------------===//

#include "passes/cpu/WinogradEmitter.h"

#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "passes/cpu/Sizes.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

TileGrid::TileGrid(OpBuilder &builder, const KernelContext &context,
                   const WinogradConv &conv)
    : loc(context.getLoc()), outputs(conv.plan.outputs),
      dilation(conv.dilation()) {
  SmallVector<OpFoldResult> extents = context.getLoopSizes(context.root);
  for (const Loop &loop : conv.shape.out) {
    sizes.push_back(extents[loop.dim]);
    OpFoldResult ofResidue = divideCeil(builder, loc, sizes.back(), dilation);
    tiles.push_back(divideCeil(builder, loc, ofResidue, outputs));
  }
}

OpFoldResult TileGrid::countTiles(OpBuilder &b) const {
  return multiply(b, loc, b.getIndexAttr(dilation * dilation),
                  multiplyAll(b, loc, tiles));
}

SmallVector<Value> TileGrid::getFirst(OpBuilder &b, Value tile) const {
  OpFoldResult residues = b.getIndexAttr(dilation);
  SmallVector<Value> indices =
      delinearize(b, loc, tile, {residues, residues, tiles[0], tiles[1]});
  SmallVector<Value> first;
  for (unsigned dimension : {0, 1}) {
    OpFoldResult inside = multiply(b, loc, indices[2 + dimension],
                                   b.getIndexAttr(outputs * dilation));
    if (dilation > 1)
      inside = add(b, loc, inside, indices[dimension]);
    first.push_back(getValueOrCreateConstantIndexOp(b, loc, inside));
  }
  return first;
}

Value TileGrid::countOutputs(OpBuilder &b, unsigned dimension,
                             Value first) const {
  auto constant = [&](int64_t value) {
    return b.create<arith::ConstantIndexOp>(loc, value);
  };
  Value size = getValueOrCreateConstantIndexOp(b, loc, sizes[dimension]);
  Value rest = b.create<arith::SubIOp>(loc, size, first);
  rest = b.create<arith::MaxSIOp>(loc, rest, constant(0));
  OpFoldResult count = divideCeil(b, loc, rest, dilation);
  return b.create<arith::MinUIOp>(
      loc, getValueOrCreateConstantIndexOp(b, loc, count), constant(outputs));
}

Value TileGrid::getInput(OpBuilder &b, unsigned dimension, Value first,
                         int64_t i) const {
  OpFoldResult last =
      add(b, loc, sizes[dimension],
          b.getIndexAttr(dilation * (WinogradPlan::taps - 1) - 1));
  OpFoldResult index = add(b, loc, first, b.getIndexAttr(i * dilation));
  return b.create<arith::MinUIOp>(
      loc, getValueOrCreateConstantIndexOp(b, loc, index),
      getValueOrCreateConstantIndexOp(b, loc, last));
}
