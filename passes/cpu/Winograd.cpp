//===- Winograd.cpp - Orders of a minimal filtering -----------------------===//

#include "passes/cpu/WinogradEmitter.h"

#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "passes/cpu/Epilogue.h"
#include "passes/cpu/KernelFunction.h"
#include "passes/cpu/Sizes.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

static FailureOr<WinogradConv> analyze(const KernelContext &context) {
  kernel::DefOp def = context.def;
  FailureOr<ConvShape> shape = analyzeConv(context.root);
  if (failed(shape) || !isWinogradConv(*shape, context.schedule.getLanes()))
    return def.emitError("is scheduled as a minimal filtering, but its root is "
                         "no convolution that fits it");
  WinogradPlan plan = getWinogradPlan(*shape, context.schedule,
                                      /*isPrepared=*/bool(context.prepared));
  if (plan.outBlocks % plan.rows != 0)
    return def.emitError("tile of ")
           << plan.rows << " output blocks does not divide " << plan.outBlocks;
  if (plan.isByChannels && !plan.isKnown())
    return def.emitError("is scheduled by channels, but has dynamic sizes");
  if (failed(requireVectorEpilogue(context)))
    return failure();
  return WinogradConv{*shape, plan};
}

static OpFoldResult getSize(const KernelContext &context, Loop loop) {
  if (loop)
    return context.getLoopSizes(context.root)[loop.dim];
  return IntegerAttr::get(IndexType::get(context.getLoc().getContext()), 1);
}

static IndexRange getRange(OpBuilder &builder, Location loc, int64_t size) {
  return {builder.create<arith::ConstantIndexOp>(loc, 0),
          builder.create<arith::ConstantIndexOp>(loc, size)};
}

static IndexRange getSingle(OpBuilder &builder, Location loc, Value number) {
  Value one = builder.create<arith::ConstantIndexOp>(loc, 1);
  return {number, builder.create<arith::AddIOp>(loc, number, one)};
}

static TileBlock getBlock(OpBuilder &b, Location loc, const TileGrid &grid,
                          int64_t tiles, Value image, Value group,
                          Value block) {
  Value size = b.create<arith::ConstantIndexOp>(loc, tiles);
  Value first = b.create<arith::MulIOp>(loc, block, size);
  Value all = getValueOrCreateConstantIndexOp(b, loc, grid.countTiles(b));
  Value rest = b.create<arith::SubIOp>(loc, all, first);
  return {image, group, first, b.create<arith::MinUIOp>(loc, rest, size)};
}

/// About the scalar operations that transforming `vectors` vectors takes.
static int64_t estimateTransform(const WinogradPlan &plan, int64_t vectors) {
  return vectors * plan.lanes * plan.products() * 4;
}

/// Tasks of so many tiles of output blocks.
static void setTasks(KernelContext &context, const WinogradPlan &plan,
                     OpFoldResult tasks, int64_t tiles) {
  int64_t elements = tiles * plan.outputs() * plan.lanes;
  int64_t taps = plan.filters[0].taps * plan.filters[1].taps;
  context.setTasks(tasks, elements * plan.inBlocks * plan.lanes * taps,
                   elements);
}

/// The transformed weights of a row group, in memory of the model or of the
/// launch that starts at `all`.
static Place getWeights(OpBuilder &b, const KernelContext &context,
                        const WinogradPlan &plan, Value all, Value group,
                        OpFoldResult rowGroup) {
  Location loc = context.getLoc();
  OpFoldResult panel =
      add(b, loc, multiply(b, loc, group, b.getIndexAttr(plan.rowGroups())),
          rowGroup);
  return Memory(b, loc, all, plan.allWeightsSize())
      .at(b, panel, plan.weightsSize());
}

static Value getWeightsMemory(const KernelContext &context) {
  return context.prepared ? context.prepared : context.workspace;
}

