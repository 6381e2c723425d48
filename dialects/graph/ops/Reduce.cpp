//===- Reduce.cpp - graph.reduce ------------------------------------------===//

#include "dialects/graph/Constants.h"
#include "dialects/graph/Dims.h"
#include "dialects/graph/Loops.h"
#include "dialects/graph/Runtime.h"
#include "dialects/graph/Scalar.h"

#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/SmallBitVector.h"

using namespace mlir;
using namespace atrous::graph;

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

/// The dimensions of an input of `rank` that are reduced; nothing where `axes`
/// is not constant.
static FailureOr<std::optional<llvm::SmallBitVector>>
getReducedDims(OptLocation location, int64_t rank, Value axes,
               bool noopWithEmptyAxes) {
  SmallVector<int64_t> list;
  if (axes) {
    FailureOr<std::optional<SmallVector<int64_t>>> values =
        getShapeOperand(location, axes, "axes");
    if (failed(values))
      return failure();
    if (!*values)
      return std::optional<llvm::SmallBitVector>();
    FailureOr<SmallVector<int64_t>> normalized =
        normalizeAxes(location, **values, rank);
    if (failed(normalized))
      return failure();
    list = *normalized;
  }
  llvm::SmallBitVector reduced(rank, list.empty() && !noopWithEmptyAxes);
  for (int64_t axis : list)
    reduced.set(axis);
  return std::optional(reduced);
}

/// The rank of a result whose axes are not constant; negative where there are
/// too many.
static std::optional<int64_t> getRankOfUnknown(int64_t rank, Value axes,
                                               bool keepdims,
                                               bool noopWithEmptyAxes) {
  if (keepdims)
    return rank;
  std::optional<int64_t> length = getVectorLength(axes);
  if (!length)
    return std::nullopt;
  return *length > 0 || noopWithEmptyAxes ? rank - *length : 0;
}

LogicalResult ReduceOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                         Adaptor op,
                                         SmallVectorImpl<Type> &results) {
  Type elementType = getElementTypeOrSelf(op.getInput());
  if (elementType.isInteger(1) && op.getKind() != ReduceKind::max &&
      op.getKind() != ReduceKind::min)
    return emitOptionalError(location, "booleans have no ",
                             stringifyReduceKind(op.getKind()));
  RankedTensorType input = getRanked(op.getInput().getType());
  if (!input)
    return addUnranked(elementType, results);
  auto reduced = getReducedDims(location, input.getRank(), op.getAxes(),
                                op.getNoopWithEmptyAxes());
  if (failed(reduced))
    return failure();
  if (!*reduced) {
    std::optional<int64_t> rank =
        getRankOfUnknown(input.getRank(), op.getAxes(), op.getKeepdims(),
                         op.getNoopWithEmptyAxes());
    if (!rank)
      return addUnranked(elementType, results);
    if (*rank < 0)
      return emitOptionalError(location,
                               "has more axes than the input has "
                               "dimensions, ",
                               input.getRank());
    return addResult(location, Dims(*rank), elementType, results);
  }
  Dims dims;
  for (auto [axis, dim] : llvm::enumerate(getDims(input)))
    if (!(*reduced)->test(axis))
      dims.push_back(dim);
    else if (op.getKeepdims())
      dims.push_back(1);
  return addResult(location, dims, elementType, results);
}

//===----------------------------------------------------------------------===//
// Layout
//===----------------------------------------------------------------------===//

FailureOr<SmallVector<TensorAttr>>
ReduceOp::getBlockedOperandLayouts(int64_t tile, ArrayRef<bool>) {
  RankedTensorType input = getRanked(getInput().getType());
  if (!input || input.getRank() < 3 || !getKeepdims())
    return failure();
  auto reduced = getReducedDims(/*location=*/std::nullopt, input.getRank(),
                                getAxes(), getNoopWithEmptyAxes());
  if (failed(reduced) || !*reduced || (*reduced)->test(0) ||
      (*reduced)->test(1))
    return failure();
  SmallVector<TensorAttr> layouts((*this)->getNumOperands());
  layouts[0] = getChannelBlockedLayout(getContext(), tile);
  return layouts;
}

