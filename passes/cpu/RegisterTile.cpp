//===- RegisterTile.cpp - A contraction tiled in registers ----------------===//

#include "passes/cpu/RegisterTile.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Affine/Utils.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "passes/cpu/Epilogue.h"
#include "passes/cpu/Loops.h"
#include "passes/cpu/Sizes.h"
#include "passes/cpu/TileOperand.h"
#include "passes/support/Summands.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

namespace {

/// The loops around and the code of one register tile.
class TileEmitter {
public:
  TileEmitter(OpBuilder &builder, KernelContext &context,
              const TileRoles &roles)
      : b(builder), context(context), roles(roles), loc(context.root.getLoc()),
        root(context.root), maps(root.getIndexingMapsArray()),
        extents(context.getLoopSizes(root)),
        sizes(llvm::map_to_vector(extents, getKnownSize)),
        ivs(root.getNumLoops()),
        operands{{builder, context, *root.getDpsInputOperand(0), roles},
                 {builder, context, *root.getDpsInputOperand(1), roles}},
        output(maps[2], roles) {}

  void emit();

private:
  Value constant(int64_t value) {
    return b.create<arith::ConstantIndexOp>(loc, value);
  }
  VectorType vectorType() {
    return VectorType::get({sizes[roles.lane]}, b.getF32Type());
  }
  Value constant(OpFoldResult size) {
    return getValueOrCreateConstantIndexOp(b, loc, size);
  }
  int64_t chooseRows() const;
  int64_t chooseColumns() const;
  void setTasks(ArrayRef<OpFoldResult> taskSizes);
  void emitWholeOrRest();
  void emitColumns(int64_t rows);
  void emitDynamicColumns(int64_t rows);
  void emitTile(Value column, int64_t rows, int64_t columns);
  SmallVector<Value> emitReductions(SmallVector<Value> accs);
  SmallVector<Value> emitReduction(unsigned depth, Value from, int64_t count,
                                   SmallVector<Value> accs);
  SmallVector<Value> emitStep(SmallVector<Value> accs, int64_t taps);
  SmallVector<Value> outputIndicesAt(TileSpot spot);

  OpBuilder &b;
  KernelContext &context;
  const TileRoles &roles;
  Location loc;
  linalg::GenericOp root;
  SmallVector<AffineMap> maps;
  SmallVector<OpFoldResult> extents;
  SmallVector<int64_t> sizes; ///< `extents` as far as they are known
  /// Value of each iteration dimension at the tile's first element.
  SmallVector<Value> ivs;
  TileOperand operands[2];
  TileMap output;
  int64_t tileRows = 1, tileColumns = 1;
};

} // namespace

int64_t TileEmitter::chooseRows() const {
  if (!roles.row)
    return 1;
  int64_t rows = context.schedule.getTile()[0], size = sizes[*roles.row];
  return ShapedType::isDynamic(size) ? rows
                                     : std::clamp<int64_t>(size, 1, rows);
}

int64_t TileEmitter::chooseColumns() const {
  if (!roles.column)
    return 1;
  int64_t columns = context.schedule.getTile()[1];
  return ShapedType::isDynamic(sizes[*roles.column])
             ? columns
             : std::clamp<int64_t>(sizes[*roles.column], 1, columns);
}

/// About the points of a task: a tile's rows over the whole width.
void TileEmitter::setTasks(ArrayRef<OpFoldResult> taskSizes) {
  OpFoldResult tasks = multiplyAll(b, loc, taskSizes);
  int64_t elements = tileRows * sizes[roles.lane];
  if (roles.column)
    elements *= ShapedType::isDynamic(sizes[*roles.column])
                    ? kAssumedSize
                    : sizes[*roles.column];
  int64_t points = elements;
  for (unsigned dim : roles.reductions)
    points = llvm::SaturatingMultiply<uint64_t>(points, sizes[dim]);
  context.setTasks(tasks, points, elements);
}

