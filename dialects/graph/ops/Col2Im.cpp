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
                                         Adaptor op,
                                         SmallVectorImpl<Type> &results) {
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
  bool isSplit = input && rank > 0 && input.getRank() == 2 * rank + 2;
  if (input && input.getRank() != 3 && !isSplit)
    return emitOptionalError(location, "expects an input of rank 3, got ",
                             toString(getDims(input)));
  Dims dims(rank + 2);
  if (std::optional<Dims> sizes = getSizeElements(op.getImageShape());
      sizes && int64_t(sizes->size()) == rank)
    std::copy(sizes->begin(), sizes->end(), dims.begin() + 2);
  if (input)
    dims[0] = getDims(input)[0];
  if (isSplit) {
    dims[1] = getDims(input)[1];
    return addResult(location, dims, elementType, results);
  }
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
    }
    if (input)
      dims[1] = divSizes(getDims(input)[1], Dim(*elements));
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

/// The type of the input as [N, C, block..., positions...].
static FailureOr<RankedTensorType> getSplitType(Col2ImOp op) {
  int64_t rank = op.getStrides().size();
  Dims dims = getPhysicalDims(op.getInput().getType());
  Type elementType = getPhysicalResultType(op).getElementType();
  if (dims.size() != 3)
    return getSymbolicType(dims, elementType);
  Location loc = op.getLoc();
  auto image = getSizes(loc, op.getImageShape(), rank, "image_shape");
  auto block = getSizes(loc, op.getBlockShape(), rank, "block_shape");
  if (failed(image) || failed(block))
    return failure();
  if (!*image || !*block)
    return op.emitError("needs a constant image_shape and block_shape");
  auto positions = getPositions(loc, op, **image, **block);
  if (failed(positions))
    return failure();
  Dims split{dims[0], getDims(getPhysicalResultType(op))[1]};
  split.append((*block)->begin(), (*block)->end());
  split.append(positions->begin(), positions->end());
  return getSymbolicType(split, elementType);
}

/// What tap (k..) of the block adds to image element (n, c, p..).
static Value emitTap(ImplicitLocOpBuilder &b, Col2ImOp op, Value input,
                     Type sumType, ArrayRef<Dim> positions,
                     ArrayRef<Value> image, ArrayRef<Value> taps) {
  Location loc = b.getLoc();
  SmallVector<Value> indices(image.take_front(2));
  indices.append(taps.begin(), taps.end());
  Value isThere;
  for (auto [i, tap] : llvm::enumerate(taps)) {
    Window window{/*kernel=*/1, op.getStrides()[i], op.getDilations()[i],
                  op.getPads()[i]};
    Position position = emitPosition(b, image[i + 2], tap, window,
                                     createSize(b, loc, positions[i]));
    isThere =
        isThere ? b.create<arith::AndIOp>(isThere, position.isThere).getResult()
                : position.isThere;
    indices.push_back(createClamped(b, loc, position.index, positions[i]));
  }
  Value element = createWidened(
      b, loc, b.create<tensor::ExtractOp>(input, indices), sumType);
  return b.create<arith::SelectOp>(isThere, element,
                                   createNumber(b, loc, sumType, 0));
}

/// The current index of loops 0 .. count - 1.
static SmallVector<Value> emitIndices(ImplicitLocOpBuilder &b, int64_t count) {
  SmallVector<Value> indices;
  for (int64_t i = 0; i < count; ++i)
    indices.push_back(b.create<linalg::IndexOp>(i));
  return indices;
}

/// Emits what a tap adds.
using TapFn = llvm::function_ref<Value(
    ImplicitLocOpBuilder &, ArrayRef<Value> image, ArrayRef<Value> taps)>;

/// The sum over all taps of a block of known size.
static Value createReduction(OpBuilder &builder, Location loc,
                             RankedTensorType type, ArrayRef<Dim> block,
                             TapFn emitElement) {
  Type sumType = type.getElementType();
  Value init =
      createFilled(builder, loc, type, createNumber(builder, loc, sumType, 0));
  if (llvm::is_contained(type.getShape(), 0))
    return init;
  Loops loops(builder.getContext());
  SmallVector<AffineExpr> output = loops.parallel(type.getRank());
  SmallVector<AffineExpr> taps = loops.reduction(block.size());
  Value extents = createEmpty(builder, loc, getSymbolicType(block, sumType));
  auto emitBody = [&](OpBuilder &builder, Location loc, ValueRange args) {
    ImplicitLocOpBuilder b(loc, builder);
    SmallVector<Value> indices = emitIndices(b, type.getRank() + block.size());
    ArrayRef<Value> image = ArrayRef(indices).take_front(type.getRank());
    ArrayRef<Value> taps = ArrayRef(indices).drop_front(type.getRank());
    return SmallVector<Value>{
        createAdd(b, loc, args[1], emitElement(b, image, taps))};
  };
  return createGeneric(builder, loc, loops, extents, init,
                       {loops.map(taps), loops.map(output)}, emitBody)
      .getResult(0);
}

/// `sum` plus the taps of the dimensions from taps.size() on, in loops.
static Value emitLoops(ImplicitLocOpBuilder &b, Value sum, ArrayRef<Dim> block,
                       ArrayRef<Value> image, SmallVector<Value> taps,
                       TapFn emitElement) {
  Location loc = b.getLoc();
  if (taps.size() == block.size())
    return createAdd(b, loc, sum, emitElement(b, image, taps));
  auto loop = b.create<scf::ForOp>(
      createIndex(b, loc, 0), createSize(b, loc, block[taps.size()]),
      createIndex(b, loc, 1), sum,
      [&](OpBuilder &builder, Location loc, Value tap, ValueRange sums) {
        ImplicitLocOpBuilder inner(loc, builder);
        taps.push_back(tap);
        inner.create<scf::YieldOp>(
            emitLoops(inner, sums[0], block, image, taps, emitElement));
      });
  return loop.getResult(0);
}

LoweredValues Col2ImOp::lowerToLinalg(OpBuilder &builder, ValueRange operands) {
  if (failed(checkRanked(*this)))
    return failure();
  Location loc = getLoc();
  int64_t rank = getStrides().size();
  FailureOr<RankedTensorType> splitType = getSplitType(*this);
  if (failed(splitType))
    return failure();
  Value input = createReshaped(builder, loc, operands[0], *splitType);
  Dims split = getDims(*splitType);
  RankedTensorType type = getPhysicalResultType(*this);
  ArrayRef<Dim> block = ArrayRef(split).slice(2, rank);
  ArrayRef<Dim> positions = ArrayRef(split).drop_front(2 + rank);
  Type sumType = getSumType(type.getElementType());

  auto emitElement = [&](ImplicitLocOpBuilder &b, ArrayRef<Value> image,
                         ArrayRef<Value> taps) {
    return emitTap(b, *this, input, sumType, positions, image, taps);
  };
  bool isStatic = llvm::none_of(block, [](Dim dim) { return dim.isDynamic(); });
  Value sum;
  if (isStatic)
    sum =
        createReduction(builder, loc, type.clone(sumType), block, emitElement);
  else
    sum = createMapped(builder, loc, type.clone(sumType), {}, {},
                       [&](OpBuilder &builder, Location loc, ValueRange) {
                         ImplicitLocOpBuilder b(loc, builder);
                         Value zero = createNumber(b, loc, sumType, 0);
                         return emitLoops(b, zero, block,
                                          emitIndices(b, rank + 2), {},
                                          emitElement);
                       });
  return SmallVector<Value>{createRounded(builder, loc, type, sum)};
}
