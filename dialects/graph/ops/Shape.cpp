//===- Shape.cpp - graph.shape, graph.size --------------------------------===//

#include "dialects/graph/Dims.h"
#include "dialects/graph/Loops.h"
#include "dialects/graph/SizeExpr.h"

using namespace mlir;
using namespace atrous::graph;

/// Positions as in NumPy's slices: counted from the end where negative, clamped
/// to the rank.
static int64_t clampPosition(int64_t position, int64_t rank) {
  if (position < 0)
    position = std::max<int64_t>(position, -rank) + rank;
  return std::min(position, rank);
}

/// The dimensions [first, last) from `start` to `end`.
static std::pair<int64_t, int64_t> getRange(int64_t rank, int64_t start,
                                            std::optional<int64_t> end) {
  int64_t first = clampPosition(start, rank);
  int64_t last = end ? clampPosition(*end, rank) : rank;
  return {first, std::max(first, last)};
}

std::pair<int64_t, int64_t> ShapeOp::getPart(int64_t rank) {
  return getRange(rank, getStart(), getEnd());
}

/// The sizes as an integer tensor of `type`.
static LoweredValues lowerToElements(Operation *op, OpBuilder &builder,
                                     ArrayRef<Dim> dims) {
  Location loc = op->getLoc();
  RankedTensorType type = getPhysicalResultType(op);
  SmallVector<Value> sizes;
  for (Dim dim : dims) {
    if (dim.isDynamic() && !dim.symbol)
      return op->emitError("reads a nameless size");
    sizes.push_back(createIndexCast(builder, loc, createSize(builder, loc, dim),
                                    type.getElementType()));
  }
  if (sizes.empty())
    return SmallVector<Value>{createEmpty(builder, loc, type)};
  return SmallVector<Value>{
      builder.create<tensor::FromElementsOp>(loc, type, sizes)};
}

LogicalResult ShapeOp::inferReturnTypes(MLIRContext *context,
                                        OptLocation location, Adaptor adaptor,
                                        SmallVectorImpl<Type> &results) {
  RankedTensorType input = getRanked(adaptor.getInput().getType());
  Dim length;
  if (input) {
    auto [first, last] =
        getRange(input.getRank(), adaptor.getStart(), adaptor.getEnd());
    length = Dim(last - first);
  }
  return addResult(location, length, IntegerType::get(context, 64), results);
}

OpFoldResult ShapeOp::fold(FoldAdaptor) {
  RankedTensorType input = getRanked(getInput().getType());
  if (!input)
    return {};
  auto [first, last] = getPart(input.getRank());
  ArrayRef<int64_t> part = input.getShape().slice(first, last - first);
  if (llvm::any_of(part, ShapedType::isDynamic))
    return {};
  auto type = RankedTensorType::get({int64_t(part.size())},
                                    IntegerType::get(getContext(), 64));
  return DenseElementsAttr::get(type, part);
}

LoweredValues ShapeOp::lowerToLinalg(OpBuilder &builder, ValueRange) {
  if (failed(checkRanked(*this)))
    return failure();
  Dims dims = getDims(getRanked(getInput().getType()));
  auto [first, last] = getPart(dims.size());
  return lowerToElements(*this, builder,
                         ArrayRef<Dim>(dims).slice(first, last - first));
}

LogicalResult SizeOp::inferReturnTypes(MLIRContext *context,
                                       OptLocation location, Adaptor,
                                       SmallVectorImpl<Type> &results) {
  return addResult(location, {}, IntegerType::get(context, 64), results);
}

OpFoldResult SizeOp::fold(FoldAdaptor) {
  RankedTensorType input = getRanked(getInput().getType());
  if (!input || !input.hasStaticShape())
    return {};
  auto type = RankedTensorType::get({}, IntegerType::get(getContext(), 64));
  return DenseElementsAttr::get(type, input.getNumElements());
}

LoweredValues SizeOp::lowerToLinalg(OpBuilder &builder, ValueRange) {
  if (failed(checkRanked(*this)))
    return failure();
  Dim size = getProduct(getDims(getRanked(getInput().getType())));
  return lowerToElements(*this, builder, size);
}

//===----------------------------------------------------------------------===//
// SizeVectorOp
//===----------------------------------------------------------------------===//

Dims SizeVectorOp::getDims() {
  Dims dims;
  for (auto size : getSizes().getAsRange<StringAttr>()) {
    std::optional<int64_t> number;
    if (auto expr = SizeExpr::parse(size.getValue()))
      number = expr->getNumber();
    dims.push_back(number ? Dim(*number) : Dim(ShapedType::kDynamic, size));
  }
  return dims;
}

LogicalResult SizeVectorOp::verify() {
  for (auto size : getSizes().getAsRange<StringAttr>())
    if (!SizeExpr::parse(size.getValue()))
      return emitError("size ") << size << " is no expression";
  return success();
}

LogicalResult SizeVectorOp::inferReturnTypes(MLIRContext *context,
                                             OptLocation location,
                                             Adaptor adaptor,
                                             SmallVectorImpl<Type> &results) {
  return addResult(location, Dim(adaptor.getSizes().size()),
                   IntegerType::get(context, 64), results);
}

OpFoldResult SizeVectorOp::fold(FoldAdaptor) {
  SmallVector<int64_t> values;
  for (Dim dim : getDims()) {
    if (dim.isDynamic())
      return {};
    values.push_back(dim.size);
  }
  auto type = RankedTensorType::get({int64_t(values.size())},
                                    IntegerType::get(getContext(), 64));
  return DenseElementsAttr::get(type, ArrayRef<int64_t>(values));
}

LoweredValues SizeVectorOp::lowerToLinalg(OpBuilder &builder, ValueRange) {
  return lowerToElements(*this, builder, getDims());
}
