//===- RegisterTile.cpp - A contraction tiled in registers ----------------===//

#include "passes/cpu/RegisterTile.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Affine/Utils.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "passes/cpu/Epilogue.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

/// d(expr)/d(dim); nullopt where it is not constant.
static std::optional<int64_t> coefficientOf(AffineExpr expr, unsigned dim) {
  MLIRContext *context = expr.getContext();
  AffineExpr d = getAffineDimExpr(dim, context);
  AffineExpr next = expr.replace(d, d + 1);
  AffineExpr step = simplifyAffineExpr(next - expr, dim + 64, 0);
  if (auto constant = dyn_cast<AffineConstantExpr>(step))
    return constant.getValue();
  return std::nullopt;
}

static bool usesDim(linalg::GenericOp root, unsigned operand, unsigned dim) {
  return root.getIndexingMapsArray()[operand].isFunctionOfDim(dim);
}

namespace {

/// The loops around and the code of one register tile.
class TileEmitter {
public:
  TileEmitter(OpBuilder &builder, KernelContext &context,
              const TileRoles &roles)
      : b(builder), context(context), roles(roles), loc(context.root.getLoc()),
        root(context.root), maps(root.getIndexingMapsArray()),
        sizes(root.getStaticLoopRanges()), ivs(maps.front().getNumDims()) {}

  void emit();

private:
  Value constant(int64_t value) {
    return b.create<arith::ConstantIndexOp>(loc, value);
  }
  VectorType vectorType() {
    return VectorType::get({sizes[roles.lane]}, b.getF32Type());
  }
  int64_t chooseRows() const;
  int64_t chooseColumns() const;
  SmallVector<Value> delinearize(Value task, ArrayRef<int64_t> extents);
  void emitColumns(int64_t rows);
  void emitTile(Value column, int64_t rows, int64_t columns);
  SmallVector<Value> emitReduction(unsigned depth, SmallVector<Value> accs);
  SmallVector<Value> emitStep(SmallVector<Value> accs);
  void flattenOperands();
  Value loadOperand(unsigned operand, Value first, int64_t row, int64_t column);
  int64_t offsetAt(AffineExpr expr, int64_t row, int64_t column);
  SmallVector<Value> indicesAt(AffineMap map, int64_t row, int64_t column);

  OpBuilder &b;
  KernelContext &context;
  const TileRoles &roles;
  Location loc;
  linalg::GenericOp root;
  SmallVector<AffineMap> maps;
  SmallVector<int64_t> sizes;
  /// Value of each iteration dimension at the tile's first element.
  SmallVector<Value> ivs;
  /// The two inputs as one dimension, and the element that an iteration reads.
  Value flat[2];
  AffineExpr element[2];
  int64_t tileRows = 1, tileColumns = 1;
};

} // namespace

/// The largest divisor of the row dimension within the schedule's tile: a
/// remainder of rows would need a second copy of the code.
int64_t TileEmitter::chooseRows() const {
  if (!roles.row)
    return 1;
  int64_t rows = std::min(context.schedule.getTile()[0], sizes[*roles.row]);
  while (rows > 1 && sizes[*roles.row] % rows != 0)
    --rows;
  return rows;
}

int64_t TileEmitter::chooseColumns() const {
  if (!roles.column)
    return 1;
  return std::min(context.schedule.getTile()[1], sizes[*roles.column]);
}

SmallVector<Value> TileEmitter::delinearize(Value task,
                                            ArrayRef<int64_t> extents) {
  SmallVector<Value> indices(extents.size());
  for (size_t i = extents.size(); i-- > 1;) {
    Value extent = constant(extents[i]);
    indices[i] = b.create<arith::RemUIOp>(loc, task, extent);
    task = b.create<arith::DivUIOp>(loc, task, extent);
  }
  if (!extents.empty())
    indices[0] = task;
  return indices;
}

