//===- Strassen.cpp - Phases and tasks of Strassen's product --------------===//

#include "passes/cpu/Epilogue.h"
#include "passes/cpu/KernelFunction.h"
#include "passes/cpu/Sizes.h"
#include "passes/cpu/StrassenEmitter.h"

#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

static FailureOr<StrassenProduct> analyze(const KernelContext &context) {
  kernel::DefOp def = context.def;
  FailureOr<ProductShape> shape =
      getProductShape(context.root, context.schedule.getLanes());
  if (failed(shape))
    return def.emitError("is scheduled as Strassen's product, but its root is "
                         "no product of packed matrices of known sizes");
  StrassenPlan plan = getStrassenPlan(*shape, context.schedule);
  if (plan.inPart() == 0 || plan.mainRows().blocks == 0)
    return def.emitError("has too few channels for parts of whole tiles");
  if (failed(requireVectorEpilogue(context)))
    return failure();
  return StrassenProduct{*shape, plan, getStrassenMatrices()};
}

/// Those that there are.
static SmallVector<StrassenRows> getRows(const StrassenPlan &plan) {
  SmallVector<StrassenRows> rows{plan.mainRows()};
  if (plan.restRows().blocks != 0)
    rows.push_back(plan.restRows());
  return rows;
}

//===----------------------------------------------------------------------===//
// Weights
//===----------------------------------------------------------------------===//

/// Where the weights of a group's first row group are.
static Place getWeights(OpBuilder &b, const StrassenPlan &plan,
                        const StrassenRows &of, const Memory &shared,
                        Value group) {
  return shared.at(b, group, of.rowGroups() * plan.weightsSize(of),
                   of.isRest ? plan.allWeightsSize(plan.mainRows()) : 0);
}

/// A task is a row group and a block of input channels, of each part or of
/// those left over.
static void emitWeightsPhase(const KernelContext &context,
                             const StrassenProduct &product,
                             const StrassenRows &of, bool isInRest) {
  const StrassenPlan &plan = product.plan;
  OpBuilder b(context.getLoc().getContext());
  Location loc = context.getLoc();
  int64_t positions = isInRest ? plan.inRest() : plan.inPart();
  int64_t tasks = plan.groups * of.rowGroups() * positions;
  std::string name = "weights";
  if (of.isRest)
    name += "_of_rest";
  if (isInRest)
    name += "_left_over";
  int64_t operations =
      tasks * of.rows * plan.lanes * plan.lanes * plan.points() * 2;
  KernelContext phase = createPhase(b, context, name, tasks, operations);
  Memory shared(b, loc, phase.workspace, plan.sharedSize());
  buildTaskLoop(b, phase,
                getAsIndexOpFoldResult(
                    b.getContext(), {plan.groups, of.rowGroups(), positions}),
                [&](ArrayRef<Value> task) {
                  Code code = getCode(b, loc, product.plan.lanes);
                  Place weights = getWeights(b, plan, of, shared, task[0]);
                  emitStrassenWeights(
                      b, phase, product, of, isInRest, task[0], task[1],
                      task[2],
                      code.advance(weights, task[1], plan.weightsSize(of)));
                });
}

//===----------------------------------------------------------------------===//
// Tasks
//===----------------------------------------------------------------------===//

namespace {
/// A block of pixels, and a slice of the output channels.
class TaskEmitter {
public:
  TaskEmitter(OpBuilder &b, KernelContext &context,
              const StrassenProduct &product)
      : code(getCode(b, context.getLoc(), product.plan.lanes)),
        context(context), product(product), plan(product.plan),
        shared(b, code.loc, context.workspace, plan.sharedSize()),
        own(b, code.loc, context.scratch, plan.privateSize()) {}

  /// `task`: image, group, block of pixels, slice of output channels.
  void emit(ArrayRef<Value> task);

private:
  Value least(Value value, Value other) {
    return code.b.create<arith::MinUIOp>(code.loc, value, other);
  }
  /// Blocks from `number` * `size` on, `size` of them or what is left of `all`.
  ChannelSlice getSlice(Value number, int64_t size, int64_t all);
  void setPixels(Value block);
  void emitSlice(Value number, PanelStore store);
  void forRows(function_ref<void(const StrassenRows &, const ChannelSlice &,
                                 Place products)>
                   body);

