//===- ConvTransposeLowering.cpp - graph.conv_transpose as loops ----------===//
//
// What DecomposeConvTranspose leaves: weights whose sizes are known only when
// the network runs. Each output looks for the inputs that reach it:
//
//   y[n, m, o..] = sum of x[n, c, i..] * w[c, m, k..] over i * s + k * d - p = o
//
//===----------------------------------------------------------------------===//

#include "dialects/graph/Loops.h"

#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace atrous::graph;

namespace {
/// The body for one output and one tap.
struct TapReader {
  ConvTransposeOp op;
  Value input;
  Dims inputDims;
  int64_t rank;
  Type sumType;

  Value emit(OpBuilder &b, Location loc, Value weight, Value sum);
};
} // namespace

Value TapReader::emit(OpBuilder &b, Location loc, Value weight,
                      Value sum) {
  auto loop = [&](int64_t i) -> Value {
    return b.create<linalg::IndexOp>(loc, i);
  };
  auto number = [&](int64_t value) { return createIndex(b, loc, value); };
  SmallVector<Value> indices{loop(0), loop(rank + 2)};
  Value isThere;
  auto demand = [&](Value condition) {
    isThere = isThere
                  ? b.create<arith::AndIOp>(loc, isThere, condition).getResult()
                  : condition;
  };
  for (int64_t i = 0; i < rank; ++i) {
    Value tap = createMul(b, loc, loop(rank + 3 + i),
                          number(op.getDilations()[i]));
    Value from = createSub(
        b, loc, createAdd(b, loc, loop(2 + i), number(op.getPads()[i])), tap);
    Value stride = number(op.getStrides()[i]);
    Value rest = b.create<arith::RemSIOp>(loc, from, stride);
    demand(b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::eq, rest,
                                   number(0)));
    // Beyond both ends, where the quotient may round to 0.
    demand(b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::sge, from,
                                   number(0)));
    Value index = b.create<arith::DivSIOp>(loc, from, stride);
    isThere = createInBounds(b, loc, index, inputDims[i + 2], isThere);
    indices.push_back(createClamped(b, loc, index, inputDims[i + 2]));
  }
  if (int64_t group = op.getGroup(); group > 1) {
    // Channels of other groups add nothing.
    Dim in = divSizes(inputDims[1], Dim(group));
    Dim out = getDims(getRanked(op.getWeights().getType()))[1];
    Value own = b.create<arith::DivUIOp>(loc, loop(1), createSize(b, loc, out));
    Value other =
        b.create<arith::DivUIOp>(loc, loop(rank + 2), createSize(b, loc, in));
    demand(b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::eq, own, other));
  }
  Value element = createWidened(
      b, loc, b.create<tensor::ExtractOp>(loc, input, indices), sumType);
  element = b.create<arith::SelectOp>(loc, isThere, element,
                                      createNumber(b, loc, sumType, 0));
  return createMultiplyAdd(b, loc, sum, element, weight);
}

FailureOr<SmallVector<Value>>
ConvTransposeOp::lowerToLinalg(OpBuilder &builder, ValueRange operands) {
  if (failed(checkRanked(*this)))
    return failure();
  Location loc = getLoc();
  RankedTensorType type = getPhysicalResultType(*this);
  Dims inputDims = getDims(getRanked(getInput().getType()));
  Dims weightDims = getDims(getRanked(getWeights().getType()));
  if (getGroup() > 1 && weightDims[1].isDynamic())
    return emitError("has groups of a size that is not known at compile time");
  createSizeCheck(builder, loc, inputDims[1], weightDims[0],
                  "the weights do not fit the input's channels");

  int64_t rank = type.getRank() - 2;
  Loops loops(getContext());
  SmallVector<AffineExpr> output = loops.parallel(rank + 2);
  AffineExpr channel = loops.reduction();
  SmallVector<AffineExpr> weights{
      channel, getGroup() > 1 ? output[1] % weightDims[1].size : output[1]};
  llvm::append_range(weights, loops.reduction(rank));
  Type sumType = getSumType(type.getElementType());
  Value zero = createNumber(builder, loc, sumType, 0);
  Value init = createFilled(builder, loc, type.clone(sumType), zero);
  TapReader reader{*this, operands[0], inputDims, rank, sumType};
  Value sum = createGeneric(builder, loc, loops, operands[1], init,
                            {loops.map(weights), loops.map(output)},
                            [&](OpBuilder &b, Location loc, ValueRange args) {
                              return SmallVector<Value>{
                                  reader.emit(b, loc, args[0], args[1])};
                            })
                  .getResult(0);
  if (getBias()) {
    createSizeCheck(builder, loc, getDims(type)[1],
                    getDims(getRanked(getBias().getType()))[0],
                    "the bias does not fit the weights");
    sum = createChannelBias(builder, loc, type.clone(sumType), sum, operands[2],
                            /*blocked=*/false);
  }
  return SmallVector<Value>{createRounded(builder, loc, type, sum)};
}
