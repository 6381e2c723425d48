//===- Col2Im.cpp - graph.col2im ------------------------------------------===//
//
// A reduction over the block: image element p is reached by tap k of the block
// at (p + pad - k*dilation) / stride, where that is a whole number in range.
//
//===----------------------------------------------------------------------===//

#include "dialects/graph/Loops.h"
#include "dialects/graph/Windows.h"

#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace atrous::graph;

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

/// An operand of `rank` positive sizes; nothing where it is not constant.
static FailureOr<std::optional<SmallVector<int64_t>>>
getSizes(OptLocation location, Value operand, int64_t rank, StringRef what) {
  std::optional<int64_t> length = getVectorLength(operand);
  if (length && *length != rank)
    return emitOptionalError(location, "expects ", rank, " values of ", what,
                             ", got ", *length);
  auto sizes = getShapeOperand(location, operand, what);
  if (succeeded(sizes) && *sizes &&
      llvm::any_of(**sizes, [](int64_t size) { return size < 1; }))
    return emitOptionalError(location, what, " ", toString(**sizes),
                             " is not all positive");
  return sizes;
}

/// The positions of the block over the image: one number per dimension.
static FailureOr<SmallVector<int64_t>> getPositions(OptLocation location,
                                                    Col2ImOpAdaptor op,
                                                    ArrayRef<int64_t> image,
                                                    ArrayRef<int64_t> block) {
  int64_t rank = image.size();
  SmallVector<int64_t> positions;
  for (int64_t i = 0; i < rank; ++i) {
    Window window{block[i], op.getStrides()[i], op.getDilations()[i],
                  op.getPads()[i], op.getPads()[i + rank]};
    FailureOr<Dim> count = getWindowedDim(location, i + 2, image[i], window);
    if (failed(count))
      return failure();
    positions.push_back(count->size);
  }
  return positions;
}

LogicalResult Col2ImOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                         ValueRange operands,
                                         DictionaryAttr attributes,
                                         OpaqueProperties properties,
                                         RegionRange regions,
                                         SmallVectorImpl<Type> &results) {
  Adaptor op(operands, attributes, properties, regions);
  int64_t rank = op.getStrides().size();
  if (failed(verifyWindowAttributes(location, op.getStrides(),
                                    op.getDilations(), op.getPads())))
    return failure();
  auto image = getSizes(location, op.getImageShape(), rank, "image_shape");
  auto block = getSizes(location, op.getBlockShape(), rank, "block_shape");
  if (failed(image) || failed(block))
    return failure();
  Type elementType = getElementTypeOrSelf(op.getInput());
  RankedTensorType input = getRanked(op.getInput().getType());
  if (input && input.getRank() != 3)
    return emitOptionalError(location, "expects an input of rank 3, got ",
                             toString(getDims(input)));
  Dims dims(rank + 2);
  if (input)
    dims[0] = getDims(input)[0];
  if (*block) {
    std::optional<int64_t> elements = checkedProduct(**block);
    if (!elements)
      return emitOptionalError(location, "block_shape ", toString(**block),
                               " is too large");
    if (input && !input.isDynamicDim(1)) {
      if (input.getDimSize(1) % *elements != 0)
        return emitOptionalError(location, "block_shape ", toString(**block),
                                 " does not divide ", input.getDimSize(1),
                                 " rows");
      dims[1] = Dim(input.getDimSize(1) / *elements);
    }
  }
  if (*image)
    for (int64_t i = 0; i < rank; ++i)
      dims[i + 2] = Dim((**image)[i]);
  if (*image && *block) {
    auto positions = getPositions(location, op, **image, **block);
    if (failed(positions))
      return failure();
    std::optional<int64_t> columns = checkedProduct(*positions);
    if (input && (!columns || differ(input.getDimSize(2), *columns)))
      return emitOptionalError(location, "input has ", input.getDimSize(2),
                               " columns, but the block has ",
                               toString(*positions), " positions");
  }
  return addResult(location, dims, elementType, results);
}

LogicalResult Col2ImOp::verify() {
  Type elementType = getElementTypeOrSelf(getInput());
  if (elementType.isInteger(1))
    return emitError("booleans have no sum");
  return success();
}

//===----------------------------------------------------------------------===//
// Lowering
//===----------------------------------------------------------------------===//

