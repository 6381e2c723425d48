//===- WinogradTiles.cpp - Where tiles lie --------------------------------===//

#include "passes/cpu/WinogradEmitter.h"

#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "passes/cpu/Sizes.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

TileGrid::TileGrid(OpBuilder &builder, const KernelContext &context,
                   const WinogradConv &conv)
    : loc(context.getLoc()), filters(conv.plan.filters), runs(conv.plan.runs),
      isByOutputs(conv.plan.hasShorterTiles()) {
  SmallVector<OpFoldResult> extents = context.getLoopSizes(context.root);
  for (auto [loop, filter] : llvm::zip_equal(conv.shape.out, filters)) {
    OpFoldResult size = extents[loop.dim];
    sizes.push_back(size);
    if (int64_t known = getKnownSize(size); !ShapedType::isDynamic(known)) {
      tiles.push_back(builder.getIndexAttr(filter.countTiles(known)));
      continue;
    }
    OpFoldResult ofResidue = divideCeil(builder, loc, size, filter.dilation);
    tiles.push_back(multiply(
        builder, loc, divideCeil(builder, loc, ofResidue, filter.outputs()),
        builder.getIndexAttr(filter.dilation)));
  }
}

OpFoldResult TileGrid::countTiles(OpBuilder &b) const {
  return multiplyAll(b, loc, tiles);
}

namespace {
/// Tiles of consecutive residues, equally many of each.
struct ResidueRun {
  int64_t firstResidue, firstTile, tiles;
};
} // namespace

/// The first residues have one output more than the last ones.
static SmallVector<ResidueRun, 2> getRuns(const MinimalFilter &filter,
                                          int64_t size) {
  int64_t longer = size % filter.dilation, shorter = size / filter.dilation;
  int64_t ofLonger = llvm::divideCeil(shorter + 1, filter.outputs());
  int64_t ofShorter = llvm::divideCeil(shorter, filter.outputs());
  if (longer == 0)
    return {{0, 0, ofShorter}};
  if (shorter == 0 || ofLonger == ofShorter)
    return {{0, 0, ofLonger}};
  return {{0, 0, ofLonger}, {longer, longer * ofLonger, ofShorter}};
}

Value TileGrid::getFirst(OpBuilder &b, unsigned dimension, Value tile) const {
  const MinimalFilter &filter = filters[dimension];
  auto constant = [&](int64_t value) {
    return b.create<arith::ConstantIndexOp>(loc, value);
  };
  auto multiplied = [&](Value index, int64_t factor) {
    return b.createOrFold<arith::MulIOp>(loc, index, constant(factor));
  };
  if (filter.dilation == 1)
    return multiplied(tile, filter.outputs());
  int64_t size = getKnownSize(sizes[dimension]);
  SmallVector<ResidueRun, 2> runs;
  if (!ShapedType::isDynamic(size))
    runs = getRuns(filter, size);
  Value first;
  auto add = [&](int64_t firstTile, int64_t firstResidue,
                 OpFoldResult tilesOfResidue) {
    Value number =
        b.createOrFold<arith::SubIOp>(loc, tile, constant(firstTile));
    SmallVector<Value> digits = delinearize(
        b, loc, number, {b.getIndexAttr(filter.dilation), tilesOfResidue});
    Value residue =
        b.createOrFold<arith::AddIOp>(loc, digits[0], constant(firstResidue));
    Value output = b.create<arith::AddIOp>(
        loc, multiplied(digits[1], filter.outputs() * filter.dilation),
        residue);
    if (!first) {
      first = output;
      return;
    }
    Value isLater = b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::uge,
                                            tile, constant(firstTile));
    first = b.create<arith::SelectOp>(loc, isLater, output, first);
  };
  if (runs.empty())
    add(0, 0, divideCeil(b, loc, tiles[dimension], filter.dilation));
  for (const ResidueRun &run : runs)
    add(run.firstTile, run.firstResidue, b.getIndexAttr(run.tiles));
  return first;
}

