//===- Range.cpp - graph.range --------------------------------------------===//

#include "dialects/graph/Broadcast.h"
#include "dialects/graph/Constants.h"
#include "dialects/graph/Runtime.h"
#include "dialects/graph/Scalar.h"

#include <cmath>

using namespace mlir;
using namespace atrous::graph;

/// More elements than this are a mistake in the model.
static constexpr double kMaxLength = 1e12;

/// The number of elements from three constants; nothing where one is not.
static FailureOr<std::optional<int64_t>> getLength(OptLocation location,
                                                   ValueRange operands) {
  SmallVector<double> numbers;
  SmallVector<int64_t> ints;
  for (Value operand : operands) {
    FailureOr<SmallVector<int64_t>> asInts = getConstantInts(operand, 1);
    FailureOr<SmallVector<double>> asFloats = getConstantFloats(operand, 1);
    if (succeeded(asInts) && asInts->size() == 1) {
      ints.push_back(asInts->front());
      numbers.push_back(asInts->front());
    } else if (succeeded(asFloats) && asFloats->size() == 1) {
      numbers.push_back(asFloats->front());
    } else {
      return std::optional<int64_t>();
    }
  }
  if (numbers[2] == 0)
    return emitOptionalError(location, "has a delta of 0");
  // Integers of more than 53 bits are exact only as such.
  double length = std::ceil((numbers[1] - numbers[0]) / numbers[2]);
  int64_t difference;
  if (ints.size() == 3 &&
      !__builtin_sub_overflow(ints[1], ints[0], &difference) && ints[2] != -1)
    length = double(difference / ints[2]) +
             (difference % ints[2] != 0 && (difference < 0) == (ints[2] < 0));
  if (std::isnan(length) || length > kMaxLength)
    return emitOptionalError(location, "range from ", numbers[0], " to ",
                             numbers[1], " by ", numbers[2],
                             " has no usable length");
  return std::make_optional(int64_t(std::max(length, 0.0)));
}

LogicalResult RangeOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                        Adaptor op,
                                        SmallVectorImpl<Type> &results) {
  Type type = op.getOperands().front().getType();
  if (failed(checkElementKind(location, ElementKind::number, type)) ||
      failed(checkSameElementType(location, op.getOperands())))
    return failure();
  for (Value operand : op.getOperands()) {
    RankedTensorType ranked = getRanked(operand.getType());
    if (ranked && ranked.hasStaticShape() && ranked.getNumElements() != 1)
      return emitOptionalError(
          location, "start, limit and delta must be scalars, got ", ranked);
  }
  FailureOr<std::optional<int64_t>> length =
      getLength(location, op.getOperands());
  if (failed(length))
    return failure();
  return addResult(location, *length ? Dim(**length) : Dim(),
                   getElementTypeOrSelf(type), results);
}

LoweredValues RangeOp::lowerToLinalg(OpBuilder &builder, ValueRange operands) {
  if (failed(checkStatic(*this)))
    return failure();
  auto getScalarMap = [&](Value operand) {
    SmallVector<AffineExpr> zeros(getShape(operand).size(),
                                  builder.getAffineConstantExpr(0));
    return AffineMap::get(/*dimCount=*/1, 0, zeros, getContext());
  };
  Value start = operands[0], delta = operands[2];
  auto emitElement = [](OpBuilder &bodyBuilder, Location loc,
                        ValueRange elements) {
    return emitWidened(
        bodyBuilder, loc, elements,
        [](ImplicitLocOpBuilder &b, ValueRange x) -> Value {
          Value index = b.create<linalg::IndexOp>(0);
          Value number = b.create<arith::IndexCastOp>(b.getI64Type(), index);
          number =
              castScalar(b, b.getLoc(), number, b.getI64Type(), x[0].getType());
          if (isa<FloatType>(x[0].getType()))
            return b.create<arith::AddFOp>(
                x[0], b.create<arith::MulFOp>(number, x[1]));
          return b.create<arith::AddIOp>(x[0],
                                         b.create<arith::MulIOp>(number, x[1]));
        });
  };
  return SmallVector<Value>{createMapped(
      builder, getLoc(), getPhysicalResultType(*this), {start, delta},
      {getScalarMap(start), getScalarMap(delta)}, emitElement)};
}

bool RangeOp::needsRuntime() {
  return hasRunTimeParameters(*this, getOperands());
}

StringRef RangeOp::getRuntimeFunction() { return "atrous_range"; }

SmallVector<int64_t> RangeOp::getRuntimeArguments() { return {}; }