void TileEmitter::emit() {
  tileRows = chooseRows();
  tileColumns = chooseColumns();
  // Tasks run in iteration order, so that neighbouring tasks of a thread share
  // the weights of one group of blocks.
  SmallVector<unsigned> taskDims(roles.outer);
  if (roles.row)
    taskDims.push_back(*roles.row);
  llvm::sort(taskDims);
  SmallVector<OpFoldResult> taskSizes;
  for (unsigned dim : taskDims)
    taskSizes.push_back(roles.row == dim
                            ? divideCeil(b, loc, extents[dim], tileRows)
                            : extents[dim]);
  setTasks(taskSizes);

  bool isWhole = !roles.row ||
                 (sizes[*roles.row] >= 0 && sizes[*roles.row] % tileRows == 0);
  ivs[roles.lane] = constant(0);
  buildTaskLoop(b, context, taskSizes, [&](ArrayRef<Value> task) {
    for (auto [dim, index] : llvm::zip(taskDims, task))
      ivs[dim] = roles.row == dim
                     ? b.create<arith::MulIOp>(loc, index, constant(tileRows))
                     : index;
    if (isWhole || tileRows == 1)
      emitColumns(tileRows);
    else
      emitWholeOrRest();
  });
}

/// A tile of whole height, or at the end a lower one; single rows where it is
/// not known how many are left.
void TileEmitter::emitWholeOrRest() {
  Value &row = ivs[*roles.row];
  int64_t size = sizes[*roles.row];
  int64_t rest = ShapedType::isDynamic(size) ? 0 : size % tileRows;
  Value first = row, height = constant(extents[*roles.row]);
  Value next = b.create<arith::AddIOp>(loc, first, constant(tileRows));
  Value isWhole =
      b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::ule, next, height);
  auto branch = b.create<scf::IfOp>(loc, isWhole, /*withElseRegion=*/true);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(branch.thenBlock());
  emitColumns(tileRows);
  b.setInsertionPointToStart(branch.elseBlock());
  if (rest != 0)
    return emitColumns(rest);
  auto loop = b.create<scf::ForOp>(loc, first, height, constant(1));
  b.setInsertionPointToStart(loop.getBody());
  row = loop.getInductionVar();
  emitColumns(1);
}

/// Whole column tiles in a loop, then what is left as one narrower tile.
void TileEmitter::emitColumns(int64_t rows) {
  if (roles.column && ShapedType::isDynamic(sizes[*roles.column]))
    return emitDynamicColumns(rows);
  int64_t width = roles.column ? sizes[*roles.column] : 1;
  int64_t whole = width - width % tileColumns;
  if (whole == tileColumns) {
    emitTile(constant(0), rows, tileColumns);
  } else if (whole > 0) {
    auto loop = b.create<scf::ForOp>(loc, constant(0), constant(whole),
                                     constant(tileColumns));
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(loop.getBody());
    emitTile(loop.getInductionVar(), rows, tileColumns);
  }
  if (whole < width)
    emitTile(constant(whole), rows, width - whole);
}

/// What is left after the whole tiles is done as its binary digits say: 13
/// columns are tiles of 8, 4 and 1.
void TileEmitter::emitDynamicColumns(int64_t rows) {
  int64_t widest = tileColumns;
  Value width = constant(extents[*roles.column]);
  Value from = constant(roundDown(b, loc, width, widest));
  auto loop = b.create<scf::ForOp>(loc, constant(0), from, constant(widest));
  {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(loop.getBody());
    emitTile(loop.getInductionVar(), rows, widest);
  }
  Value rest = b.create<arith::SubIOp>(loc, width, from);
  for (int64_t columns = llvm::bit_floor<uint64_t>(widest - 1); columns > 0;
       columns /= 2) {
    Value digit = b.create<arith::AndIOp>(loc, rest, constant(columns));
    Value isSet = b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::ne, digit,
                                          constant(0));
    auto branch = b.create<scf::IfOp>(loc, isSet, /*withElseRegion=*/false);
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(branch.thenBlock());
    emitTile(from, rows, columns);
    b.setInsertionPointAfter(branch);
    from = b.create<arith::AddIOp>(loc, from, digit);
  }
}