namespace {
/// Where along one dimension the input column lies that a tap comes from.
struct Position {
  Value index, isThere;
};
} // namespace

/// (p + pad - k*dilation) / stride, of `count` positions.
static Position emitPosition(ImplicitLocOpBuilder &b, Value p, Value k,
                             const Window &window, Value count) {
  Location loc = b.getLoc();
  auto index = [&](int64_t value) { return createIndex(b, loc, value); };
  Value offset = createSub(b, loc, createAdd(b, loc, p, index(window.padBegin)),
                           createMul(b, loc, k, index(window.dilation)));
  if (window.stride == 1)
    return {offset,
            b.create<arith::CmpIOp>(arith::CmpIPredicate::ult, offset, count)};
  // Below 0, so that the division sees none: it is not there anyway.
  Value held = b.create<arith::MaxSIOp>(offset, index(0));
  Value position = b.create<arith::DivUIOp>(held, index(window.stride));
  Value back = createMul(b, loc, position, index(window.stride));
  Value isWhole =
      b.create<arith::CmpIOp>(arith::CmpIPredicate::eq, back, offset);
  Value isInside =
      b.create<arith::CmpIOp>(arith::CmpIPredicate::ult, position, count);
  return {position, b.create<arith::AndIOp>(isWhole, isInside)};
}

LoweredValues Col2ImOp::lowerToLinalg(OpBuilder &builder, ValueRange operands) {
  if (failed(checkStatic(*this)))
    return failure();
  Location loc = getLoc();
  int64_t rank = getStrides().size();
  auto image = getSizes(loc, getImageShape(), rank, "image_shape");
  auto block = getSizes(loc, getBlockShape(), rank, "block_shape");
  if (failed(image) || failed(block))
    return failure();
  if (!*image || !*block)
    return emitError("needs a constant image_shape and block_shape");
  auto positions = getPositions(loc, *this, **image, **block);
  if (failed(positions))
    return failure();

  // The input as [N, C, block..., positions...].
  RankedTensorType type = getPhysicalResultType(*this);
  SmallVector<int64_t> shape{type.getDimSize(0), type.getDimSize(1)};
  llvm::append_range(shape, **block);
  llvm::append_range(shape, *positions);
  Value input = createReshaped(builder, loc, operands[0], shape);

  Loops loops(getContext());
  SmallVector<AffineExpr> output = loops.parallel(rank + 2);
  SmallVector<AffineExpr> taps = loops.reduction(rank);
  Type sumType = getSumType(type.getElementType());
  Value zero = createNumber(builder, loc, sumType, 0);
  Value sum = createFilled(builder, loc, type.clone(sumType), zero);
  if (type.getNumElements() == 0)
    return SmallVector<Value>{
        createRounded(builder, loc, type, sum)};
  auto emitBody = [&](OpBuilder &builder, Location loc, ValueRange args) {
    ImplicitLocOpBuilder b(loc, builder);
    SmallVector<Value> indices, places;
    for (int64_t dim = 0; dim < 2; ++dim)
      indices.push_back(b.create<linalg::IndexOp>(dim));
    Value isThere;
    for (int64_t i = 0; i < rank; ++i) {
      Value k = b.create<linalg::IndexOp>(2 + rank + i);
      Window window{(**block)[i], getStrides()[i], getDilations()[i],
                    getPads()[i]};
      Value count = createIndex(b, loc, (*positions)[i]);
      Position position =
          emitPosition(b, b.create<linalg::IndexOp>(2 + i), k, window, count);
      isThere =
          isThere
              ? b.create<arith::AndIOp>(isThere, position.isThere).getResult()
              : position.isThere;
      indices.push_back(k);
      places.push_back(createClamped(b, loc, position.index, (*positions)[i]));
    }
    indices.append(places);
    Value element = createWidened(
        b, loc, b.create<tensor::ExtractOp>(input, indices), sumType);
    element = b.create<arith::SelectOp>(isThere, element,
                                        createNumber(b, loc, sumType, 0));
    return SmallVector<Value>{createAdd(b, loc, args[1], element)};
  };
  Value extents = createExtents(builder, loc, **block, sumType);
  sum = createGeneric(builder, loc, loops, extents, sum,
                      {loops.map(taps), loops.map(output)}, emitBody)
            .getResult(0);
  return SmallVector<Value>{
      createRounded(builder, loc, type, sum)};
}
