//===- WinogradOutputs.cpp - Outputs of a minimal filtering ---------------===//

#include "passes/cpu/Epilogue.h"
#include "passes/cpu/LinearMap.h"
#include "passes/cpu/WinogradEmitter.h"

#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

namespace {
/// Finishes and stores the outputs of one tile.
class TileStore {
public:
  TileStore(Code code, KernelContext &context, const WinogradConv &conv,
            const TileGrid &grid, Value tile)
      : code(code), context(context), conv(conv), grid(grid), tile(tile),
        ivs(context.root.getNumLoops()) {}

  void emit(const TileBlock &block, Value outBlock, ArrayRef<Value> first);

private:
  void setLoop(Loop loop, Value value) {
    if (loop)
      ivs[loop.dim] = value;
  }
  void emitPixel(Value row, Value column, ArrayRef<Value> first);

  Code code;
  KernelContext &context;
  const WinogradConv &conv;
  const TileGrid &grid;
  Value tile;
  SmallVector<Value> ivs;
};
} // namespace

void TileStore::emitPixel(Value row, Value column, ArrayRef<Value> first) {
  const WinogradFilters &filters = conv.plan.filters;
  Value number = code.add(code.multiply(row, filters[1].outputs()), column);
  Value value = code.load(tile, code.multiply(number, conv.plan.lanes));
  setLoop(conv.shape.out[0],
          code.add(first[0], code.multiply(row, filters[0].dilation)));
  setLoop(conv.shape.out[1],
          code.add(first[1], code.multiply(column, filters[1].dilation)));
  emitOutput(code.b, code.loc, context, value, ivs);
}

void TileStore::emit(const TileBlock &block, Value outBlock,
                     ArrayRef<Value> first) {
  Value zero = code.constant(0);
  ivs.assign(ivs.size(), zero);
  setLoop(conv.shape.batch, block.image);
  setLoop(conv.shape.group, block.group);
  setLoop(conv.shape.outBlock, outBlock);
  Value height = grid.countOutputs(code.b, 0, first[0]);
  Value width = grid.countOutputs(code.b, 1, first[1]);
  int64_t columns = conv.plan.filters[1].outputs();
  Value isWhole = code.b.create<arith::CmpIOp>(
      code.loc, arith::CmpIPredicate::eq, width, code.constant(columns));
  code.loop({zero, height}, [&](Value row) {
    auto branch = code.b.create<scf::IfOp>(code.loc, isWhole,
                                           /*withElseRegion=*/true);
    OpBuilder::InsertionGuard guard(code.b);
    code.b.setInsertionPointToStart(branch.thenBlock());
    for (int64_t column = 0; column < columns; ++column)
      emitPixel(row, code.constant(column), first);
    code.b.setInsertionPointToStart(branch.elseBlock());
    code.loop({zero, width},
              [&](Value column) { emitPixel(row, column, first); });
  });
}

void cpu::emitOutputs(OpBuilder &builder, KernelContext &context,
                      const WinogradConv &conv, const TileGrid &grid,
                      const TileBlock &block, IndexRange outBlocks,
                      Place products) {
  Code code = getCode(builder, context.getLoc(), conv.plan.lanes);
  const WinogradPlan &plan = conv.plan;
  // At the border some of a tile's outputs are stored, and only at run time is
  // it known which.
  Value buffer =
      createLocalBuffer(builder, context, plan.outputs() * plan.lanes);
  IndexRange numbers{
      code.constant(0),
      builder.create<arith::SubIOp>(code.loc, outBlocks.end, outBlocks.begin)};
  code.loop({code.constant(0), block.count}, [&](Value tile) {
    SmallVector<Value> first =
        grid.getFirst(builder, code.add(block.first, tile));
    Value fromTile = code.add(products.offset, code.multiply(tile, plan.lanes));
    code.loop(numbers, [&](Value number) {
      Value from = code.add(fromTile, code.multiply(number, plan.tileStride()));
      applyToTile(
          builder, code.loc, plan.filters[0].output, plan.filters[1].output,
          [&](size_t y, size_t x) {
            int64_t before = plan.getPoint(y, x) * plan.productPlane();
            return code.load(products.buffer, code.add(from, before));
          },
          [&](size_t y, size_t x, Value value) {
            int64_t output = y * plan.filters[1].outputs() + x;
            code.store(value, buffer, code.constant(output * plan.lanes));
          });
      TileStore(code, context, conv, grid, buffer)
          .emit(block, code.add(outBlocks.begin, number), first);
    });
  });
}
