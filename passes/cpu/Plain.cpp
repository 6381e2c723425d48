//===- Plain.cpp - Loops over the iteration space as written --------------===//

#include "passes/cpu/CollapseDimensions.h"
#include "passes/cpu/Epilogue.h"
#include "passes/cpu/PlainPlan.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

/// Accumulators of a reduction by vectors: enough to hide the latency of an
/// addition.
constexpr int64_t kAccumulators = 4;

namespace {

class PlainEmitter {
public:
  PlainEmitter(OpBuilder &builder, KernelContext &context)
      : builder(builder), context(context), plan(planPlain(context)),
        root(context.root), loc(root.getLoc()), ivs(plan.sizes.size()) {
    unsigned dim = plan.vectorDim;
    if (plan.vectorized != PlainPlan::none)
      uniformity.emplace(root, dim, getVaryingArgs(root, dim));
  }

  void emit();

private:
  Value index(int64_t value) {
    return builder.create<arith::ConstantIndexOp>(loc, value);
  }
  void setTaskIndices(Value task, Value &chunk);
  void emitInner(unsigned depth, Value chunk);
  void emitLast(Value chunk);
  void emitRestOfVectors(Value from, Value to);
  void emitPoint(int64_t lanes, Value mask);
  SmallVector<Value> emitReductions(ArrayRef<unsigned> dims, ValueRange values,
                                    int64_t lanes, Value mask);
  SmallVector<Value> emitBody(ValueRange values, int64_t lanes, Value mask);
  SmallVector<Value> initialValues(int64_t lanes, Value mask);
  void finish(ValueRange values, int64_t lanes, Value mask);

  void emitReducedPoint();
  SmallVector<Value> emitVectorReduction(ArrayRef<unsigned> dims,
                                         SmallVector<Value> accumulators);
  SmallVector<Value> emitReductionRow(SmallVector<Value> accumulators);
  Value combine(Value lhs, Value rhs);

  OpBuilder &builder;
  KernelContext &context;
  PlainPlan plan;
  linalg::GenericOp root;
  Location loc;
  /// The current index of each dimension that is bound so far.
  SmallVector<Value> ivs;
  std::optional<Uniformity> uniformity;
};

} // namespace

/// Builds `for iv = from to to step step` with `values` carried; `body` sets
/// their next ones.
static SmallVector<Value>
buildLoop(OpBuilder &builder, Location loc, Value from, Value to, int64_t step,
          ValueRange values,
          function_ref<SmallVector<Value>(Value, ValueRange)> body) {
  Value stepValue = builder.create<arith::ConstantIndexOp>(loc, step);
  auto loop = builder.create<scf::ForOp>(loc, from, to, stepValue, values);
  OpBuilder::InsertionGuard guard(builder);
  // Without results the loop has its terminator already.
  builder.setInsertionPointToStart(loop.getBody());
  SmallVector<Value> next =
      body(loop.getInductionVar(), loop.getRegionIterArgs());
  if (!next.empty())
    builder.create<scf::YieldOp>(loc, next);
  return SmallVector<Value>(loop.getResults());
}

//===----------------------------------------------------------------------===//
// Parallel loops
//===----------------------------------------------------------------------===//

void PlainEmitter::emit() {
  context.setTasks(plan.tasks);
  if (plan.tasks == 0)
    return;
  buildLoop(builder, loc, context.begin, context.end, 1, {},
            [&](Value task, ValueRange) {
              Value chunk;
              setTaskIndices(task, chunk);
              emitInner(0, chunk);
              return SmallVector<Value>();
            });
}

/// Takes the task number apart, last dimension first.
void PlainEmitter::setTaskIndices(Value task, Value &chunk) {
  auto takeDigit = [&](int64_t radix) -> Value {
    if (radix == 1)
      return index(0);
    Value size = index(radix);
    Value digit = builder.create<arith::RemUIOp>(loc, task, size);
    task = builder.create<arith::DivUIOp>(loc, task, size);
    return digit;
  };
  chunk = takeDigit(plan.chunks);
  for (unsigned dim : llvm::reverse(plan.outer))
    ivs[dim] = takeDigit(plan.sizes[dim]);
}