void TileEmitter::emitTile(Value column, int64_t rows, int64_t columns) {
  tileRows = rows;
  int64_t savedColumns = std::exchange(tileColumns, columns);
  if (roles.column)
    ivs[*roles.column] = column;
  Value out = context.bufferFor(root.getDpsInits()[0]);
  SmallVector<Value> accs;
  Value init = context.initValues[0];
  Value start =
      init ? b.create<vector::BroadcastOp>(loc, vectorType(), init) : Value();
  for (int64_t row = 0; row < rows; ++row)
    for (int64_t col = 0; col < columns; ++col)
      accs.push_back(
          init ? start
               : b.create<vector::LoadOp>(loc, vectorType(), out,
                                          outputIndicesAt({row, col})));

  accs = emitReductions(std::move(accs));

  for (int64_t row = 0; row < rows; ++row)
    for (int64_t col = 0; col < columns; ++col) {
      SmallVector<Value> indices = outputIndicesAt({row, col});
      Value value = emitEpilogue(b, loc, context, accs[row * columns + col],
                                 indices, sizes[roles.lane]);
      b.create<vector::StoreOp>(loc, value, out, indices);
    }
  tileColumns = savedColumns;
}

/// All reduction loops. Of long sums, parts of the outermost loop are summed up
/// from zero and added to what there is.
SmallVector<Value> TileEmitter::emitReductions(SmallVector<Value> accs) {
  if (roles.reductions.empty())
    return emitStep(std::move(accs), 1);
  int64_t size = sizes[roles.reductions[0]], inner = 1;
  for (unsigned dim : ArrayRef(roles.reductions).drop_front())
    inner = llvm::SaturatingMultiply<uint64_t>(inner, sizes[dim]);
  int64_t part = llvm::divideCeil(kPlainSummands, inner);
  if (size < 2 * part)
    return emitReduction(0, constant(0), size, std::move(accs));
  Value zero = b.create<arith::ConstantOp>(loc, b.getZeroAttr(vectorType()));
  auto addPart = [&](Value from, int64_t count, ValueRange totals) {
    SmallVector<Value> sums =
        emitReduction(0, from, count, SmallVector<Value>(totals.size(), zero));
    for (auto [sum, total] : llvm::zip_equal(sums, totals))
      sum = b.create<arith::AddFOp>(loc, total, sum);
    return sums;
  };
  int64_t whole = size - size % part;
  auto loop = b.create<scf::ForOp>(loc, constant(0), constant(whole),
                                   constant(part), accs);
  {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(loop.getBody());
    b.create<scf::YieldOp>(
        loc, addPart(loop.getInductionVar(), part, loop.getRegionIterArgs()));
  }
  accs.assign(loop.result_begin(), loop.result_end());
  return whole < size ? addPart(constant(whole), size - whole, accs) : accs;
}

/// `count` iterations of a reduction loop, which those behind it are within. A
/// step does as many of the innermost one as the schedule unrolls, the last
/// step what is left of it.
SmallVector<Value> TileEmitter::emitReduction(unsigned depth, Value from,
                                              int64_t count,
                                              SmallVector<Value> accs) {
  unsigned dim = roles.reductions[depth];
  bool innermost = depth + 1 == roles.reductions.size();
  int64_t taps = innermost ? context.schedule.getUnroll() : 1;
  taps = std::min(taps, count);
  auto emitInner = [&](Value iv, int64_t steps) {
    ivs[dim] = iv;
    accs = innermost ? emitStep(std::move(accs), steps)
                     : emitReduction(depth + 1, constant(0),
                                     sizes[roles.reductions[depth + 1]],
                                     std::move(accs));
  };
  auto advance = [&](int64_t steps) {
    return b.createOrFold<arith::AddIOp>(loc, from, constant(steps));
  };
  int64_t whole = count - count % taps;
  if (whole == taps) {
    emitInner(from, taps);
  } else {
    auto loop =
        b.create<scf::ForOp>(loc, from, advance(whole), constant(taps), accs);
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(loop.getBody());
    accs.assign(loop.getRegionIterArgs().begin(),
                loop.getRegionIterArgs().end());
    emitInner(loop.getInductionVar(), taps);
    b.create<scf::YieldOp>(loc, accs);
    accs.assign(loop.result_begin(), loop.result_end());
  }
  if (whole < count)
    emitInner(advance(whole), count - whole);
  return accs;
}

