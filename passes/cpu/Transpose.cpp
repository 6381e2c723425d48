//===- Transpose.cpp - Elementwise loops that read across -----------------===//
//
// A tile of as many rows and columns as a vector has lanes is loaded along the
// input's last dimension, transposed in registers, and stored along the
// output's:
//
//   load                        transpose            body, epilogue, store
//   in[lane + 0, cross...]  ->  a b c d    a e ...   -> out[cross + 0, lane...]
//   in[lane + 1, cross...]  ->  e f g h    b f ...   -> out[cross + 1, lane...]
//
// A task is some tiles that lie together.
//
//===----------------------------------------------------------------------===//

#include "passes/cpu/CollapseDimensions.h"
#include "passes/cpu/Epilogue.h"
#include "passes/cpu/PlainEmitter.h"
#include "passes/support/TransposeAnalysis.h"

#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

/// Elements of a task, and of them along the lanes, at most.
constexpr int64_t kElementsPerTask = 4096, kLanesPerTask = 512;

namespace {

class TransposeEmitter {
public:
  TransposeEmitter(OpBuilder &builder, KernelContext &context,
                   TransposeShape shape)
      : b(builder), context(context), root(context.root), loc(root.getLoc()),
        shape(std::move(shape)), width(context.registerLanes()),
        sizes(context.getLoopSizes(root)), ivs(sizes.size()),
        uniformity(root, this->shape.lane,
                   getVaryingArgs(root, this->shape.lane)) {}

  void emit();

private:
  using RangeFn = function_ref<void(Value, OpFoldResult)>;

  Value index(OpFoldResult value) {
    return getValueOrCreateConstantIndexOp(b, loc, value);
  }
  Value index(int64_t value) {
    return b.create<arith::ConstantIndexOp>(loc, value);
  }
  int64_t chooseChunk(unsigned dim, int64_t limit) const;
  void emitRange(unsigned dim, Value chunk, int64_t chunkSize, RangeFn body);
  void emitTile(OpFoldResult crossCount, OpFoldResult laneCount);
  SmallVector<Value> loadRows(OpOperand &operand, OpFoldResult laneCount,
                              Value mask);
  void transpose(SmallVectorImpl<Value> &rows);
  void emitRow(ArrayRef<SmallVector<Value>> crossed, int64_t row, Value mask);
  Value createMask(OpFoldResult count) {
    return isConstantIntValue(count, width)
               ? Value()
               : createLaneMask(b, loc, width, count);
  }

  OpBuilder &b;
  KernelContext &context;
  linalg::GenericOp root;
  Location loc;
  TransposeShape shape;
  int64_t width; ///< lanes, and rows of a tile
  SmallVector<OpFoldResult> sizes;
  SmallVector<Value> ivs;
  Uniformity uniformity;
};

} // namespace

/// Elements of `dim` per task: whole tiles, about `limit`.
int64_t TransposeEmitter::chooseChunk(unsigned dim, int64_t limit) const {
  int64_t size = getKnownSize(sizes[dim]);
  if (!ShapedType::isDynamic(size))
    limit = std::min(limit, size);
  return llvm::alignTo(std::max<int64_t>(limit, 1), width);
}