/// Transforms all weights, once where they are prepared, else in each launch.
static void emitWeightsPhase(const KernelContext &context,
                             const WinogradConv &conv) {
  const WinogradPlan &plan = conv.plan;
  OpBuilder b(context.getLoc().getContext());
  Location loc = context.getLoc();
  int64_t tasks = plan.groups * plan.rowGroups() * plan.inBlocks;
  KernelContext phase =
      createPhase(b, context, "weights", tasks,
                  estimateTransform(plan, tasks * plan.lanes * plan.rows),
                  /*atLoad=*/bool(context.prepared));
  auto emitTask = [&](ArrayRef<Value> task) {
    emitWeights(
        b, phase, conv, task[0], task[1], getSingle(b, loc, task[2]),
        getWeights(b, phase, plan, getWeightsMemory(phase), task[0], task[1]));
  };
  buildTaskLoop(
      b, phase,
      getAsIndexOpFoldResult(b.getContext(),
                             {plan.groups, plan.rowGroups(), plan.inBlocks}),
      emitTask);
}

//===----------------------------------------------------------------------===//
// By blocks of tiles
//===----------------------------------------------------------------------===//

LogicalResult cpu::emitWinogradByTiles(OpBuilder &b, KernelContext &context) {
  FailureOr<WinogradConv> conv = analyze(context);
  if (failed(conv))
    return failure();
  emitWeightsPhase(context, *conv);
  const WinogradPlan &plan = conv->plan;
  Location loc = context.getLoc();
  TileGrid grid(b, context, *conv);
  SmallVector<OpFoldResult> sizes{
      getSize(context, conv->shape.batch), b.getIndexAttr(plan.groups),
      divideCeil(b, loc, grid.countTiles(b), plan.tiles)};
  OpFoldResult tasks = multiplyAll(b, loc, sizes);
  setTasks(context, plan, tasks, plan.tiles * plan.outBlocks);

  Memory own(b, loc, context.scratch, plan.privateSize());
  buildTaskLoop(b, context, sizes, [&](ArrayRef<Value> task) {
    TileBlock block =
        getBlock(b, loc, grid, plan.tiles, task[0], task[1], task[2]);
    Place inputs = own.at(b, 0), products = own.at(b, plan.inputSize());
    Place weights = getWeights(b, context, plan, getWeightsMemory(context),
                               task[1], b.getIndexAttr(0));
    emitInputs(b, context, *conv, grid, block, getRange(b, loc, plan.inBlocks),
               inputs);
    emitProducts(b, loc, *conv, plan.rowGroups(), weights, inputs, block.count,
                 products);
    emitOutputs(b, context, *conv, grid, block,
                getRange(b, loc, plan.outBlocks), products);
  });
  return success();
}

//===----------------------------------------------------------------------===//
// By blocks of output channels
//===----------------------------------------------------------------------===//

static void emitInputsPhase(const KernelContext &context,
                            const WinogradConv &conv) {
  const WinogradPlan &plan = conv.plan;
  OpBuilder b(context.getLoc().getContext());
  Location loc = context.getLoc();
  int64_t tasks = plan.inputBlocks() * plan.inBlocks;
  KernelContext phase = createPhase(
      b, context, "inputs", tasks, estimateTransform(plan, tasks * plan.tiles));
  TileGrid grid(b, phase, conv);
  Memory shared(b, loc, phase.workspace, plan.sharedSize());
  auto emitTask = [&](ArrayRef<Value> task) {
    SmallVector<Value> index = delinearize(
        b, loc, task[0],
        getAsIndexOpFoldResult(b.getContext(),
                               {plan.images, plan.groups, plan.blocks}));
    TileBlock block =
        getBlock(b, loc, grid, plan.tiles, index[0], index[1], index[2]);
    emitInputs(b, phase, conv, grid, block, getSingle(b, loc, task[1]),
               shared.at(b, task[0], plan.inputSize()));
  };
  buildTaskLoop(b, phase,
                getAsIndexOpFoldResult(b.getContext(),
                                       {plan.inputBlocks(), plan.inBlocks}),
                emitTask);
}