void PlainEmitter::emitInner(unsigned depth, Value chunk) {
  if (depth == plan.inner.size())
    return emitLast(chunk);
  unsigned dim = plan.inner[depth];
  buildLoop(builder, loc, index(0), index(plan.sizes[dim]), 1, {},
            [&](Value iv, ValueRange) {
              ivs[dim] = iv;
              emitInner(depth + 1, chunk);
              return SmallVector<Value>();
            });
}

void PlainEmitter::emitLast(Value chunk) {
  auto emitOne = [&] {
    if (plan.vectorized == PlainPlan::reduction)
      emitReducedPoint();
    else
      emitPoint(1, Value());
  };
  if (!plan.last)
    return emitOne();
  unsigned dim = *plan.last;
  int64_t size = plan.sizes[dim];
  Value from = index(0), to = index(size);
  if (plan.chunks > 1) {
    from = builder.create<arith::MulIOp>(loc, chunk, index(plan.chunk));
    Value next = builder.create<arith::AddIOp>(loc, from, index(plan.chunk));
    to = builder.create<arith::MinUIOp>(loc, next, to);
  }
  if (plan.vectorized != PlainPlan::parallel) {
    buildLoop(builder, loc, from, to, 1, {}, [&](Value iv, ValueRange) {
      ivs[dim] = iv;
      emitOne();
      return SmallVector<Value>();
    });
    return;
  }

  int64_t whole = size - size % plan.lanes;
  Value wholeEnd = index(whole);
  if (plan.chunks > 1)
    wholeEnd = builder.create<arith::MinUIOp>(loc, to, wholeEnd);
  if (whole != 0)
    buildLoop(builder, loc, from, wholeEnd, plan.lanes, {},
              [&](Value iv, ValueRange) {
                ivs[dim] = iv;
                emitPoint(plan.lanes, Value());
                return SmallVector<Value>();
              });
  if (whole != size)
    emitRestOfVectors(wholeEnd, to);
}

/// The elements after the last whole vector. `from` == `to` in every chunk but
/// the last.
void PlainEmitter::emitRestOfVectors(Value from, Value to) {
  unsigned dim = plan.vectorDim;
  int64_t rest = plan.sizes[dim] % plan.lanes;
  auto body = [&](Value iv, ValueRange) {
    ivs[dim] = iv;
    Value mask;
    if (plan.masksRest)
      mask = builder.create<vector::ConstantMaskOp>(
          loc, VectorType::get({plan.lanes}, builder.getI1Type()),
          builder.getI64ArrayAttr({rest}));
    emitPoint(plan.masksRest ? plan.lanes : 1, mask);
    return SmallVector<Value>();
  };
  if (plan.masksRest && plan.chunks == 1)
    body(from, {});
  else
    buildLoop(builder, loc, from, to, plan.masksRest ? plan.lanes : 1, {}, body);
}

//===----------------------------------------------------------------------===//
// One point, or one vector of points along a parallel dimension
//===----------------------------------------------------------------------===//

void PlainEmitter::emitPoint(int64_t lanes, Value mask) {
  SmallVector<Value> values = initialValues(lanes, mask);
  values = emitReductions(plan.reductions, values, lanes, mask);
  finish(values, lanes, mask);
}

/// What the outputs start from: the fill, or what is in memory. Zero where the
/// body does not ask.
SmallVector<Value> PlainEmitter::initialValues(int64_t lanes, Value mask) {
  SmallVector<Value> values;
  for (auto [number, output] : llvm::enumerate(root.getDpsInitsMutable())) {
    Value value = context.initValues[number];
    if (!value && root.getMatchingBlockArgument(&output).use_empty()) {
      Type type = getElementTypeOrSelf(output.get().getType());
      value = builder.create<arith::ConstantOp>(loc, builder.getZeroAttr(type));
    }
    if (!value) {
      SmallVector<Value> at =
          applyMap(builder, loc, root.getMatchingIndexingMap(&output), ivs);
      Value buffer = context.bufferFor(output.get());
      value = lanes > 1 ? loadVector(builder, loc, buffer, at, lanes, mask)
                        : builder.create<memref::LoadOp>(loc, buffer, at);
    }
    values.push_back(toVector(builder, loc, value, lanes));
  }
  return values;
}

