//===- Shape.cpp - graph.shape, graph.size --------------------------------===//

#include "dialects/graph/Dims.h"
#include "dialects/graph/Lowering.h"
#include "dialects/graph/Runtime.h"

using namespace mlir;
using namespace atrous::graph;

/// Positions as in NumPy's slices: counted from the end where negative, clamped
/// to the rank.
static int64_t clampPosition(int64_t position, int64_t rank) {
  if (position < 0)
    position = std::max<int64_t>(position, -rank) + rank;
  return std::min(position, rank);
}

/// The part of `values` that the op asks for.
static ArrayRef<int64_t> takePart(ArrayRef<int64_t> values, int64_t start,
                                  std::optional<int64_t> end) {
  int64_t rank = values.size();
  int64_t first = clampPosition(start, rank);
  int64_t last = end ? clampPosition(*end, rank) : rank;
  return last <= first ? ArrayRef<int64_t>()
                       : values.slice(first, last - first);
}

/// lowerToLinalg of both: a constant, which fold knows for static inputs.
static LoweredValues lowerToConstant(Operation *op, OpBuilder &builder) {
  if (failed(checkStatic(op)))
    return failure();
  SmallVector<OpFoldResult> folded;
  (void)op->fold(folded);
  auto value = cast<TypedAttr>(cast<Attribute>(folded.front()));
  return SmallVector<Value>{
      builder.create<arith::ConstantOp>(op->getLoc(), value)};
}

LogicalResult ShapeOp::inferReturnTypes(
    MLIRContext *context, std::optional<Location> location, ValueRange operands,
    DictionaryAttr attributes, OpaqueProperties properties, RegionRange regions,
    SmallVectorImpl<Type> &results) {
  Adaptor adaptor(operands, attributes, properties, regions);
  RankedTensorType input = getRanked(adaptor.getInput().getType());
  Dim length;
  if (input)
    length =
        Dim(takePart(input.getShape(), adaptor.getStart(), adaptor.getEnd())
                .size());
  return addResult(location, length, IntegerType::get(context, 64), results);
}

OpFoldResult ShapeOp::fold(FoldAdaptor) {
  RankedTensorType input = getRanked(getInput().getType());
  if (!input)
    return {};
  ArrayRef<int64_t> part = takePart(input.getShape(), getStart(), getEnd());
  if (llvm::any_of(part, ShapedType::isDynamic))
    return {};
  auto type = RankedTensorType::get({int64_t(part.size())},
                                    IntegerType::get(getContext(), 64));
  return DenseElementsAttr::get(type, part);
}

LoweredValues ShapeOp::lowerToLinalg(OpBuilder &builder, ValueRange) {
  return lowerToConstant(*this, builder);
}

LogicalResult SizeOp::inferReturnTypes(MLIRContext *context,
                                       std::optional<Location> location,
                                       ValueRange, DictionaryAttr,
                                       OpaqueProperties, RegionRange,
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
  return lowerToConstant(*this, builder);
}

bool ShapeOp::needsRuntime() { return hasRunTimeParameters(*this, {}); }

StringRef ShapeOp::getRuntimeFunction() { return "atrous_shape"; }

SmallVector<int64_t> ShapeOp::getRuntimeArguments() {
  int64_t rank = getRanked(getInput().getType()).getRank();
  int64_t first = clampPosition(getStart(), rank);
  int64_t last = getEnd() ? clampPosition(*getEnd(), rank) : rank;
  return {first, std::max(first, last)};
}

bool SizeOp::needsRuntime() { return hasRunTimeParameters(*this, {}); }

StringRef SizeOp::getRuntimeFunction() { return "atrous_size"; }

SmallVector<int64_t> SizeOp::getRuntimeArguments() { return {}; }
