//===- Reorder.cpp - graph.reorder ----------------------------------------===//

#include "dialects/graph/Constants.h"
#include "dialects/graph/Loops.h"

#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace atrous::graph;

LogicalResult ReorderOp::verify() {
  auto input = cast<RankedTensorType>(getInput().getType());
  auto output = cast<RankedTensorType>(getOutput().getType());
  if (withLayout(input, {}) != withLayout(output, {}))
    return emitError("input ") << input << " and output " << output
                               << " differ in more than their layout";
  return success();
}

//===----------------------------------------------------------------------===//
// Folding of constants
//===----------------------------------------------------------------------===//

namespace {
/// Where the elements of a logical tensor lie: at the sum over its dimensions
/// of offsets[dim][index]. Blocking splits a dimension, so that the sum stays
/// separable.
struct ElementOffsets {
  explicit ElementOffsets(RankedTensorType type);
  SmallVector<std::vector<int64_t>> offsets;
};
} // namespace

ElementOffsets::ElementOffsets(RankedTensorType type) {
  ArrayRef<int64_t> physical = getPhysicalType(type).getShape();
  SmallVector<int64_t> strides(physical.size(), 1);
  for (int64_t i = int64_t(physical.size()) - 2; i >= 0; --i)
    strides[i] = strides[i + 1] * physical[i + 1];
  int64_t rank = type.getRank();
  SmallVector<int64_t> tiles(rank, 1), tileStrides(rank, 0);
  if (TensorAttr layout = getTensorAttr(type))
    for (auto [i, dim] : llvm::enumerate(layout.getInnerDims())) {
      tiles[dim] = layout.getInnerTiles()[i];
      tileStrides[dim] = strides[rank + i];
    }
  for (int64_t dim = 0; dim < rank; ++dim) {
    std::vector<int64_t> &table = offsets.emplace_back();
    table.reserve(type.getDimSize(dim));
    for (int64_t i = 0; i < type.getDimSize(dim); ++i)
      table.push_back(i / tiles[dim] * strides[dim] +
                      i % tiles[dim] * tileStrides[dim]);
  }
}

/// Copies all elements; Element is an integer of their size.
template <typename Element>
static void copyElements(ArrayRef<int64_t> shape, const ElementOffsets &from,
                         const ElementOffsets &to, const char *source,
                         char *target) {
  auto *input = reinterpret_cast<const Element *>(source);
  auto *output = reinterpret_cast<Element *>(target);
  int64_t rank = shape.size();
  if (rank == 0) {
    *output = *input;
    return;
  }
  ArrayRef<int64_t> inner = from.offsets.back(), outer = to.offsets.back();
  SmallVector<int64_t> index(rank, 0);
  while (true) {
    int64_t inputRow = 0, outputRow = 0;
    for (int64_t dim = 0; dim + 1 < rank; ++dim) {
      inputRow += from.offsets[dim][index[dim]];
      outputRow += to.offsets[dim][index[dim]];
    }
    for (int64_t i = 0; i < shape.back(); ++i)
      output[outputRow + outer[i]] = input[inputRow + inner[i]];
    int64_t dim = rank - 2;
    while (dim >= 0 && ++index[dim] == shape[dim])
      index[dim--] = 0;
    if (dim < 0)
      return;
  }
}

static ElementsAttr reorderConstant(ElementsAttr value, RankedTensorType from,
                                    RankedTensorType to) {
  RankedTensorType physical = getPhysicalType(to);
  if (!to.hasStaticShape())
    return {};
  SmallVector<char> storage;
  std::optional<ArrayRef<char>> bytes = getConstantBytes(value, storage);
  if (!bytes)
    return {};
  AsmResourceBlob blob = HeapAsmResourceBlob::allocate(
      getTensorBytes(physical), /*align=*/64, /*dataIsMutable=*/true);
  char *target = blob.getMutableData().data();
  std::fill_n(target, blob.getData().size(), 0);
  ElementOffsets source(from), destination(to);
  auto copy = [&](auto element) {
    if (to.getNumElements() != 0)
      copyElements<decltype(element)>(to.getShape(), source, destination,
                                      bytes->data(), target);
  };
  switch (getElementBytes(physical.getElementType())) {
  case 1:
    copy(uint8_t());
    break;
  case 2:
    copy(uint16_t());
    break;
  case 4:
    copy(uint32_t());
    break;
  case 8:
    copy(uint64_t());
    break;
  default:
    return {};
  }
  return getElements(physical, std::move(blob));
}

OpFoldResult ReorderOp::fold(FoldAdaptor adaptor) {
  if (getInput().getType() == getOutput().getType())
    return getInput();
  if (auto value = dyn_cast_or_null<ElementsAttr>(adaptor.getInput()))
    return reorderConstant(value, cast<RankedTensorType>(getInput().getType()),
                           cast<RankedTensorType>(getOutput().getType()));
  return {};
}

namespace {
/// reorder(reorder(x)) => reorder(x), or x where that has the layout already.
struct MergeReorders : OpRewritePattern<ReorderOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ReorderOp op,
                                PatternRewriter &rewriter) const override {
    auto producer = op.getInput().getDefiningOp<ReorderOp>();
    if (!producer)
      return rewriter.notifyMatchFailure(op, "input is not a reorder");
    rewriter.replaceOpWithNewOp<ReorderOp>(op, op.getOutput().getType(),
                                           producer.getInput());
    return success();
  }
};
} // namespace

void ReorderOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                            MLIRContext *context) {
  patterns.add<MergeReorders>(context);
}

//===----------------------------------------------------------------------===//
// Lowering
//===----------------------------------------------------------------------===//

/// The logical index along each dimension of `type`, from the loops over its
/// physical dimensions.
static SmallVector<AffineExpr> getLogicalIndices(RankedTensorType type,
                                                 Builder &builder) {
  SmallVector<AffineExpr> indices;
  for (int64_t dim = 0; dim < type.getRank(); ++dim)
    indices.push_back(builder.getAffineDimExpr(dim));
  if (TensorAttr layout = getTensorAttr(type))
    for (auto [i, dim] : llvm::enumerate(layout.getInnerDims()))
      indices[dim] = indices[dim] * layout.getInnerTiles()[i] +
                     builder.getAffineDimExpr(type.getRank() + i);
  return indices;
}

/// Where `type` holds the element with these logical indices.
static SmallVector<AffineExpr>
getPhysicalIndices(RankedTensorType type, ArrayRef<AffineExpr> logical) {
  SmallVector<AffineExpr> indices(logical);
  if (TensorAttr layout = getTensorAttr(type))
    for (auto [dim, tile] :
         llvm::zip(layout.getInnerDims(), layout.getInnerTiles())) {
      indices[dim] = logical[dim].floorDiv(tile);
      indices.push_back(logical[dim] % tile);
    }
  return indices;
}

/// The dimensions whose last tile of `type` is not full.
static SmallVector<int64_t> getPaddedDims(RankedTensorType type) {
  SmallVector<int64_t> dims;
  if (TensorAttr layout = getTensorAttr(type))
    for (auto [dim, tile] :
         llvm::zip(layout.getInnerDims(), layout.getInnerTiles()))
      if (type.isDynamicDim(dim) || type.getDimSize(dim) % tile != 0)
        dims.push_back(dim);
  return dims;
}

/// `input`, of the plain type `from`, with zeros behind the end of `padded`
/// dimensions up to a whole tile of `to`.
static Value createWholeTiles(OpBuilder &builder, Location loc, Value input,
                              RankedTensorType from, RankedTensorType to,
                              ArrayRef<int64_t> padded) {
  Dims sizes = getDims(from), tiled = getPhysicalDims(to);
  for (auto [dim, tile] : llvm::zip(getTensorAttr(to).getInnerDims(),
                                    getTensorAttr(to).getInnerTiles()))
    sizes[dim] = mulSizes(tiled[dim], {tile});
  Type elementType = getElementTypeOrSelf(input.getType());
  // Behind the end the last element is read, and zero written.
  auto emitElement = [&](OpBuilder &b, Location loc, ValueRange) -> Value {
    SmallVector<Value> indices;
    Value inBounds;
    for (auto [dim, size] : llvm::enumerate(getDims(from))) {
      Value index = b.create<linalg::IndexOp>(loc, dim);
      if (llvm::is_contained(padded, int64_t(dim))) {
        inBounds = createInBounds(b, loc, index, size, inBounds);
        index = createClamped(b, loc, index, size);
      }
      indices.push_back(index);
    }
    Value element = b.create<tensor::ExtractOp>(loc, input, indices);
    Value zero = createNumber(b, loc, elementType, 0);
    return b.create<arith::SelectOp>(loc, inBounds, element, zero);
  };
  return createMapped(builder, loc, getSymbolicType(sizes, elementType), {}, {},
                      emitElement);
}

FailureOr<SmallVector<Value>> ReorderOp::lowerToLinalg(OpBuilder &builder,
                                                       ValueRange operands) {
  if (failed(checkRanked(*this)))
    return failure();
  Value input = operands[0];
  auto from = cast<RankedTensorType>(getInput().getType());
  auto to = cast<RankedTensorType>(getOutput().getType());
  RankedTensorType physical = getPhysicalResultType(*this);
  SmallVector<AffineExpr> logical = getLogicalIndices(to, builder);
  auto copy = [&](RankedTensorType type, ArrayRef<AffineExpr> indices) {
    auto map = AffineMap::get(type.getRank(), /*symbolCount=*/0, indices,
                              getContext());
    return createMappedCopy(builder, getLoc(), type, input, map);
  };
  SmallVector<int64_t> padded = getPaddedDims(to);
  if (padded.empty())
    return SmallVector<Value>{
        copy(physical, getPhysicalIndices(from, logical))};
  // By way of a plain tensor of whole tiles: rows are copied as they are, and
  // tiles are transposed as others.
  if (RankedTensorType plain = withLayout(from, {}); plain != from)
    input =
        copy(getSymbolicType(getPhysicalDims(plain), physical.getElementType()),
             getPhysicalIndices(from, getLogicalIndices(plain, builder)));
  input = createWholeTiles(builder, getLoc(), input, withLayout(from, {}), to,
                           padded);
  return SmallVector<Value>{copy(physical, logical)};
}