/// Calls `body` with the first index of each tile of the chunk, and how many
/// elements the tile has.
void TransposeEmitter::emitRange(unsigned dim, Value chunk, int64_t chunkSize,
                                 RangeFn body) {
  Value from = b.create<arith::MulIOp>(loc, chunk, index(chunkSize));
  Value next = b.create<arith::AddIOp>(loc, from, index(chunkSize));
  Value to = b.create<arith::MinUIOp>(loc, next, index(sizes[dim]));
  OpFoldResult whole = roundDown(b, loc, sizes[dim], width);
  Value wholeTo = b.create<arith::MinUIOp>(loc, next, index(whole));
  auto emitLoop = [&](Value begin, Value end, bool isRest) {
    buildLoop(b, loc, begin, end, width, {}, [&](Value iv, ValueRange) {
      int64_t known = getKnownSize(sizes[dim]);
      OpFoldResult count = b.getIndexAttr(width);
      if (isRest && !ShapedType::isDynamic(known))
        count = b.getIndexAttr(known % width);
      else if (isRest)
        count = b.create<arith::SubIOp>(loc, end, iv).getResult();
      ivs[dim] = iv;
      body(iv, count);
      return SmallVector<Value>();
    });
  };
  if (!isConstantIntValue(whole, 0))
    emitLoop(from, wholeTo, false);
  // Chunks are of whole tiles, but for the last one.
  Value restFrom = b.create<arith::MaxUIOp>(loc, from, wholeTo);
  if (!isEqualConstantIntOrValue(whole, sizes[dim]))
    emitLoop(restFrom, to, true);
}

void TransposeEmitter::emit() {
  int64_t laneChunk = chooseChunk(shape.lane, kLanesPerTask);
  int64_t crossChunk = chooseChunk(shape.cross, kElementsPerTask / laneChunk);
  SmallVector<unsigned> dims;
  SmallVector<OpFoldResult> counts;
  for (unsigned dim = 0; dim < sizes.size(); ++dim)
    if (dim != shape.lane && dim != shape.cross) {
      dims.push_back(dim);
      counts.push_back(sizes[dim]);
    }
  counts.push_back(divideCeil(b, loc, sizes[shape.cross], crossChunk));
  counts.push_back(divideCeil(b, loc, sizes[shape.lane], laneChunk));
  OpFoldResult tasks = multiplyAll(b, loc, counts);
  int64_t elements = laneChunk * crossChunk;
  context.setTasks(tasks, elements, elements);
  if (isConstantIntValue(tasks, 0))
    return;

  buildTaskLoop(b, context, counts, [&](ArrayRef<Value> digits) {
    for (auto [dim, digit] : llvm::zip(dims, digits))
      ivs[dim] = digit;
    Value crossDigit = digits.end()[-2], laneDigit = digits.back();
    emitRange(shape.cross, crossDigit, crossChunk,
              [&](Value, OpFoldResult crossCount) {
                emitRange(shape.lane, laneDigit, laneChunk,
                          [&](Value, OpFoldResult laneCount) {
                            emitTile(crossCount, laneCount);
                          });
              });
  });
}

/// One vector along `cross` for each lane. Lanes that are off repeat others.
SmallVector<Value> TransposeEmitter::loadRows(OpOperand &operand,
                                              OpFoldResult laneCount,
                                              Value mask) {
  AffineMap map = root.getMatchingIndexingMap(&operand);
  Value source = context.bufferFor(operand.get());
  Value first = ivs[shape.lane];
  std::optional<int64_t> known = getConstantIntValue(laneCount);
  Value last;
  if (!known)
    last = b.create<arith::SubIOp>(loc, index(laneCount), index(1));
  SmallVector<Value> rows;
  for (int64_t row = 0; row < width; ++row) {
    if (known && row >= *known) {
      rows.push_back(rows.front());
      continue;
    }
    Value offset = index(row);
    if (!known)
      offset = b.create<arith::MinUIOp>(loc, offset, last);
    ivs[shape.lane] = b.create<arith::AddIOp>(loc, first, offset);
    rows.push_back(
        loadVector(b, loc, source, applyMap(b, loc, map, ivs), width, mask));
  }
  ivs[shape.lane] = first;
  return rows;
}

/// Swaps the off-diagonal blocks of 1, 2, 4, ... rows and columns.
void TransposeEmitter::transpose(SmallVectorImpl<Value> &rows) {
  for (int64_t block = 1; block < width; block *= 2)
    for (int64_t row = 0; row < width; ++row) {
      if (row & block)
        continue;
      SmallVector<int64_t> upper, lower;
      for (int64_t lane = 0; lane < width; ++lane) {
        bool isRight = lane & block;
        upper.push_back(isRight ? width + lane - block : lane);
        lower.push_back(isRight ? width + lane : lane + block);
      }
      Value above = rows[row], below = rows[row + block];
      rows[row] = b.create<vector::ShuffleOp>(loc, above, below, upper);
      rows[row + block] = b.create<vector::ShuffleOp>(loc, above, below, lower);
    }
}