/// One multiply-add per accumulator and tap. Columns outermost: each element is
/// used up before the next is loaded. Where a column's tap reads what another
/// one's does, all of them use one load:
///
///   element   0            1                     2
///             acc0 * w0    acc1 * w0, acc0 * w1  acc2 * w0, acc1 * w1, ...
SmallVector<Value> TileEmitter::emitStep(SmallVector<Value> accs,
                                         int64_t taps) {
  // Where the element of an operand is, of those that one step reads.
  auto placeOf = [&](unsigned operand, TileSpot spot) {
    spot.row = operands[operand].isPerRow() ? spot.row : 0;
    SmallVector<int64_t> place = operands[operand].offsetsAt(spot);
    place.push_back(spot.row);
    return place;
  };
  Value first[2];
  std::map<SmallVector<int64_t>, Value> loaded[2];
  auto load = [&](unsigned operand, TileSpot spot) {
    Value &value = loaded[operand][placeOf(operand, spot)];
    if (!value)
      value = operands[operand].load(b, first[operand], spot);
    return value;
  };
  for (unsigned operand : {0u, 1u}) {
    first[operand] = operands[operand].getFirst(b, ivs);
    if (operands[operand].isPerColumn())
      continue;
    for (int64_t tap = 0; tap < taps; ++tap)
      for (int64_t row = 0; row < (operands[operand].isPerRow() ? tileRows : 1);
           ++row)
        load(operand, {row, 0, tap});
  }
  std::map<SmallVector<int64_t>, SmallVector<TileSpot>> uses;
  unsigned walked =
      operands[1].isPerColumn() && !operands[0].isPerColumn() ? 1 : 0;
  for (int64_t column = 0; column < tileColumns; ++column)
    for (int64_t tap = 0; tap < taps; ++tap)
      uses[placeOf(walked, {0, column, tap})].push_back({0, column, tap});
  for (const auto &[place, spots] : uses)
    for (int64_t row = 0; row < tileRows; ++row)
      for (TileSpot spot : spots) {
        spot.row = row;
        Value &acc = accs[row * tileColumns + spot.column];
        Value lhs = load(0, spot), rhs = load(1, spot);
        acc = b.create<vector::FMAOp>(loc, lhs, rhs, acc);
      }
  return accs;
}

SmallVector<Value> TileEmitter::outputIndicesAt(TileSpot spot) {
  SmallVector<Value> indices;
  for (auto [expr, offset] :
       llvm::zip_equal(maps[2].getResults(), output.offsetsAt(spot))) {
    Value index = affine::expandAffineExpr(b, loc, expr, ivs, {});
    if (offset != 0)
      index = b.create<arith::AddIOp>(loc, index, constant(offset));
    indices.push_back(index);
  }
  return indices;
}

LogicalResult cpu::emitRegisterTile(OpBuilder &builder, KernelContext &context,
                                    const TileRoles &roles) {
  int64_t lanes = getKnownSize(context.getLoopSizes(context.root)[roles.lane]);
  if (lanes != context.schedule.getLanes())
    return context.def.emitError("channel blocks of ")
           << lanes << " do not fit the schedule's "
           << context.schedule.getLanes() << " lanes";
  if (failed(requireVectorEpilogue(context)))
    return failure();
  TileEmitter(builder, context, roles).emit();
  return success();
}
