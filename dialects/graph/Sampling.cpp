//===- Sampling.cpp - Reading between the elements ------------------------===//

#include "dialects/graph/Sampling.h"
#include "dialects/graph/Loops.h"
#include "dialects/graph/Scalar.h"

#include "mlir/Dialect/Utils/StaticValueUtils.h"

using namespace mlir;
using namespace atrous::graph;

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

Value Sampler::number(double value) const {
  return createNumber(b, b.getLoc(), type, value);
}

Value Sampler::toFloat(Value index) const {
  std::optional<int64_t> constant = getConstantIntValue(index);
  return constant ? number(*constant)
                  : createIndexCast(b, b.getLoc(), index, type);
}

Value Sampler::toIndex(Value whole) const {
  Value integer = b.create<arith::FPToSIOp>(b.getI64Type(), whole);
  return b.create<arith::IndexCastOp>(b.getIndexType(), integer);
}

Value Sampler::isOne(Value index) const {
  return b.create<arith::CmpIOp>(arith::CmpIPredicate::eq, index,
                                 createIndex(b, b.getLoc(), 1));
}

Value Sampler::less(Value x, Value y) const {
  return b.create<arith::CmpFOp>(arith::CmpFPredicate::OLT, x, y);
}

Value Sampler::select(Value condition, Value yes, Value no) const {
  return b.create<arith::SelectOp>(condition, yes, no);
}

Value Sampler::hold(Value x, Value low, Value high) const {
  Value above = b.create<arith::CmpFOp>(arith::CmpFPredicate::OGT, x, low);
  x = select(above, x, low);
  return select(less(x, high), x, high);
}

Value Sampler::add(Value x, Value y) const {
  return b.createOrFold<arith::AddFOp>(x, y);
}
Value Sampler::sub(Value x, Value y) const {
  return b.createOrFold<arith::SubFOp>(x, y);
}
Value Sampler::mul(Value x, Value y) const {
  return b.createOrFold<arith::MulFOp>(x, y);
}
Value Sampler::div(Value x, Value y) const {
  return b.createOrFold<arith::DivFOp>(x, y);
}

//===----------------------------------------------------------------------===//
// Taps
//===----------------------------------------------------------------------===//

Value Sampler::indexNear(Value whole, Value size) const {
  return toIndex(hold(whole, number(-4), add(toFloat(size), number(4))));
}

Tap Sampler::tapAt(Value index, Value weight, Value size) const {
  Value inside =
      b.create<arith::CmpIOp>(arith::CmpIPredicate::ult, index, size);
  Value one = createIndex(b, b.getLoc(), 1),
        zero = createIndex(b, b.getLoc(), 0);
  Value last = b.createOrFold<arith::SubIOp>(size, one);
  Value held = b.createOrFold<arith::MinSIOp>(index, last);
  return {b.createOrFold<arith::MaxSIOp>(held, zero), weight, inside};
}

Taps Sampler::linear(Value place, Value size) const {
  Value left = b.create<math::FloorOp>(place);
  Value rest = sub(place, left);
  Value first = indexNear(left, size);
  Value next = createAdd(b, b.getLoc(), first, createIndex(b, b.getLoc(), 1));
  return {tapAt(first, sub(number(1), rest), size), tapAt(next, rest, size)};
}

Value Sampler::horner(Value x, ArrayRef<double> coefficients) const {
  Value value = number(coefficients[0]);
  for (double coefficient : coefficients.drop_front()) {
    value = mul(value, x);
    if (coefficient != 0)
      value = add(value, number(coefficient));
  }
  return value;
}

/// The cubic kernel's polynomials at distances up to 1, and from there to 2.
static SmallVector<double> getNear(double a) { return {a + 2, -(a + 3), 0, 1}; }
static SmallVector<double> getFar(double a) {
  return {a, -5 * a, 8 * a, -4 * a};
}

Value Sampler::cubicKernel(Value distance, double a) const {
  Value far =
      select(less(distance, number(2)), horner(distance, getFar(a)), number(0));
  return select(less(distance, number(1)), horner(distance, getNear(a)), far);
}

