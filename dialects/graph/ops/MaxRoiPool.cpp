//===- MaxRoiPool.cpp - graph.max_roi_pool --------------------------------===//

#include "dialects/graph/Loops.h"
#include "dialects/graph/Scalar.h"
#include "dialects/graph/Windows.h"

#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace atrous::graph;

LogicalResult
MaxRoiPoolOp::inferReturnTypes(MLIRContext *, OptLocation location,
                               ValueRange operands, DictionaryAttr attributes,
                               OpaqueProperties properties, RegionRange regions,
                               SmallVectorImpl<Type> &results) {
  Adaptor op(operands, attributes, properties, regions);
  ArrayRef<int64_t> pooled = op.getPooledShape();
  if (pooled.size() != 2 || pooled[0] < 1 || pooled[1] < 1)
    return emitOptionalError(location, "pooled_shape ", toString(pooled),
                             " is not two positive sizes");
  Type elementType = getElementTypeOrSelf(op.getInput());
  RankedTensorType input = getRanked(op.getInput().getType());
  RankedTensorType rois = getRanked(op.getRois().getType());
  if (!input || !rois)
    return addUnranked(elementType, results);
  if (input.getRank() != 4)
    return emitOptionalError(location, "expects an input of rank 4, got ",
                             toString(getDims(input)));
  if (rois.getRank() != 2 || differ(rois.getDimSize(1), 5))
    return emitOptionalError(location, "expects rois of shape [R, 5], got ",
                             toString(getDims(rois)));
  return addResult(location,
                   {getDims(rois)[0], getDims(input)[1], pooled[0], pooled[1]},
                   elementType, results);
}

LogicalResult MaxRoiPoolOp::verify() {
  if (failed(verifySameElementType(*this)))
    return failure();
  if (!isa<FloatType>(getElementTypeOrSelf(getInput())))
    return emitError("elements of type ")
           << getElementTypeOrSelf(getInput()) << " cannot be pooled by region";
  return success();
}

namespace {
/// Emits the maximum of one bin. Float values are f32, integers are indices.
class BinBody {
public:
  BinBody(MaxRoiPoolOp op, ImplicitLocOpBuilder &b, Value input, Value rois)
      : op(op), b(b), input(input), rois(rois) {}

  Value emit();

private:
  Value number(double value) {
    return b.create<arith::ConstantOp>(b.getF32FloatAttr(value));
  }
  Value index(int64_t value) { return createIndex(b, b.getLoc(), value); }
  Value roi(int64_t column);
  Value toIndex(Value x);
  Value corner(int64_t column);
  std::pair<Value, Value> span(unsigned axis);

  MaxRoiPoolOp op;
  ImplicitLocOpBuilder &b;
  Value input, rois;
};
} // namespace

Value BinBody::roi(int64_t column) {
  Value row = b.create<linalg::IndexOp>(0);
  Value value =
      b.create<tensor::ExtractOp>(rois, ValueRange{row, index(column)});
  return castScalar(b, b.getLoc(), value, value.getType(), b.getF32Type());
}

/// Towards zero, for any float.
Value BinBody::toIndex(Value x) {
  // castScalar saturates; half the range leaves room for sums.
  Value integer = castScalar(b, b.getLoc(), x, b.getF32Type(), b.getI32Type());
  return b.create<arith::IndexCastOp>(b.getIndexType(), integer);
}

/// A corner's coordinate in the input: scaled, rounded half away from zero.
Value BinBody::corner(int64_t column) {
  Value scaled = b.create<arith::MulFOp>(
      roi(column), number(op.getSpatialScale().convertToDouble()));
  Value size = b.create<math::AbsFOp>(scaled);
  Value whole = b.create<math::FloorOp>(size);
  Value rest = b.create<arith::SubFOp>(size, whole);
  Value up =
      b.create<arith::CmpFOp>(arith::CmpFPredicate::OGE, rest, number(0.5));
  Value next = b.create<arith::AddFOp>(whole, number(1));
  Value rounded = toIndex(b.create<arith::SelectOp>(up, next, whole));
  Value isNegative =
      b.create<arith::CmpFOp>(arith::CmpFPredicate::OLT, scaled, number(0));
  Value negated = b.create<arith::SubIOp>(index(0), rounded);
  return b.create<arith::SelectOp>(isNegative, negated, rounded);
}

