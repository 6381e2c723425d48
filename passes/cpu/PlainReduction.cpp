//===- PlainReduction.cpp - Reductions with an accumulator per lane -------===//

#include "passes/cpu/PlainEmitter.h"

#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

/// A copy of the body's combiner on `lhs` and `rhs`.
Value PlainEmitter::combine(Value lhs, Value rhs) {
  Operation *combiner = matchCombiner(root);
  OperationState state(loc, combiner->getName(), {lhs, rhs}, {lhs.getType()},
                       combiner->getAttrs());
  return builder.create(state)->getResult(0);
}

/// Whether partial results of the reduction may be combined in any order.
bool PlainEmitter::canInterleave(unsigned dim, int64_t lanes) {
  Operation *combiner = matchCombiner(root);
  Type type = getElementTypeOrSelf(root.getDpsInits()[0].getType());
  int64_t size = plan.sizes[dim];
  bool isLong = ShapedType::isDynamic(size) || size >= 4 * kAccumulators;
  return lanes > 1 && isLong && combiner &&
         arith::getNeutralElement(combiner) && !type.isF16() && !type.isBF16();
}

/// The reduction over `dim` with an accumulator for each of some elements that
/// follow each other: one alone would wait for itself at every step.
Value PlainEmitter::emitInterleaved(unsigned dim, Value start, int64_t lanes,
                                    Value mask) {
  Value neutral = builder.create<arith::ConstantOp>(
      loc, *arith::getNeutralElement(matchCombiner(root)));
  SmallVector<Value> accumulators(kAccumulators,
                                  toVector(builder, loc, neutral, lanes));
  accumulators[0] = start;
  OpFoldResult whole = roundDown(builder, loc, sizes[dim], kAccumulators);
  accumulators =
      buildLoop(builder, loc, index(0), index(whole), kAccumulators,
                accumulators, [&](Value iv, ValueRange carried) {
                  SmallVector<Value> next;
                  for (auto [number, accumulator] : llvm::enumerate(carried)) {
                    ivs[dim] =
                        builder.create<arith::AddIOp>(loc, iv, index(number));
                    next.push_back(emitBody(accumulator, lanes, mask)[0]);
                  }
                  return next;
                });
  if (!isEqualConstantIntOrValue(whole, sizes[dim]))
    accumulators[0] =
        buildLoop(builder, loc, index(whole), index(sizes[dim]), 1,
                  accumulators[0], [&](Value iv, ValueRange carried) {
                    ivs[dim] = iv;
                    return emitBody(carried, lanes, mask);
                  })[0];
  Value sum = accumulators[0];
  for (Value other : ArrayRef(accumulators).drop_front())
    sum = combine(sum, other);
  return sum;
}

/// The lanes of `value` combined, one half with the other until one is left.
/// LLVM's reductions of maxima would take NaNs and signed zeros lane by lane.
Value PlainEmitter::combineLanes(Value value) {
  for (int64_t half = plan.lanes / 2; half > 0; half /= 2) {
    auto low = llvm::to_vector(llvm::seq<int64_t>(0, half));
    auto high = llvm::to_vector(llvm::seq<int64_t>(half, 2 * half));
    Value left = builder.create<vector::ShuffleOp>(loc, value, value, low);
    Value right = builder.create<vector::ShuffleOp>(loc, value, value, high);
    value = combine(left, right);
  }
  return builder.create<vector::ExtractOp>(loc, value, 0);
}

void PlainEmitter::emitReducedPoint() {
  Operation *combiner = matchCombiner(root);
  Value neutral = builder.create<arith::ConstantOp>(
      loc, *arith::getNeutralElement(combiner));
  neutral = toVector(builder, loc, neutral, plan.lanes);
  int64_t size = plan.sizes[plan.vectorDim];
  int64_t vectors =
      ShapedType::isDynamic(size) ? kAccumulators : size / plan.lanes;
  SmallVector<Value> accumulators(
      std::clamp<int64_t>(vectors, 1, kAccumulators), neutral);
  accumulators = emitVectorReduction(plan.reductions, accumulators);

  Value sum = accumulators[0];
  for (Value other : ArrayRef(accumulators).drop_front())
    sum = combine(sum, other);
  Value scalar = combineLanes(sum);
  finish(combine(initialValues(1, Value())[0], scalar), 1, Value());
}

SmallVector<Value>
PlainEmitter::emitVectorReduction(ArrayRef<unsigned> dims,
                                  SmallVector<Value> accumulators) {
  if (dims.size() == 1)
    return emitReductionRow(accumulators);
  return buildLoop(builder, loc, index(0), index(sizes[dims[0]]), 1,
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
  int64_t lanes = plan.lanes, step = lanes * accumulators.size();
  OpFoldResult size = sizes[dim];
  OpFoldResult wholeSteps = roundDown(builder, loc, size, step);
  OpFoldResult whole = roundDown(builder, loc, size, lanes);
  auto addAt = [&](Value iv, Value accumulator, Value mask) {
    ivs[dim] = iv;
    return emitBody(accumulator, lanes, mask)[0];
  };
  if (!isConstantIntValue(wholeSteps, 0))
    accumulators = buildLoop(
        builder, loc, index(0), index(wholeSteps), step, accumulators,
        [&](Value iv, ValueRange carried) {
          SmallVector<Value> next;
          for (auto [number, accumulator] : llvm::enumerate(carried)) {
            Value at =
                builder.create<arith::AddIOp>(loc, iv, index(number * lanes));
            next.push_back(addAt(at, accumulator, Value()));
          }
          return next;
        });
  if (!isEqualConstantIntOrValue(wholeSteps, whole))
    accumulators[0] =
        buildLoop(builder, loc, index(wholeSteps), index(whole), lanes,
                  accumulators[0], [&](Value iv, ValueRange carried) {
                    return SmallVector<Value>{addAt(iv, carried[0], Value())};
                  })[0];
  if (isEqualConstantIntOrValue(whole, size))
    return accumulators;

  // Lanes past the end keep what they have.
  auto addMasked = [&](Value iv, Value accumulator, OpFoldResult count) {
    Value mask = createMask(count);
    Value sum = addAt(iv, accumulator, mask);
    return builder.create<arith::SelectOp>(loc, mask, sum, accumulator)
        .getResult();
  };
  int64_t known = plan.sizes[dim];
  if (plan.masksRest && !ShapedType::isDynamic(known)) {
    accumulators[0] = addMasked(index(whole), accumulators[0],
                                builder.getIndexAttr(known % lanes));
    return accumulators;
  }
  if (plan.masksRest) {
    Value end = index(size);
    accumulators[0] =
        buildLoop(builder, loc, index(whole), end, lanes, accumulators[0],
                  [&](Value iv, ValueRange carried) {
                    Value count = builder.create<arith::SubIOp>(loc, end, iv);
                    return SmallVector<Value>{addMasked(iv, carried[0], count)};
                  })[0];
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