//===----------------------------------------------------------------------===//
// Lowering
//===----------------------------------------------------------------------===//

namespace {
/// The arithmetic of one kind of reduction.
struct Reduction {
  ReduceKind kind;
  bool isUnsigned;
  /// Narrow floats are summed in f32.
  Type accumulatorType;

  Value identity(OpBuilder &b, Location loc) const;
  Value combine(OpBuilder &b, Location loc, Value acc, Value x) const;
  Value finish(OpBuilder &b, Location loc, Value acc, Dim count) const;
};
} // namespace

Value Reduction::identity(OpBuilder &b, Location loc) const {
  switch (kind) {
  case ReduceKind::max:
    return createLowest(b, loc, accumulatorType, isUnsigned);
  case ReduceKind::min:
    return createLargest(b, loc, accumulatorType, isUnsigned);
  case ReduceKind::prod:
    return createNumber(b, loc, accumulatorType, 1);
  default:
    return createNumber(b, loc, accumulatorType, 0);
  }
}

/// The better of two elements. A NaN is the best of all.
static Value emitBest(OpBuilder &b, Location loc, Value acc, Value x,
                      bool largest, bool isUnsigned) {
  if (isa<FloatType>(x.getType()))
    return largest ? b.create<arith::MaximumFOp>(loc, acc, x).getResult()
                   : b.create<arith::MinimumFOp>(loc, acc, x).getResult();
  if (isUnsigned)
    return largest ? b.create<arith::MaxUIOp>(loc, acc, x).getResult()
                   : b.create<arith::MinUIOp>(loc, acc, x).getResult();
  return largest ? b.create<arith::MaxSIOp>(loc, acc, x).getResult()
                 : b.create<arith::MinSIOp>(loc, acc, x).getResult();
}

static Value emitAbs(OpBuilder &b, Location loc, Value x, bool isUnsigned) {
  if (isa<FloatType>(x.getType()))
    return b.create<math::AbsFOp>(loc, x);
  return isUnsigned ? x : b.create<math::AbsIOp>(loc, x).getResult();
}

Value Reduction::combine(OpBuilder &b, Location loc, Value acc, Value x) const {
  if (x.getType() != accumulatorType)
    x = b.create<arith::ExtFOp>(loc, accumulatorType, x);
  switch (kind) {
  case ReduceKind::max:
  case ReduceKind::min:
    return emitBest(b, loc, acc, x, kind == ReduceKind::max, isUnsigned);
  case ReduceKind::prod:
    return createMul(b, loc, acc, x);
  case ReduceKind::l1:
    return createAdd(b, loc, acc, emitAbs(b, loc, x, isUnsigned));
  case ReduceKind::l2:
  case ReduceKind::sum_square:
    return createAdd(b, loc, acc, createMul(b, loc, x, x));
  case ReduceKind::sum:
  case ReduceKind::mean:
    return createAdd(b, loc, acc, x);
  }
  llvm_unreachable("all kinds are covered");
}

/// sqrt; of an integer, rounded towards zero.
static Value emitSqrt(OpBuilder &b, Location loc, Value x, bool isUnsigned) {
  if (isa<FloatType>(x.getType()))
    return b.create<math::SqrtOp>(loc, x);
  Type f64 = b.getF64Type();
  Value wide = isUnsigned ? b.create<arith::UIToFPOp>(loc, f64, x).getResult()
                          : b.create<arith::SIToFPOp>(loc, f64, x).getResult();
  Value root = b.create<math::SqrtOp>(loc, wide);
  if (isUnsigned)
    return b.create<arith::FPToUIOp>(loc, x.getType(), root);
  return b.create<arith::FPToSIOp>(loc, x.getType(), root);
}