/// The rows (axis 0) or columns (axis 1) of the input in the bin, held within
/// the input.
std::pair<Value, Value> BinBody::span(unsigned axis) {
  Value begin = corner(2 - axis), end = corner(4 - axis);
  Value length = b.create<arith::AddIOp>(
      b.create<arith::SubIOp>(end, begin).getResult(), index(1));
  length = b.create<arith::MaxSIOp>(length, index(1));
  Location loc = b.getLoc();
  Value step =
      b.create<arith::DivFOp>(createIndexCast(b, loc, length, b.getF32Type()),
                              number(op.getPooledShape()[axis]));
  Value bin = b.create<linalg::IndexOp>(2 + axis);
  Value next = b.create<arith::AddIOp>(bin, index(1));
  auto scaled = [&](Value position) -> Value {
    return b.create<arith::MulFOp>(
        createIndexCast(b, loc, position, b.getF32Type()), step);
  };
  Value first = toIndex(b.create<math::FloorOp>(scaled(bin)));
  Value last = toIndex(b.create<math::CeilOp>(scaled(next)));
  int64_t size = getShape(input)[2 + axis];
  auto hold = [&](Value offset) {
    return createClamped(b, loc, b.create<arith::AddIOp>(begin, offset),
                         size + 1);
  };
  return {hold(first), hold(last)};
}

Value BinBody::emit() {
  Location loc = b.getLoc();
  Type type = getElementTypeOrSelf(input);
  Value batch = createClamped(b, loc, toIndex(roi(0)), getShape(input)[0]);
  Value channel = b.create<linalg::IndexOp>(1);
  auto [top, bottom] = span(0);
  auto [left, right] = span(1);
  Value lowest = createLowest(b, loc, type, /*isUnsigned=*/false);
  auto emitElement = [&](OpBuilder &inner, Location loc, Value row,
                         Value column, Value best) {
    Value x = inner.create<tensor::ExtractOp>(
        loc, input, ValueRange{batch, channel, row, column});
    Value larger = createGreater(inner, loc, x, best, /*isUnsigned=*/false);
    return inner.create<arith::SelectOp>(loc, larger, x, best).getResult();
  };
  auto rows = b.create<scf::ForOp>(
      top, bottom, index(1), lowest,
      [&, left = left, right = right](OpBuilder &outer, Location loc, Value row,
                                      ValueRange best) {
        Value one = createIndex(outer, loc, 1);
        auto columns = outer.create<scf::ForOp>(
            loc, left, right, one, best,
            [&](OpBuilder &inner, Location loc, Value column, ValueRange best) {
              inner.create<scf::YieldOp>(
                  loc, emitElement(inner, loc, row, column, best[0]));
            });
        outer.create<scf::YieldOp>(loc, columns.getResults());
      });
  auto isEmpty = [&](Value begin, Value end) -> Value {
    return b.create<arith::CmpIOp>(arith::CmpIPredicate::sle, end, begin);
  };
  Value empty =
      b.create<arith::OrIOp>(isEmpty(top, bottom), isEmpty(left, right));
  return b.create<arith::SelectOp>(empty, createNumber(b, loc, type, 0),
                                   rows.getResult(0));
}

FailureOr<SmallVector<Value>> MaxRoiPoolOp::lowerToLinalg(OpBuilder &builder,
                                                          ValueRange operands) {
  if (failed(checkStatic(*this)))
    return failure();
  if (llvm::is_contained(getShape(operands[0]), 0))
    return emitError("needs an input with elements");
  auto emitElement = [&](OpBuilder &b, Location loc, ValueRange) -> Value {
    ImplicitLocOpBuilder implicit(loc, b);
    return BinBody(*this, implicit, operands[0], operands[1]).emit();
  };
  return SmallVector<Value>{createMapped(
      builder, getLoc(), getPhysicalResultType(*this), {}, {}, emitElement)};
}