/// The body for the lanes of one index along `cross`, epilogue and store.
void TransposeEmitter::emitRow(ArrayRef<SmallVector<Value>> crossed,
                               int64_t row, Value mask) {
  Value first = ivs[shape.cross];
  ivs[shape.cross] = b.create<arith::AddIOp>(loc, first, index(row));
  SmallVector<Value> args;
  const SmallVector<Value> *nextCrossed = crossed.begin();
  for (OpOperand *operand : root.getDpsInputOperands()) {
    Value source = context.bufferFor(operand->get());
    if (llvm::is_contained(shape.crossed, operand->getOperandNumber())) {
      args.push_back((*nextCrossed++)[row]);
      continue;
    }
    if (!isa<MemRefType>(source.getType())) {
      args.push_back(source);
      continue;
    }
    SmallVector<Value> at =
        applyMap(b, loc, root.getMatchingIndexingMap(operand), ivs);
    bool isVector =
        classifyOperand(root, *operand, shape.lane) == Access::contiguous;
    args.push_back(isVector
                       ? loadVector(b, loc, source, at, width, mask)
                       : b.create<memref::LoadOp>(loc, source, at).getResult());
  }
  args.push_back(crossed.front()[row]);
  BodyCloner cloner(b, loc, ivs, context.mapping, &uniformity, shape.lane,
                    width, mask);
  Value value = toVector(b, loc, cloner.clone(root, args).front(), width);
  OpOperand *output = root.getDpsInitOperand(0);
  SmallVector<Value> at =
      applyMap(b, loc, root.getMatchingIndexingMap(output), ivs);
  value = emitEpilogue(b, loc, context, value, at, width, mask);
  storeValue(b, loc, value, context.bufferFor(output->get()), at, mask);
  ivs[shape.cross] = first;
}

void TransposeEmitter::emitTile(OpFoldResult crossCount,
                                OpFoldResult laneCount) {
  Value crossMask = createMask(crossCount), laneMask = createMask(laneCount);
  SmallVector<SmallVector<Value>> crossed;
  for (unsigned number : shape.crossed) {
    crossed.push_back(
        loadRows(root->getOpOperand(number), laneCount, crossMask));
    transpose(crossed.back());
  }
  std::optional<int64_t> known = getConstantIntValue(crossCount);
  for (int64_t row = 0; row < known.value_or(width); ++row) {
    if (known) {
      emitRow(crossed, row, laneMask);
      continue;
    }
    Value isOn = b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::ult,
                                         index(row), index(crossCount));
    auto branch = b.create<scf::IfOp>(loc, isOn, /*withElseRegion=*/false);
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(branch.thenBlock());
    emitRow(crossed, row, laneMask);
  }
}

/// Whether the buffers are as the maps promise: adjacent along their last
/// dimension.
static bool areContiguous(linalg::GenericOp root) {
  return llvm::all_of(root->getOperandTypes(), [](Type type) {
    auto memref = dyn_cast<MemRefType>(type);
    return !memref || memref.getRank() == 0 || isInnermostContiguous(memref);
  });
}

LogicalResult cpu::emitTranspose(OpBuilder &builder, KernelContext &context) {
  collapseDimensions(builder, context);
  FailureOr<TransposeShape> shape =
      analyzeTranspose(context.root, context.registerLanes());
  // Dimensions of size 1 and slices may leave nothing to transpose.
  if (failed(shape) || !areContiguous(context.root) ||
      !canVectorizeEpilogue(context))
    return emitPlain(builder, context);
  TransposeEmitter(builder, context, *shape).emit();
  return success();
}