/// Elements of a tile are then a constant apart, which is part of the
/// instruction; one index per dimension would keep a register per column.
void TileEmitter::flattenOperands() {
  for (unsigned operand : {0u, 1u}) {
    Value buffer = context.bufferFor(root.getDpsInputs()[operand]);
    auto type = cast<MemRefType>(buffer.getType());
    auto [strides, offset] = getStridesAndOffset(type);
    int64_t span = 1;
    AffineExpr linear = getAffineConstantExpr(0, b.getContext());
    for (auto [index, stride, size] :
         llvm::zip(maps[operand].getResults(), strides, type.getShape())) {
      linear = linear + index * stride;
      span += (size - 1) * stride;
    }
    element[operand] = simplifyAffineExpr(linear, ivs.size(), 0);
    flat[operand] = b.create<memref::ReinterpretCastOp>(
        loc, MemRefType::get({span}, type.getElementType()), buffer,
        /*offset=*/0, ArrayRef<int64_t>{span}, ArrayRef<int64_t>{1});
  }
}

void TileEmitter::emit() {
  flattenOperands();
  tileRows = chooseRows();
  tileColumns = chooseColumns();
  // Tasks run in iteration order, so that neighbouring tasks of a thread share
  // the weights of one group of blocks.
  SmallVector<unsigned> taskDims(roles.outer);
  if (roles.row)
    taskDims.push_back(*roles.row);
  llvm::sort(taskDims);
  SmallVector<int64_t> extents;
  for (unsigned dim : taskDims)
    extents.push_back(roles.row == dim ? sizes[dim] / tileRows : sizes[dim]);
  int64_t tasks = 1;
  for (int64_t extent : extents)
    tasks *= extent;
  context.setTasks(b.getIndexAttr(tasks), 1, 1);

  Value zero = constant(0);
  auto loop =
      b.create<scf::ForOp>(loc, context.begin, context.end, constant(1));
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(loop.getBody());
  ivs[roles.lane] = zero;
  for (auto [dim, index] :
       llvm::zip(taskDims, delinearize(loop.getInductionVar(), extents)))
    ivs[dim] = roles.row == dim
                   ? b.create<arith::MulIOp>(loc, index, constant(tileRows))
                   : index;
  emitColumns(tileRows);
}

/// Whole column tiles in a loop, then what is left as one narrower tile.
void TileEmitter::emitColumns(int64_t rows) {
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
                                          indicesAt(maps.back(), row, col)));

  accs = emitReduction(0, std::move(accs));

  for (int64_t row = 0; row < rows; ++row)
    for (int64_t col = 0; col < columns; ++col) {
      SmallVector<Value> indices = indicesAt(maps.back(), row, col);
      Value value = emitEpilogue(b, loc, context, accs[row * columns + col],
                                 indices, sizes[roles.lane]);
      b.create<vector::StoreOp>(loc, value, out, indices);
    }
  tileColumns = savedColumns;
}

/// Reduction loops outermost first; the innermost one steps by the schedule's
/// unroll where that divides it.
SmallVector<Value> TileEmitter::emitReduction(unsigned depth,
                                              SmallVector<Value> accs) {
  if (depth == roles.reductions.size())
    return emitStep(std::move(accs));
  unsigned dim = roles.reductions[depth];
  if (sizes[dim] == 1) {
    ivs[dim] = constant(0);
    return emitReduction(depth + 1, std::move(accs));
  }
  bool innermost = depth + 1 == roles.reductions.size();
  int64_t unroll = innermost ? context.schedule.getUnroll() : 1;
  if (sizes[dim] % unroll != 0)
    unroll = 1;
  auto loop = b.create<scf::ForOp>(loc, constant(0), constant(sizes[dim]),
                                   constant(unroll), accs);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(loop.getBody());
  SmallVector<Value> values(loop.getRegionIterArgs());
  for (int64_t i = 0; i < unroll; ++i) {
    ivs[dim] = loop.getInductionVar();
    if (i > 0)
      ivs[dim] = b.create<arith::AddIOp>(loc, ivs[dim], constant(i));
    values = emitReduction(depth + 1, std::move(values));
  }
  b.create<scf::YieldOp>(loc, values);
  return SmallVector<Value>(loop.getResults());
}