Value Reduction::finish(OpBuilder &b, Location loc, Value acc,
                        Dim count) const {
  if (kind == ReduceKind::l2)
    return emitSqrt(b, loc, acc, isUnsigned);
  if (kind != ReduceKind::mean)
    return acc;
  // The mean of nothing is 0 / 0, but an integer has no NaN.
  bool isFloat = isa<FloatType>(accumulatorType);
  if (!isFloat)
    count = maxSizes(count, Dim(1));
  Value divisor =
      count.isDynamic()
          ? createIndexCast(b, loc, createSize(b, loc, count), accumulatorType)
          : createNumber(b, loc, accumulatorType, count.size);
  if (isFloat)
    return b.create<arith::DivFOp>(loc, acc, divisor);
  if (isUnsigned)
    return b.create<arith::DivUIOp>(loc, acc, divisor);
  return b.create<arith::DivSIOp>(loc, acc, divisor);
}

/// The loops and the two maps of a reduction over `reduced` (of the input's
/// physical dimensions).
static std::pair<AffineMap, AffineMap>
getReductionMaps(Loops &loops, const llvm::SmallBitVector &reduced,
                 bool keepdims) {
  SmallVector<AffineExpr> input(reduced.size()), output;
  for (unsigned dim = 0; dim < reduced.size(); ++dim)
    if (!reduced.test(dim))
      output.push_back(input[dim] = loops.parallel());
    else if (keepdims)
      output.push_back(loops.constant(0));
  for (unsigned dim : reduced.set_bits())
    input[dim] = loops.reduction();
  return {loops.map(input), loops.map(output)};
}

FailureOr<SmallVector<Value>> ReduceOp::lowerToLinalg(OpBuilder &builder,
                                                      ValueRange operands) {
  if (failed(checkRanked(*this)))
    return failure();
  auto logical = cast<RankedTensorType>(getInput().getType());
  auto reduced = getReducedDims(getLoc(), logical.getRank(), getAxes(),
                                getNoopWithEmptyAxes());
  if (failed(reduced))
    return failure();
  if (!*reduced)
    return emitError("needs constant axes");

  Value input = operands[0];
  RankedTensorType type = getPhysicalResultType(*this);
  Type elementType = type.getElementType();
  bool isNarrow = elementType.isF16() || elementType.isBF16();
  Reduction reduction{getKind(),
                      logical.getElementType().isUnsignedInteger() ||
                          logical.getElementType().isInteger(1),
                      isNarrow ? builder.getF32Type() : elementType};
  RankedTensorType sumType =
      getSymbolicType(getDims(type), reduction.accumulatorType);

  Location loc = getLoc();
  Value result =
      createFilled(builder, loc, sumType, reduction.identity(builder, loc));
  Dim count(1);
  for (unsigned dim : (*reduced)->set_bits())
    count = mulSizes(count, getDims(logical)[dim]);
  (*reduced)->resize(getShape(input).size());
  if (!llvm::is_contained(logical.getShape(), 0)) {
    Loops loops(getContext());
    auto [inputMap, outputMap] =
        getReductionMaps(loops, **reduced, getKeepdims());
    result =
        createGeneric(builder, loc, loops, input, result, {inputMap, outputMap},
                      [&](OpBuilder &b, Location loc, ValueRange args) {
                        return SmallVector<Value>{
                            reduction.combine(b, loc, args[1], args[0])};
                      })
            .getResult(0);
  }
  if (getKind() != ReduceKind::mean && getKind() != ReduceKind::l2 && !isNarrow)
    return SmallVector<Value>{result};
  auto finish = [&](OpBuilder &b, Location loc, ValueRange args) -> Value {
    Value value = reduction.finish(b, loc, args[0], count);
    return isNarrow ? b.create<arith::TruncFOp>(loc, elementType, value)
                    : value;
  };
  return SmallVector<Value>{
      createMapped(builder, loc, type, result,
                   builder.getMultiDimIdentityMap(type.getRank()), finish)};
}

//===----------------------------------------------------------------------===//
// Runtime
//===----------------------------------------------------------------------===//

bool ReduceOp::needsRuntime() {
  return getAxes() && failed(getConstantInts(getAxes()));
}

StringRef ReduceOp::getRuntimeFunction() { return "atrous_reduce"; }

SmallVector<int64_t> ReduceOp::getRuntimeArguments() {
  return {int64_t(getKind()), getKeepdims(), getNoopWithEmptyAxes()};
}