SmallVector<Value> PlainEmitter::emitReductions(ArrayRef<unsigned> dims,
                                                ValueRange values,
                                                int64_t lanes, Value mask) {
  if (dims.empty())
    return emitBody(values, lanes, mask);
  return buildLoop(builder, loc, index(0), index(plan.sizes[dims[0]]), 1,
                   values, [&](Value iv, ValueRange carried) {
                     ivs[dims[0]] = iv;
                     return emitReductions(dims.drop_front(), carried, lanes,
                                           mask);
                   });
}

/// The body at `ivs`, given the outputs' values.
SmallVector<Value> PlainEmitter::emitBody(ValueRange values, int64_t lanes,
                                          Value mask) {
  SmallVector<Value> args;
  for (OpOperand *operand : root.getDpsInputOperands()) {
    Value source = context.bufferFor(operand->get());
    if (!isa<MemRefType>(source.getType()) ||
        root.getMatchingBlockArgument(operand).use_empty()) {
      args.push_back(isa<MemRefType>(source.getType()) ? values.front()
                                                       : source);
      continue;
    }
    SmallVector<Value> at =
        applyMap(builder, loc, root.getMatchingIndexingMap(operand), ivs);
    bool isVector = lanes > 1 && classifyOperand(root, *operand,
                                                 plan.vectorDim) ==
                                     Access::contiguous;
    args.push_back(
        isVector ? loadVector(builder, loc, source, at, lanes, mask)
                 : builder.create<memref::LoadOp>(loc, source, at).getResult());
  }
  llvm::append_range(args, values);
  BodyCloner cloner(builder, loc, ivs, context.mapping,
                    lanes > 1 ? &*uniformity : nullptr, plan.vectorDim, lanes,
                    mask);
  SmallVector<Value> results = cloner.clone(root, args);
  for (Value &result : results)
    result = toVector(builder, loc, result, lanes);
  return results;
}

/// Epilogue and store.
void PlainEmitter::finish(ValueRange values, int64_t lanes, Value mask) {
  for (auto [number, output] : llvm::enumerate(root.getDpsInitsMutable())) {
    SmallVector<Value> at =
        applyMap(builder, loc, root.getMatchingIndexingMap(&output), ivs);
    Value value = emitEpilogue(builder, loc, context, values[number], at,
                               lanes, mask, number);
    storeValue(builder, loc, value, context.bufferFor(output.get()), at, mask);
  }
}

//===----------------------------------------------------------------------===//
// One point, reduced by vectors
//===----------------------------------------------------------------------===//

/// A copy of the body's combiner on `lhs` and `rhs`.
Value PlainEmitter::combine(Value lhs, Value rhs) {
  Operation *combiner = matchCombiner(root);
  OperationState state(loc, combiner->getName(), {lhs, rhs}, {lhs.getType()},
                       combiner->getAttrs());
  return builder.create(state)->getResult(0);
}

static vector::CombiningKind getCombiningKind(Operation *combiner) {
  using vector::CombiningKind;
  return llvm::TypeSwitch<Operation *, CombiningKind>(combiner)
      .Case<arith::AddFOp, arith::AddIOp>(
          [](auto) { return CombiningKind::ADD; })
      .Case<arith::MulFOp, arith::MulIOp>(
          [](auto) { return CombiningKind::MUL; })
      .Case([](arith::MaximumFOp) { return CombiningKind::MAXIMUMF; })
      .Case([](arith::MinimumFOp) { return CombiningKind::MINIMUMF; })
      .Case([](arith::MaxNumFOp) { return CombiningKind::MAXNUMF; })
      .Case([](arith::MinNumFOp) { return CombiningKind::MINNUMF; })
      .Case([](arith::MaxSIOp) { return CombiningKind::MAXSI; })
      .Case([](arith::MaxUIOp) { return CombiningKind::MAXUI; })
      .Case([](arith::MinSIOp) { return CombiningKind::MINSI; })
      .Case([](arith::MinUIOp) { return CombiningKind::MINUI; })
      .Case([](arith::AndIOp) { return CombiningKind::AND; })
      .Case([](arith::OrIOp) { return CombiningKind::OR; })
      .Default([](Operation *) { return CombiningKind::XOR; });
}

