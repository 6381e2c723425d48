//===- WinogradTransforms.cpp - Weights, inputs and outputs ---------------===//

#include "passes/cpu/WinogradEmitter.h"

#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "passes/cpu/Access.h"
#include "passes/cpu/Epilogue.h"
#include "passes/cpu/FlatOperand.h"
#include "passes/cpu/LinearMap.h"
#include "passes/cpu/Sizes.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

namespace {
/// Index arithmetic and vector accesses at one place of the code.
struct Code {
  OpBuilder &b;
  Location loc;
  VectorType type;

  Value constant(int64_t value) {
    return b.create<arith::ConstantIndexOp>(loc, value);
  }
  Value add(Value index, Value other) {
    return b.create<arith::AddIOp>(loc, index, other);
  }
  Value add(Value index, int64_t other) {
    return other == 0 ? index : add(index, constant(other));
  }
  Value multiply(Value index, int64_t factor) {
    return b.create<arith::MulIOp>(loc, index, constant(factor));
  }
  Value load(Value buffer, Value index) {
    return b.create<vector::LoadOp>(loc, type, buffer, index);
  }
  void store(Value value, Value buffer, Value index) {
    b.create<vector::StoreOp>(loc, value, buffer, index);
  }
  void prefetch(Value buffer, Value index) {
    b.create<memref::PrefetchOp>(loc, buffer, index, /*isWrite=*/false,
                                 /*localityHint=*/3, /*isDataCache=*/true);
  }
  void loop(IndexRange range, llvm::function_ref<void(Value)> body) {
    auto loop =
        b.create<scf::ForOp>(loc, range.begin, range.end, constant(1));
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(loop.getBody());
    body(loop.getInductionVar());
  }
};
} // namespace

static Code getCode(OpBuilder &builder, const KernelContext &context,
                    const WinogradConv &conv) {
  return {builder, context.getLoc(),
          VectorType::get({conv.plan.lanes}, builder.getF32Type())};
}

//===----------------------------------------------------------------------===//
// Weights
//===----------------------------------------------------------------------===//

/// Input channels from which on weights are loaded before they are needed.
constexpr int64_t kPrefetchedChannels = 8;

void cpu::emitWeights(OpBuilder &builder, const KernelContext &context,
                      const WinogradConv &conv, Value group, Value rowGroup,
                      IndexRange inBlocks, Place weights) {
  Code code = getCode(builder, context, conv);
  Location loc = code.loc;
  const WinogradPlan &plan = conv.plan;
  linalg::GenericOp root = context.root;
  FlatOperand source(builder, context, *root.getDpsInputOperand(1));
  auto offset = [&](Loop loop, Value count) {
    return source.getOffset(builder, loc, loop, count);
  };
  Value fromGroup = offset(conv.shape.group, group);
  Value firstRow = code.multiply(rowGroup, plan.rows);
  IndexRange rows{code.constant(0), code.constant(plan.rows)};
  IndexRange channels{rows.begin, code.constant(plan.lanes)};
  // So many stores at once keep the hardware from foreseeing the loads.
  Value ahead = offset(conv.shape.inLane, code.constant(kPrefetchedChannels));
  auto transform = [&](Value inBlock, Value channel, Value row) {
    Value from = code.add(fromGroup, offset(conv.shape.inBlock, inBlock));
    from = code.add(from, offset(conv.shape.inLane, channel));
    from = code.add(
        from, offset(conv.shape.outBlock, code.add(firstRow, row)));
    Value to = code.add(code.multiply(inBlock, plan.lanes), channel);
    to = code.add(code.multiply(to, plan.rows), row);
    to = code.add(weights.offset, code.multiply(to, plan.lanes));
    applyToTile(
        builder, loc, conv.matrices.weights,
        [&](size_t y, size_t x) {
          Value tap = offset(conv.shape.kernel[0], code.constant(y));
          tap = code.add(tap, offset(conv.shape.kernel[1], code.constant(x)));
          Value at = code.add(from, tap);
          code.prefetch(source.getBuffer(), code.add(at, ahead));
          return code.load(source.getBuffer(), at);
        },
        [&](size_t y, size_t x, Value value) {
          int64_t point = y * plan.window() + x;
          code.store(value, weights.buffer,
                     code.add(to, point * plan.weightsPlane()));
        });
  };
  code.loop(inBlocks, [&](Value inBlock) {
    code.loop(channels, [&](Value channel) {
      code.loop(rows, [&](Value row) { transform(inBlock, channel, row); });
    });
  });
}

//===----------------------------------------------------------------------===//
// Inputs
//===----------------------------------------------------------------------===//

