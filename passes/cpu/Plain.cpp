//===- Plain.cpp - Loops over the iteration space as written --------------===//

#include "passes/cpu/CollapseDimensions.h"
#include "passes/cpu/Epilogue.h"
#include "passes/cpu/PlainEmitter.h"
#include "passes/support/ConvAnalysis.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

//===----------------------------------------------------------------------===//
// Parallel loops
//===----------------------------------------------------------------------===//

OpFoldResult PlainEmitter::countTasks() {
  chunks = builder.getIndexAttr(1);
  if (plan.chunked)
    chunks = divideCeil(builder, loc, sizes[*plan.chunked], plan.chunk);
  OpFoldResult tasks = chunks;
  for (unsigned dim : llvm::reverse(plan.outer))
    tasks = multiply(builder, loc, sizes[dim], tasks);
  if (plan.last && plan.sizes[*plan.last] == 0)
    tasks = builder.getIndexAttr(0);

  SmallVector<unsigned> within(plan.inner);
  if (plan.last && plan.last != plan.chunked)
    within.push_back(*plan.last);
  if (plan.chunked)
    llvm::erase(within, *plan.chunked);
  int64_t elements = llvm::SaturatingMultiply<uint64_t>(
      product(plan.sizes, within, kAssumedSize), plan.chunk);
  int64_t points = llvm::SaturatingMultiply<uint64_t>(
      product(plan.sizes, plan.reductions, kAssumedSize), elements);
  context.setTasks(tasks, points, elements);
  return tasks;
}

void PlainEmitter::emit() {
  if (isConstantIntValue(countTasks(), 0))
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
  auto takeDigit = [&](OpFoldResult radix) -> Value {
    if (isConstantIntValue(radix, 1))
      return index(0);
    Value size = index(radix);
    Value digit = builder.create<arith::RemUIOp>(loc, task, size);
    task = builder.create<arith::DivUIOp>(loc, task, size);
    return digit;
  };
  chunk = takeDigit(chunks);
  for (unsigned dim : llvm::reverse(plan.outer))
    ivs[dim] = takeDigit(sizes[dim]);
}

/// The indices of `dim`, which is not of `outer`, that a task does.
std::pair<Value, Value> PlainEmitter::getRange(unsigned dim, Value chunk) {
  Value from = index(0), to = index(sizes[dim]);
  if (plan.chunked != dim || isConstantIntValue(chunks, 1))
    return {from, to};
  from = builder.create<arith::MulIOp>(loc, chunk, index(plan.chunk));
  Value next = builder.create<arith::AddIOp>(loc, from, index(plan.chunk));
  to = builder.create<arith::MinUIOp>(loc, next, to);
  return {from, to};
}

void PlainEmitter::emitInner(unsigned depth, Value chunk) {
  if (depth == plan.inner.size())
    return emitLast(chunk);
  unsigned dim = plan.inner[depth];
  auto [from, to] = getRange(dim, chunk);
  buildLoop(builder, loc, from, to, 1, {}, [&](Value iv, ValueRange) {
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
  auto [from, to] = getRange(dim, chunk);
  if (plan.vectorized != PlainPlan::parallel) {
    buildLoop(builder, loc, from, to, 1, {}, [&](Value iv, ValueRange) {
      ivs[dim] = iv;
      emitOne();
      return SmallVector<Value>();
    });
    return;
  }

  OpFoldResult whole = roundDown(builder, loc, sizes[dim], plan.lanes);
  Value wholeEnd = index(whole);
  if (plan.chunked == dim && !isConstantIntValue(chunks, 1))
    wholeEnd = builder.create<arith::MinUIOp>(loc, to, wholeEnd);
  if (!isConstantIntValue(whole, 0))
    buildLoop(builder, loc, from, wholeEnd, plan.lanes, {},
              [&](Value iv, ValueRange) {
                ivs[dim] = iv;
                emitPoint(plan.lanes, Value());
                return SmallVector<Value>();
              });
  if (!isEqualConstantIntOrValue(whole, sizes[dim]))
    emitRestOfVectors(wholeEnd, to);
}

/// The elements after the last whole vector. `from` == `to` in every chunk but
/// the last.
void PlainEmitter::emitRestOfVectors(Value from, Value to) {
  unsigned dim = plan.vectorDim;
  int64_t size = plan.sizes[dim];
  bool isKnown = !ShapedType::isDynamic(size);
  auto body = [&](Value iv, ValueRange) {
    ivs[dim] = iv;
    Value mask;
    if (plan.masksRest && isKnown)
      mask = createMask(builder.getIndexAttr(size % plan.lanes));
    else if (plan.masksRest)
      mask = createMask(builder.create<arith::SubIOp>(loc, to, iv).getResult());
    emitPoint(plan.masksRest ? plan.lanes : 1, mask);
    return SmallVector<Value>();
  };
  if (plan.masksRest && isKnown && isConstantIntValue(chunks, 1))
    body(from, {});
  else
    buildLoop(builder, loc, from, to, plan.masksRest ? plan.lanes : 1, {},
              body);
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
  if (product(plan.sizes, dims, INT64_MAX) <= context.schedule.getUnroll()) {
    SmallVector<Value> next(values);
    for (int64_t i = 0; i < plan.sizes[dims[0]]; ++i) {
      ivs[dims[0]] = index(i);
      next = emitReductions(dims.drop_front(), next, lanes, mask);
    }
    return next;
  }
  if (dims.size() == 1 && canInterleave(dims[0], lanes))
    return {emitInterleaved(dims[0], values[0], lanes, mask)};
  return buildLoop(builder, loc, index(0), index(sizes[dims[0]]), 1, values,
                   [&](Value iv, ValueRange carried) {
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
    bool isVector =
        lanes > 1 &&
        classifyOperand(root, *operand, plan.vectorDim) == Access::contiguous;
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
    Value value = emitEpilogue(builder, loc, context, values[number], at, lanes,
                               mask, number);
    storeValue(builder, loc, value, context.bufferFor(output.get()), at, mask);
  }
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
