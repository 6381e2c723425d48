//===- WinogradTransforms.cpp - Weights and inputs of a filtering ---------===//

#include "passes/cpu/FlatOperand.h"
#include "passes/cpu/LinearMap.h"
#include "passes/cpu/WinogradEmitter.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

//===----------------------------------------------------------------------===//
// Weights
//===----------------------------------------------------------------------===//

/// Input channels from which on weights are loaded before they are needed.
constexpr int64_t kPrefetchedChannels = 8;

void cpu::emitWeights(OpBuilder &builder, const KernelContext &context,
                      const WinogradConv &conv, Value group, Value rowGroup,
                      IndexRange inBlocks, Place weights) {
  Code code = getCode(builder, context.getLoc(), conv);
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
    from = code.add(from, offset(conv.shape.outBlock, code.add(firstRow, row)));
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
                     const TileBlock &block, IndexRange inBlocks,
                     Place inputs) {
  Code code = getCode(builder, context.getLoc(), conv);
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
      columns.push_back(
          offset(conv.shape.out[1], grid.getInput(builder, 1, first[1], i)));
    }
    Value toTile = code.add(inputs.offset, code.multiply(tile, plan.lanes));
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