/// One multiply-add per accumulator. Columns outermost: each broadcast element
/// is used up before the next is loaded.
SmallVector<Value> TileEmitter::emitStep(SmallVector<Value> accs) {
  Value first[2], loaded[2];
  SmallVector<Value> perRow[2];
  auto isPerRow = [&](unsigned operand) {
    return roles.row && usesDim(root, operand, *roles.row);
  };
  auto isPerColumn = [&](unsigned operand) {
    return roles.column && usesDim(root, operand, *roles.column);
  };
  for (unsigned operand : {0u, 1u}) {
    first[operand] =
        affine::expandAffineExpr(b, loc, element[operand], ivs, {});
    if (isPerColumn(operand))
      continue;
    for (int64_t row = 0; row < (isPerRow(operand) ? tileRows : 1); ++row)
      perRow[operand].push_back(loadOperand(operand, first[operand], row, 0));
  }
  for (int64_t col = 0; col < tileColumns; ++col)
    for (int64_t row = 0; row < tileRows; ++row) {
      for (unsigned operand : {0u, 1u}) {
        if (!isPerColumn(operand))
          loaded[operand] = perRow[operand][isPerRow(operand) ? row : 0];
        else if (row == 0 || isPerRow(operand))
          loaded[operand] = loadOperand(operand, first[operand], row, col);
      }
      Value &acc = accs[row * tileColumns + col];
      acc = b.create<vector::FMAOp>(loc, loaded[0], loaded[1], acc);
    }
  return accs;
}

/// How far a tile position's value of `expr` is from the first one's.
int64_t TileEmitter::offsetAt(AffineExpr expr, int64_t row, int64_t column) {
  int64_t offset = 0;
  if (roles.row)
    offset += row * coefficientOf(expr, *roles.row).value_or(0);
  if (roles.column)
    offset += column * coefficientOf(expr, *roles.column).value_or(0);
  return offset;
}

Value TileEmitter::loadOperand(unsigned operand, Value first, int64_t row,
                               int64_t column) {
  int64_t offset = offsetAt(element[operand], row, column);
  Value index = b.create<arith::AddIOp>(loc, first, constant(offset));
  if (usesDim(root, operand, roles.lane))
    return b.create<vector::LoadOp>(loc, vectorType(), flat[operand], index);
  Value value = b.create<memref::LoadOp>(loc, flat[operand], index);
  return b.create<vector::BroadcastOp>(loc, vectorType(), value);
}

/// Indices of an operand at a tile position.
SmallVector<Value> TileEmitter::indicesAt(AffineMap map, int64_t row,
                                          int64_t column) {
  SmallVector<Value> indices;
  for (AffineExpr expr : map.getResults()) {
    Value index = affine::expandAffineExpr(b, loc, expr, ivs, {});
    int64_t offset = offsetAt(expr, row, column);
    if (offset != 0)
      index = b.create<arith::AddIOp>(loc, index, constant(offset));
    indices.push_back(index);
  }
  return indices;
}

LogicalResult cpu::emitRegisterTile(OpBuilder &builder, KernelContext &context,
                                    const TileRoles &roles) {
  int64_t lanes = context.root.getStaticLoopRanges()[roles.lane];
  if (lanes != context.schedule.getLanes())
    return context.def.emitError("channel blocks of ")
           << lanes << " do not fit the schedule's "
           << context.schedule.getLanes() << " lanes";
  std::string reason;
  if (!canVectorizeEpilogue(context, 0, &reason))
    return context.def.emitError("epilogue cannot run on vectors: ") << reason;
  TileEmitter(builder, context, roles).emit();
  return success();
}