/// The first outputs where tiles are numbered by their outputs: those of whole
/// columns begin with the shorter rows, the others end with them.
SmallVector<Value> TileGrid::getByOutputs(OpBuilder &b, Value tile) const {
  auto constant = [&](int64_t value) {
    return b.create<arith::ConstantIndexOp>(loc, value);
  };
  TileRuns rows = runs[0], columns = runs[1];
  int64_t before = rows.size() * columns.whole;
  auto getIndices = [&](Value number, int64_t columnsOfRun) {
    return delinearize(
        b, loc, number,
        {b.getIndexAttr(rows.size()), b.getIndexAttr(columnsOfRun)});
  };
  SmallVector<Value> index;
  if (columns.whole > 0) {
    index = getIndices(tile, columns.whole);
    Value rotated =
        b.create<arith::AddIOp>(loc, index[0], constant(rows.whole));
    index[0] = b.create<arith::RemUIOp>(loc, rotated, constant(rows.size()));
  }
  if (columns.shorter > 0) {
    Value number = b.createOrFold<arith::SubIOp>(loc, tile, constant(before));
    SmallVector<Value> other = getIndices(number, columns.shorter);
    other[1] = b.create<arith::AddIOp>(loc, other[1], constant(columns.whole));
    Value isOther = b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::uge,
                                            tile, constant(before));
    for (unsigned i = 0; i < 2 && !index.empty(); ++i)
      other[i] = b.create<arith::SelectOp>(loc, isOther, other[i], index[i]);
    index = other;
  }
  for (auto [i, run, filter] : llvm::zip_equal(index, runs, filters)) {
    Value whole = b.create<arith::MinUIOp>(loc, i, constant(run.whole));
    Value first =
        b.create<arith::MulIOp>(loc, i, constant(filter.outputs() - 1));
    i = b.create<arith::AddIOp>(loc, first, whole);
  }
  return index;
}

SmallVector<Value> TileGrid::getFirst(OpBuilder &b, Value tile) const {
  if (isByOutputs)
    return getByOutputs(b, tile);
  SmallVector<Value> digits = delinearize(b, loc, tile, tiles);
  return {getFirst(b, 0, digits[0]), getFirst(b, 1, digits[1])};
}

Value TileGrid::countOutputs(OpBuilder &b, unsigned dimension,
                             Value first) const {
  const MinimalFilter &filter = filters[dimension];
  auto constant = [&](int64_t value) {
    return b.create<arith::ConstantIndexOp>(loc, value);
  };
  Value size = getValueOrCreateConstantIndexOp(b, loc, sizes[dimension]);
  Value rest = b.create<arith::SubIOp>(loc, size, first);
  rest = b.create<arith::MaxSIOp>(loc, rest, constant(0));
  OpFoldResult count = divideCeil(b, loc, rest, filter.dilation);
  Value most = constant(filter.outputs());
  if (int64_t whole = runs[dimension].whole; runs[dimension].shorter > 0) {
    Value isShorter =
        b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::uge, first,
                                constant(whole * filter.outputs()));
    most = b.create<arith::SelectOp>(loc, isShorter,
                                     constant(filter.outputs() - 1), most);
  }
  return b.create<arith::MinUIOp>(
      loc, getValueOrCreateConstantIndexOp(b, loc, count), most);
}

Value TileGrid::getInput(OpBuilder &b, unsigned dimension,
                         const FilterPhase &phase, Value first,
                         int64_t i) const {
  const MinimalFilter &filter = filters[dimension];
  auto offset = [&](OpFoldResult size, int64_t offset) {
    OpFoldResult scaled = multiply(b, loc, size, b.getIndexAttr(filter.stride));
    return getValueOrCreateConstantIndexOp(
        b, loc, add(b, loc, scaled, b.getIndexAttr(offset)));
  };
  int64_t reach = filter.dilation * (filter.taps - 1);
  int64_t step = filter.stride * filter.dilation;
  return b.create<arith::MinUIOp>(
      loc, offset(first, phase.firstTap * filter.dilation + i * step),
      offset(sizes[dimension], reach - filter.stride));
}