/// Transforms the weights of one slice of the input channels after the other,
/// and adds up their products. `task` is a group and a row group.
static void emitSlices(OpBuilder &b, const KernelContext &context,
                       const WinogradConv &conv, ArrayRef<Value> task,
                       Place weights, Place inputs, Value tiles,
                       Place products) {
  const WinogradPlan &plan = conv.plan;
  Location loc = context.getLoc();
  Code code = getCode(b, loc, plan.lanes);
  Value zero = b.create<arith::ConstantOp>(loc, b.getZeroAttr(code.type));
  code.loop(
      getRange(b, loc, plan.productSize()),
      [&](Value at) {
        code.store(zero, products.buffer, code.add(products.offset, at));
      },
      plan.lanes);
  auto emitSlice = [&](Value first) {
    Value end = b.create<arith::MinUIOp>(loc, code.add(first, plan.inSlice),
                                         code.constant(plan.inBlocks));
    emitWeights(
        b, context, conv, task[0], task[1], {first, end},
        code.advance(weights, first, -plan.lanes * plan.rows * plan.lanes));
    emitProducts(b, loc, conv, /*rowGroups=*/1, weights, inputs, tiles,
                 products, IndexRange{first, end});
  };
  code.loop(getRange(b, loc, plan.inBlocks), emitSlice, plan.inSlice);
}

LogicalResult cpu::emitWinogradByChannels(OpBuilder &b,
                                          KernelContext &context) {
  FailureOr<WinogradConv> conv = analyze(context);
  if (failed(conv))
    return failure();
  emitInputsPhase(context, *conv);
  const WinogradPlan &plan = conv->plan;
  if (plan.isPrepared)
    emitWeightsPhase(context, *conv);
  Location loc = context.getLoc();
  TileGrid grid(b, context, *conv);
  setTasks(context, plan, b.getIndexAttr(plan.groups * plan.rowGroups()),
           plan.images * plan.blocks * plan.tiles * plan.rows);

  Memory shared(b, loc, context.workspace, plan.sharedSize());
  Memory own(b, loc, context.scratch, plan.privateSize());
  Place weights, products = own.at(b, plan.isPrepared ? 0 : plan.weightsSize());
  Code code = getCode(b, loc, plan.lanes);
  auto emitBlock = [&](ArrayRef<Value> task, Value image, Value number) {
    TileBlock block =
        getBlock(b, loc, grid, plan.tiles, image, task[0], number);
    OpFoldResult before = add(
        b, loc, multiply(b, loc, image, b.getIndexAttr(plan.groups)), task[0]);
    before = add(b, loc, multiply(b, loc, before, b.getIndexAttr(plan.blocks)),
                 number);
    Place inputs = shared.at(b, before, plan.inputSize());
    if (plan.hasSlices())
      emitSlices(b, context, *conv, task, own.at(b, 0), inputs, block.count,
                 products);
    else
      emitProducts(b, loc, *conv, 1, weights, inputs, block.count, products);
    Value firstRow = code.multiply(task[1], plan.rows);
    emitOutputs(b, context, *conv, grid, block,
                {firstRow, code.add(firstRow, plan.rows)}, products);
  };
  auto emitTask = [&](ArrayRef<Value> task) {
    if (plan.isPrepared) {
      weights =
          getWeights(b, context, plan, context.prepared, task[0], task[1]);
    } else if (!plan.hasSlices()) {
      weights = own.at(b, 0);
      emitWeights(b, context, *conv, task[0], task[1],
                  getRange(b, loc, plan.inBlocks), weights);
    }
    code.loop(getRange(b, loc, plan.images), [&](Value image) {
      code.loop(getRange(b, loc, plan.blocks),
                [&](Value number) { emitBlock(task, image, number); });
    });
  };
  buildTaskLoop(
      b, context,
      getAsIndexOpFoldResult(b.getContext(), {plan.groups, plan.rowGroups()}),
      emitTask);
  return success();
}