  Code code;
  KernelContext &context;
  const StrassenProduct &product;
  const StrassenPlan &plan;
  Memory shared, own;
  ProductPlace at;
  PixelBlock pixels;
  Value outSlice;
};
} // namespace

ChannelSlice TaskEmitter::getSlice(Value number, int64_t size, int64_t all) {
  Value first = code.multiply(number, size);
  if (all % size == 0)
    return {first, code.constant(size)};
  Value rest =
      code.b.create<arith::SubIOp>(code.loc, code.constant(all), first);
  return {first, least(rest, code.constant(size))};
}

void TaskEmitter::setPixels(Value block) {
  int64_t size = plan.parts() * plan.pixels;
  ChannelSlice all = getSlice(block, size, plan.area);
  pixels = {all.first, code.b.create<arith::CeilDivUIOp>(
                           code.loc, all.count, code.constant(plan.parts()))};
}

/// The task's rows, and with the last slice those left over.
void TaskEmitter::forRows(
    function_ref<void(const StrassenRows &, const ChannelSlice &, Place)>
        body) {
  StrassenRows main = plan.mainRows(), rest = plan.restRows();
  Place products = own.at(code.b, plan.inputSize());
  body(main, getSlice(outSlice, plan.outSlice, main.blocks), products);
  if (rest.blocks == 0)
    return;
  Value isLast =
      code.b.create<arith::CmpIOp>(code.loc, arith::CmpIPredicate::eq, outSlice,
                                   code.constant(plan.outSlices() - 1));
  auto branch = code.b.create<scf::IfOp>(code.loc, isLast, /*withElse=*/false);
  OpBuilder::InsertionGuard guard(code.b);
  code.b.setInsertionPointToStart(branch.thenBlock());
  products = own.at(code.b, plan.inputSize() + plan.productSize(main));
  body(rest, {code.constant(0), code.constant(rest.blocks)}, products);
}

/// The inputs of a slice of the input channels, and their products.
void TaskEmitter::emitSlice(Value number, PanelStore store) {
  bool isFirst = store == PanelStore::Replace;
  ChannelSlice slice = getSlice(number, plan.inSlice, plan.inPart());
  Place inputs = own.at(code.b, 0);
  if (isFirst && plan.inRest() != 0)
    emitStrassenInRest(code.b, context, product, at, pixels, inputs);
  emitStrassenInputs(code.b, context, product, at, pixels, slice, inputs);
  forRows(
      [&](const StrassenRows &of, const ChannelSlice &rows, Place products) {
        Place weights = getWeights(code.b, plan, of, shared, at.group);
        emitStrassenProducts(code, product, {of, rows}, slice, pixels,
                             {weights, inputs, products}, store);
      });
}

void TaskEmitter::emit(ArrayRef<Value> task) {
  at = {task[0], task[1]};
  setPixels(task[2]);
  outSlice = task[3];
  Value zero = code.constant(0), one = code.constant(1);
  emitSlice(zero, PanelStore::Replace);
  if (plan.inSlices() > 1)
    code.loop({one, code.constant(plan.inSlices())},
              [&](Value number) { emitSlice(number, PanelStore::Add); });
  forRows(
      [&](const StrassenRows &of, const ChannelSlice &rows, Place products) {
        emitStrassenOutputs(code.b, context, product, of, at, pixels, rows,
                            products);
      });
}

LogicalResult cpu::emitStrassen(OpBuilder &b, KernelContext &context) {
  FailureOr<StrassenProduct> product = analyze(context);
  if (failed(product))
    return failure();
  const StrassenPlan &plan = product->plan;
  for (const StrassenRows &of : getRows(plan)) {
    emitWeightsPhase(context, *product, of, /*isInRest=*/false);
    if (plan.inRest() != 0)
      emitWeightsPhase(context, *product, of, /*isInRest=*/true);
  }
  SmallVector<OpFoldResult> sizes = getAsIndexOpFoldResult(
      b.getContext(),
      {plan.images, plan.groups, plan.pixelBlocks(), plan.outSlices()});
  int64_t elements =
      plan.parts() * plan.pixels * plan.parts() * plan.outSlice * plan.lanes;
  context.setTasks(multiplyAll(b, context.getLoc(), sizes),
                   elements * plan.inBlocks * plan.lanes, elements);
  TaskEmitter emitter(b, context, *product);
  buildTaskLoop(b, context, sizes,
                [&](ArrayRef<Value> task) { emitter.emit(task); });
  return success();
}