void cpu::emitInputs(OpBuilder &builder, const KernelContext &context,
                     const WinogradConv &conv, const TileGrid &grid,
                     const TileBlock &block, IndexRange inBlocks, Place inputs) {
  Code code = getCode(builder, context, conv);
  const WinogradPlan &plan = conv.plan;
  linalg::GenericOp root = context.root;
  FlatOperand source(builder, context, *root.getDpsInputOperand(0));
  auto offset = [&](Loop loop, Value count) {
    return source.getOffset(builder, code.loc, loop, count);
  };
  Value fromGroup = code.add(offset(conv.shape.batch, block.image),
                             offset(conv.shape.group, block.group));
  auto transform = [&](Value tile) {
    SmallVector<Value> first =
        grid.getFirst(builder, code.add(block.first, tile));
    SmallVector<Value> rows, columns;
    for (int64_t i = 0; i < plan.window(); ++i) {
      Value row = grid.getInput(builder, 0, first[0], i);
      rows.push_back(code.add(fromGroup, offset(conv.shape.out[0], row)));
      columns.push_back(offset(conv.shape.out[1],
                               grid.getInput(builder, 1, first[1], i)));
    }
    Value toTile =
        code.add(inputs.offset, code.multiply(tile, plan.lanes));
    code.loop(inBlocks, [&](Value inBlock) {
      Value from = offset(conv.shape.inBlock, inBlock);
      Value to = code.add(toTile, code.multiply(inBlock, plan.tileStride()));
      auto fromRow = llvm::map_to_vector(
          rows, [&](Value row) { return code.add(row, from); });
      applyToTile(
          builder, code.loc, conv.matrices.input,
          [&](size_t y, size_t x) {
            return code.load(source.getBuffer(),
                             code.add(fromRow[y], columns[x]));
          },
          [&](size_t y, size_t x, Value value) {
            int64_t point = y * plan.window() + x;
            code.store(value, inputs.buffer,
                       code.add(to, point * plan.inputPlane()));
          });
    });
  };
  code.loop({code.constant(0), block.count}, transform);
}

//===----------------------------------------------------------------------===//
// Outputs
//===----------------------------------------------------------------------===//

/// A tile's outputs, dense in memory of the function: at the border some of
/// them are stored, and only at run time is it known which.
static Value createTileBuffer(OpBuilder &builder, const KernelContext &context,
                              const WinogradPlan &plan) {
  OpBuilder::InsertionGuard guard(builder);
  func::FuncOp func = context.func;
  builder.setInsertionPointToStart(&func.getBody().front());
  auto type = MemRefType::get({plan.outputs * plan.outputs * plan.lanes},
                              builder.getF32Type());
  return builder.create<memref::AllocaOp>(func.getLoc(), type,
                                          builder.getI64IntegerAttr(64));
}

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
  void emitOutput(Value row, Value column, ArrayRef<Value> first);

  Code code;
  KernelContext &context;
  const WinogradConv &conv;
  const TileGrid &grid;
  Value tile;
  SmallVector<Value> ivs;
};
} // namespace

void TileStore::emitOutput(Value row, Value column, ArrayRef<Value> first) {
  Location loc = code.loc;
  int64_t lanes = conv.plan.lanes;
  Value number = code.add(code.multiply(row, conv.plan.outputs), column);
  Value value = code.load(tile, code.multiply(number, lanes));
  setLoop(conv.shape.out[0],
          code.add(first[0], code.multiply(row, conv.dilation())));
  setLoop(conv.shape.out[1],
          code.add(first[1], code.multiply(column, conv.dilation())));
  linalg::GenericOp root = context.root;
  SmallVector<Value> indices =
      applyMap(code.b, loc, root.getIndexingMapsArray().back(), ivs);
  Value output = context.bufferFor(root.getDpsInits()[0]);
  Value init = context.initValues[0];
  if (!init || !matchPattern(init, m_AnyZeroFloat())) {
    Value start =
        init ? code.b.create<vector::BroadcastOp>(loc, code.type, init)
                   .getResult()
             : code.b.create<vector::LoadOp>(loc, code.type, output, indices);
    value = code.b.create<arith::AddFOp>(loc, value, start);
  }
  value = emitEpilogue(code.b, loc, context, value, indices, lanes);
  code.b.create<vector::StoreOp>(loc, value, output, indices);
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
  Value isWhole = code.b.create<arith::CmpIOp>(
      code.loc, arith::CmpIPredicate::eq, width,
      code.constant(conv.plan.outputs));
  code.loop({zero, height}, [&](Value row) {
    auto branch = code.b.create<scf::IfOp>(code.loc, isWhole,
                                           /*withElseRegion=*/true);
    OpBuilder::InsertionGuard guard(code.b);
    code.b.setInsertionPointToStart(branch.thenBlock());
    for (int64_t column = 0; column < conv.plan.outputs; ++column)
      emitOutput(row, code.constant(column), first);
    code.b.setInsertionPointToStart(branch.elseBlock());
    code.loop({zero, width},
              [&](Value column) { emitOutput(row, column, first); });
  });
}

void cpu::emitOutputs(OpBuilder &builder, KernelContext &context,
                      const WinogradConv &conv, const TileGrid &grid,
                      const TileBlock &block, IndexRange outBlocks,
                      Place products) {
  Code code = getCode(builder, context, conv);
  const WinogradPlan &plan = conv.plan;
  Value buffer = createTileBuffer(builder, context, plan);
  IndexRange numbers{code.constant(0),
                builder.create<arith::SubIOp>(code.loc, outBlocks.end,
                                              outBlocks.begin)};
  code.loop({code.constant(0), block.count}, [&](Value tile) {
    SmallVector<Value> first =
        grid.getFirst(builder, code.add(block.first, tile));
    Value fromTile =
        code.add(products.offset, code.multiply(tile, plan.lanes));
    code.loop(numbers, [&](Value number) {
      Value from =
          code.add(fromTile, code.multiply(number, plan.tileStride()));
      applyToTile(
          builder, code.loc, conv.matrices.output,
          [&](size_t y, size_t x) {
            int64_t point = y * plan.window() + x;
            return code.load(products.buffer,
                             code.add(from, point * plan.productPlane()));
          },
          [&](size_t y, size_t x, Value value) {
            int64_t output = y * plan.outputs + x;
            code.store(value, buffer, code.constant(output * plan.lanes));
          });
      TileStore(code, context, conv, grid, buffer)
          .emit(block, code.add(outBlocks.begin, number), first);
    });
  });
}
