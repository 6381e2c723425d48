//===- ArgReduce.cpp - graph.arg_reduce -----------------------------------===//

#include "dialects/graph/Dims.h"
#include "dialects/graph/Loops.h"

#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace atrous::graph;

LogicalResult ArgReduceOp::inferReturnTypes(MLIRContext *context,
                                            OptLocation location, Adaptor op,
                                            SmallVectorImpl<Type> &results) {
  Type i64 = IntegerType::get(context, 64);
  RankedTensorType input = getRanked(op.getInput().getType());
  if (!input)
    return addUnranked(i64, results);
  FailureOr<int64_t> axis =
      normalizeAxis(location, op.getAxis(), input.getRank());
  if (failed(axis))
    return failure();
  Dims dims = getDims(input);
  if (dims[*axis].size == 0)
    return emitOptionalError(
        location, "dimension ", *axis, " has size 0, so it has no ",
        op.getMinimum() ? "smallest" : "largest", " element");
  if (op.getKeepdims())
    dims[*axis] = 1;
  else
    dims.erase(dims.begin() + *axis);
  return addResult(location, dims, i64, results);
}

/// Whether element `x` takes the place of the best one so far. A NaN is better
/// than any number, as in NumPy.
static Value emitIsBetter(ArgReduceOp op, OpBuilder &b, Location loc, Value x,
                          Value best) {
  Type type = x.getType();
  bool smallest = op.getMinimum(), last = op.getSelectLastIndex();
  if (isa<FloatType>(type)) {
    auto predicate =
        smallest
            ? (last ? arith::CmpFPredicate::OLE : arith::CmpFPredicate::OLT)
            : (last ? arith::CmpFPredicate::OGE : arith::CmpFPredicate::OGT);
    Value better = b.create<arith::CmpFOp>(loc, predicate, x, best);
    Value isNan = b.create<arith::CmpFOp>(loc, arith::CmpFPredicate::UNO, x, x);
    if (!last) {
      Value wasNumber =
          b.create<arith::CmpFOp>(loc, arith::CmpFPredicate::ORD, best, best);
      isNan = b.create<arith::AndIOp>(loc, isNan, wasNumber);
    }
    return b.create<arith::OrIOp>(loc, better, isNan);
  }
  Type logical = getElementTypeOrSelf(op.getInput());
  bool isUnsigned = logical.isUnsignedInteger() || logical.isInteger(1);
  Value larger = smallest ? best : x, smaller = smallest ? x : best;
  if (!last)
    return createGreater(b, loc, larger, smaller, isUnsigned);
  // At least as good: the best so far is not strictly better.
  Value worse = createGreater(b, loc, smaller, larger, isUnsigned);
  Value isTrue = b.create<arith::ConstantIntOp>(loc, 1, /*width=*/1);
  return b.create<arith::XOrIOp>(loc, worse, isTrue);
}

FailureOr<SmallVector<Value>> ArgReduceOp::lowerToLinalg(OpBuilder &builder,
                                                         ValueRange operands) {
  if (failed(checkRanked(*this)))
    return failure();
  Location loc = getLoc();
  Value input = operands[0];
  int64_t rank = getShape(input).size();
  FailureOr<int64_t> axis = normalizeAxis(loc, getAxis(), rank);
  if (failed(axis))
    return failure();

  Loops loops(getContext());
  SmallVector<AffineExpr> inputIndices(rank), outputIndices;
  for (int64_t dim = 0; dim < rank; ++dim)
    if (dim != *axis)
      outputIndices.push_back(inputIndices[dim] = loops.parallel());
    else if (getKeepdims())
      outputIndices.push_back(loops.constant(0));
  inputIndices[*axis] = loops.reduction();
  AffineMap inputMap = loops.map(inputIndices);
  AffineMap outputMap = loops.map(outputIndices);

  RankedTensorType type = getPhysicalResultType(*this);
  Type elementType = getElementTypeOrSelf(input);
  RankedTensorType bestType = getSymbolicType(getDims(type), elementType);
  // Index -1 says that nothing was seen yet: the first element is always taken.
  Value none = createNumber(builder, loc, type.getElementType(), -1);
  Value start = createNumber(builder, loc, elementType, 0);
  SmallVector<Value> inits{createFilled(builder, loc, bestType, start),
                           createFilled(builder, loc, type, none)};
  if (llvm::is_contained(type.getShape(), 0))
    return SmallVector<Value>{inits[1]};
  auto emitBody = [&](OpBuilder &b, Location loc, ValueRange args) {
    Value x = args[0], best = args[1], bestIndex = args[2];
    Value index = createIndexCast(
        b, loc, b.create<linalg::IndexOp>(loc, rank - 1), b.getI64Type());
    Value isFirst =
        b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::slt, bestIndex,
                                createNumber(b, loc, b.getI64Type(), 0));
    Value take = b.create<arith::OrIOp>(loc, isFirst,
                                        emitIsBetter(*this, b, loc, x, best));
    return SmallVector<Value>{
        b.create<arith::SelectOp>(loc, take, x, best),
        b.create<arith::SelectOp>(loc, take, index, bestIndex)};
  };
  auto generic = createGeneric(builder, loc, loops, input, inits,
                               {inputMap, outputMap, outputMap}, emitBody);
  return SmallVector<Value>{generic.getResult(1)};
}
