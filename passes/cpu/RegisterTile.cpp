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
#include "passes/cpu/Sizes.h"

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
        extents(context.getLoopSizes(root)),
        sizes(llvm::map_to_vector(extents, getKnownSize)),
        ivs(maps.front().getNumDims()) {}

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
  void emitDynamicRows();
  void emitColumns(int64_t rows);
  void emitDynamicColumns(int64_t rows);
  void emitTile(Value column, int64_t rows, int64_t columns);
  SmallVector<Value> emitReduction(unsigned depth, SmallVector<Value> accs);
  SmallVector<Value> emitStep(SmallVector<Value> accs);
  void flattenOperands();
  Value loadOperand(unsigned operand, Value first, int64_t row, int64_t column);
  int64_t offsetAt(AffineExpr expr, int64_t row, int64_t column);
  Value elementAt(unsigned operand, Value first, int64_t row, int64_t column);
  SmallVector<Value> indicesAt(AffineMap map, int64_t row, int64_t column);

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
  /// The two inputs as one dimension, and the element that an iteration reads:
  /// of the dimensions, and as symbols of the strides that are dynamic.
  Value flat[2];
  SmallVector<OpFoldResult> strides[2];
  SmallVector<Value> symbols[2];
  AffineExpr element[2];
  int64_t tileRows = 1, tileColumns = 1;
};

} // namespace

/// The largest divisor of the row dimension within the schedule's tile: a
/// remainder of rows would need a second copy of the code, which a dynamic size
/// gets.
int64_t TileEmitter::chooseRows() const {
  if (!roles.row)
    return 1;
  if (ShapedType::isDynamic(sizes[*roles.row]))
    return context.schedule.getTile()[0];
  int64_t rows = std::min(context.schedule.getTile()[0], sizes[*roles.row]);
  rows = std::max<int64_t>(rows, 1);
  while (rows > 1 && sizes[*roles.row] % rows != 0)
    --rows;
  return rows;
}

int64_t TileEmitter::chooseColumns() const {
  if (!roles.column)
    return 1;
  int64_t columns = context.schedule.getTile()[1];
  return ShapedType::isDynamic(sizes[*roles.column])
             ? columns
             : std::clamp<int64_t>(sizes[*roles.column], 1, columns);
}

/// `linear` with its terms added up one by one in the order of the dimensions.
static AffineExpr addInOrder(AffineExpr sum, AffineExpr linear,
                             unsigned numDims) {
  MLIRContext *context = linear.getContext();
  SmallVector<AffineExpr> zeros(numDims, getAffineConstantExpr(0, context));
  sum = sum + linear.replaceDims(zeros);
  for (unsigned dim = 0; dim < numDims; ++dim)
    sum = sum + getAffineDimExpr(dim, context) *
                    coefficientOf(linear, dim).value_or(0);
  return sum;
}

/// Elements of a tile are then a constant apart, which is part of the
/// instruction; one index per dimension would keep a register per column.
void TileEmitter::flattenOperands() {
  for (unsigned operand : {0u, 1u}) {
    Value buffer = context.bufferFor(root.getDpsInputs()[operand]);
    strides[operand] = getStrides(buffer);
    SmallVector<Value> &values = symbols[operand];
    AffineExpr linear = getAffineConstantExpr(0, b.getContext());
    AffineExpr products = linear;
    for (auto [index, stride] :
         llvm::zip_equal(maps[operand].getResults(), strides[operand])) {
      if (auto known = getConstantIntValue(stride)) {
        linear = linear + index * *known;
        continue;
      }
      AffineExpr symbol = getAffineSymbolExpr(values.size(), b.getContext());
      products = products + index * symbol;
      values.push_back(stride.get<Value>());
    }
    linear = simplifyAffineExpr(linear, ivs.size(), 0);
    // Where LLVM unrolls the innermost loops, which come last, their terms
    // become part of the instruction, and elements of neighbouring taps are
    // found to be the same.
    element[operand] =
        values.empty() ? linear : addInOrder(products, linear, ivs.size());
    flat[operand] = createDenseView(b, loc, buffer, getSpan(b, loc, buffer));
  }
}

/// About the points of a task: a tile's rows over the whole width.
void TileEmitter::setTasks(ArrayRef<OpFoldResult> taskSizes) {
  OpFoldResult tasks = b.getIndexAttr(1);
  for (OpFoldResult size : taskSizes)
    tasks = multiply(b, loc, tasks, size);
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
  flattenOperands();
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

  Value zero = constant(0);
  auto loop =
      b.create<scf::ForOp>(loc, context.begin, context.end, constant(1));
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(loop.getBody());
  ivs[roles.lane] = zero;
  for (auto [dim, index] :
       llvm::zip(taskDims,
                 delinearize(b, loc, loop.getInductionVar(), taskSizes)))
    ivs[dim] = roles.row == dim
                   ? b.create<arith::MulIOp>(loc, index, constant(tileRows))
                   : index;
  if (roles.row && ShapedType::isDynamic(sizes[*roles.row]) && tileRows > 1)
    emitDynamicRows();
  else
    emitColumns(tileRows);
}

/// A tile of whole height, or at the end single rows.
void TileEmitter::emitDynamicRows() {
  Value &row = ivs[*roles.row];
  Value first = row, height = constant(extents[*roles.row]);
  Value next = b.create<arith::AddIOp>(loc, first, constant(tileRows));
  Value isWhole =
      b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::ule, next, height);
  auto branch = b.create<scf::IfOp>(loc, isWhole, /*withElseRegion=*/true);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(branch.thenBlock());
  emitColumns(tileRows);
  b.setInsertionPointToStart(branch.elseBlock());
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
    first[operand] = affine::expandAffineExpr(b, loc, element[operand], ivs,
                                              symbols[operand]);
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

/// The element of an operand at a tile position, given the first one's.
Value TileEmitter::elementAt(unsigned operand, Value first, int64_t row,
                             int64_t column) {
  int64_t known = 0;
  for (auto [expr, stride] :
       llvm::zip_equal(maps[operand].getResults(), strides[operand])) {
    int64_t steps = offsetAt(expr, row, column);
    if (auto constantStride = getConstantIntValue(stride)) {
      known += steps * *constantStride;
    } else if (steps != 0) {
      Value offset = constant(multiply(b, loc, b.getIndexAttr(steps), stride));
      first = b.create<arith::AddIOp>(loc, first, offset);
    }
  }
  return b.create<arith::AddIOp>(loc, first, constant(known));
}

Value TileEmitter::loadOperand(unsigned operand, Value first, int64_t row,
                               int64_t column) {
  Value index = elementAt(operand, first, row, column);
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
  int64_t lanes = getKnownSize(context.getLoopSizes(context.root)[roles.lane]);
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