void PlainEmitter::emitReducedPoint() {
  Operation *combiner = matchCombiner(root);
  Value neutral = builder.create<arith::ConstantOp>(
      loc, *arith::getNeutralElement(combiner));
  neutral = toVector(builder, loc, neutral, plan.lanes);
  int64_t vectors = plan.sizes[plan.vectorDim] / plan.lanes;
  SmallVector<Value> accumulators(
      std::clamp<int64_t>(vectors, 1, kAccumulators), neutral);
  accumulators = emitVectorReduction(plan.reductions, accumulators);

  Value sum = accumulators[0];
  for (Value other : ArrayRef(accumulators).drop_front())
    sum = combine(sum, other);
  Value scalar = builder.create<vector::ReductionOp>(
      loc, getCombiningKind(combiner), sum, arith::FastMathFlags::reassoc);
  finish(combine(initialValues(1, Value())[0], scalar), 1, Value());
}

SmallVector<Value>
PlainEmitter::emitVectorReduction(ArrayRef<unsigned> dims,
                                  SmallVector<Value> accumulators) {
  if (dims.size() == 1)
    return emitReductionRow(accumulators);
  return buildLoop(builder, loc, index(0), index(plan.sizes[dims[0]]), 1,
                   accumulators, [&](Value iv, ValueRange carried) {
                     ivs[dims[0]] = iv;
                     return emitVectorReduction(dims.drop_front(), carried);
                   });
}

/// The innermost reduction: all accumulators at a time, then one, then what is
/// left of a vector.
SmallVector<Value>
PlainEmitter::emitReductionRow(SmallVector<Value> accumulators) {
  unsigned dim = plan.vectorDim;
  int64_t size = plan.sizes[dim], lanes = plan.lanes;
  int64_t step = lanes * accumulators.size();
  int64_t wholeSteps = size - size % step, whole = size - size % lanes;
  auto addAt = [&](Value iv, Value accumulator, Value mask) {
    ivs[dim] = iv;
    return emitBody(accumulator, lanes, mask)[0];
  };
  if (wholeSteps != 0)
    accumulators = buildLoop(
        builder, loc, index(0), index(wholeSteps), step, accumulators,
        [&](Value iv, ValueRange carried) {
          SmallVector<Value> next;
          for (auto [number, accumulator] : llvm::enumerate(carried)) {
            Value at = builder.create<arith::AddIOp>(loc, iv,
                                                     index(number * lanes));
            next.push_back(addAt(at, accumulator, Value()));
          }
          return next;
        });
  if (wholeSteps != whole)
    accumulators[0] = buildLoop(
        builder, loc, index(wholeSteps), index(whole), lanes, accumulators[0],
        [&](Value iv, ValueRange carried) {
          return SmallVector<Value>{addAt(iv, carried[0], Value())};
        })[0];
  if (whole == size)
    return accumulators;

  // Lanes past the end keep what they have.
  auto maskType = VectorType::get({lanes}, builder.getI1Type());
  if (plan.masksRest) {
    Value mask = builder.create<vector::ConstantMaskOp>(
        loc, maskType, builder.getI64ArrayAttr({size - whole}));
    Value sum = addAt(index(whole), accumulators[0], mask);
    accumulators[0] =
        builder.create<arith::SelectOp>(loc, mask, sum, accumulators[0]);
    return accumulators;
  }
  // Without masked loads, single elements go through the first lane.
  Value first =
      builder.create<vector::ExtractOp>(loc, accumulators[0], 0).getResult();
  first = buildLoop(builder, loc, index(whole), index(size), 1, first,
                    [&](Value iv, ValueRange carried) {
                      ivs[dim] = iv;
                      return emitBody(carried, 1, Value());
                    })[0];
  accumulators[0] = builder.create<vector::InsertOp>(
      loc, first, accumulators[0], ArrayRef<int64_t>{0});
  return accumulators;
}

LogicalResult cpu::emitPlain(OpBuilder &builder, KernelContext &context) {
  collapseDimensions(builder, context);
  for (OpOperand &output : context.root.getDpsInitsMutable())
    for (auto [dim, type] :
         llvm::enumerate(context.root.getIteratorTypesArray()))
      if (type == utils::IteratorType::reduction &&
          context.root.getMatchingIndexingMap(&output).isFunctionOfDim(dim))
        return context.def.emitError(
            "kernel's output depends on a reduction dimension");
  PlainEmitter(builder, context).emit();
  return success();
}