Taps Sampler::cubic(Value place, Value size, double a) const {
  Value left = b.create<math::FloorOp>(place);
  Value r = sub(place, left), one = number(1);
  Value s = sub(one, r);
  Value weights[] = {horner(add(r, one), getFar(a)), horner(r, getNear(a)),
                     horner(s, getNear(a)), horner(add(s, one), getFar(a))};
  Value first = indexNear(left, size);
  Taps taps;
  for (auto [i, weight] : llvm::enumerate(weights)) {
    Value step = createIndex(b, b.getLoc(), int64_t(i) - 1);
    taps.push_back(tapAt(createAdd(b, b.getLoc(), first, step), weight, size));
  }
  return taps;
}

//===----------------------------------------------------------------------===//
// Sums
//===----------------------------------------------------------------------===//

Value Sampler::term(Value input, Type elementType, ArrayRef<Tap> taps,
                    bool &isWeighted) const {
  SmallVector<Value> indices;
  Value weight, inside;
  for (const Tap &tap : taps) {
    indices.push_back(tap.index);
    if (tap.weight)
      weight = weight ? mul(weight, tap.weight) : tap.weight;
    if (tap.inside)
      inside = inside ? b.create<arith::AndIOp>(inside, tap.inside).getResult()
                      : tap.inside;
  }
  Value element = b.create<tensor::ExtractOp>(input, indices);
  if (inside)
    element =
        select(inside, element,
               createNumber(b, b.getLoc(), element.getType(), /*value=*/0));
  isWeighted = static_cast<bool>(weight);
  if (!weight)
    return element;
  if (elementType.isInteger(1))
    element = loadScalar(b, b.getLoc(), element, elementType);
  element = castScalar(b, b.getLoc(), element, elementType, type);
  return mul(weight, element);
}

Value Sampler::sum(Value input, Type elementType, ArrayRef<Taps> taps) const {
  Value total;
  SmallVector<size_t> choice(taps.size(), 0);
  while (true) {
    SmallVector<Tap> chosen;
    for (auto [dim, which] : llvm::enumerate(choice))
      chosen.push_back(taps[dim][which]);
    bool isWeighted = false;
    Value next = term(input, elementType, chosen, isWeighted);
    if (!isWeighted)
      return next;
    total = total ? add(total, next) : next;
    int64_t dim = int64_t(taps.size()) - 1;
    while (dim >= 0 && ++choice[dim] == taps[dim].size())
      choice[dim--] = 0;
    if (dim < 0)
      return total;
  }
}

Value Sampler::load(Value input, Type elementType, ValueRange indices) const {
  Value element = b.create<tensor::ExtractOp>(input, indices);
  if (elementType.isInteger(1))
    element = loadScalar(b, b.getLoc(), element, elementType);
  return castScalar(b, b.getLoc(), element, elementType, type);
}

/// The sum over the dimensions after those of `indices`.
Value Sampler::nestedSum(Value input, Type elementType, ArrayRef<Taps> taps,
                         SmallVectorImpl<Value> &indices) const {
  if (indices.size() == taps.size())
    return load(input, elementType, indices);
  Value total;
  for (const Tap &tap : taps[indices.size()]) {
    indices.push_back(tap.index);
    Value inner = nestedSum(input, elementType, taps, indices);
    indices.pop_back();
    if (tap.weight)
      inner = mul(tap.weight, inner);
    total = total ? add(total, inner) : inner;
  }
  return total;
}

Value Sampler::nestedSum(Value input, Type elementType,
                         ArrayRef<Taps> taps) const {
  SmallVector<Value> indices;
  return nestedSum(input, elementType, taps, indices);
}

Value Sampler::toElement(Value sum, Type elementType) const {
  if (!isa<FloatType>(elementType))
    sum = b.create<math::RoundEvenOp>(sum);
  Value scalar = castScalar(b, b.getLoc(), sum, type, elementType);
  return storeScalar(b, b.getLoc(), scalar, elementType);
}
