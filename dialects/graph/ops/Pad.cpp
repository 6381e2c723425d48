//===- Pad.cpp - graph.pad ------------------------------------------------===//

#include "dialects/graph/Constants.h"
#include "dialects/graph/Dims.h"
#include "dialects/graph/Loops.h"
#include "dialects/graph/Runtime.h"
#include "dialects/graph/Scalar.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/CheckedArithmetic.h"
#include <cmath>

using namespace mlir;
using namespace atrous::graph;

namespace {
/// Elements added before and after one dimension; negative ones are removed.
struct Padding {
  int64_t begin = 0, end = 0;
  bool isNone() const { return begin == 0 && end == 0; }
};
} // namespace

LogicalResult PadOp::verify() {
  StringRef mode = getMode();
  if (mode != "constant" && mode != "reflect" && mode != "edge" &&
      mode != "wrap")
    return emitError("mode must be constant, reflect, edge or wrap, got ")
           << mode;
  return success();
}

//===----------------------------------------------------------------------===//
// Inference
//===----------------------------------------------------------------------===//

/// One padding per dimension; nothing where an operand is not constant.
template <typename PadLike>
static FailureOr<std::optional<SmallVector<Padding>>>
getPaddings(OptLocation location, PadLike op, int64_t rank) {
  std::optional<SmallVector<Padding>> none;
  auto pads = getShapeOperand(location, op.getPads(), "pads");
  if (failed(pads))
    return failure();
  SmallVector<int64_t> axes = llvm::to_vector(llvm::seq<int64_t>(0, rank));
  if (op.getAxes()) {
    auto given = getShapeOperand(location, op.getAxes(), "axes");
    if (failed(given))
      return failure();
    if (!*given)
      return none;
    auto normalized = normalizeAxes(location, **given, rank);
    if (failed(normalized))
      return failure();
    axes = *normalized;
  }
  if (!*pads)
    return none;
  if ((*pads)->size() != 2 * axes.size())
    return emitOptionalError(location, "expects ", 2 * axes.size(),
                             " pads for ", axes.size(), " dimensions, got ",
                             (*pads)->size());
  SmallVector<Padding> paddings(rank);
  for (auto [i, axis] : llvm::enumerate(axes))
    paddings[axis] = Padding{(**pads)[i], (**pads)[i + axes.size()]};
  return std::make_optional(std::move(paddings));
}

/// The size of a padded dimension.
static FailureOr<Dim> padDim(OptLocation location, int64_t position, Dim dim,
                             Padding padding, StringRef mode) {
  if (padding.isNone())
    return dim;
  if (dim.isDynamic())
    return addSizes(dim, addSizes(Dim(padding.begin), Dim(padding.end)));
  std::optional<int64_t> size = llvm::checkedAdd(dim.size, padding.begin);
  if (size)
    size = llvm::checkedAdd(*size, padding.end);
  if (!size || *size < 0)
    return emitOptionalError(location, "pads ", padding.begin, " and ",
                             padding.end, " do not fit dimension ", position,
                             " of size ", dim.size);
  if (dim.size == 0 && *size > 0 && mode != "constant")
    return emitOptionalError(location, "mode ", mode, " has nothing to repeat ",
                             "in dimension ", position, " of size 0");
  return Dim(*size);
}

LogicalResult PadOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                      Adaptor adaptor,
                                      SmallVectorImpl<Type> &results) {
  RankedTensorType input = getRanked(adaptor.getInput().getType());
  Type elementType = getElementTypeOrSelf(adaptor.getInput().getType());
  if (Value value = adaptor.getValue()) {
    RankedTensorType type = getRanked(value.getType());
    bool isScalar =
        !type || !type.hasStaticShape() || type.getNumElements() == 1;
    if (!isScalar || getElementTypeOrSelf(value.getType()) != elementType)
      return emitOptionalError(location, "value must be a scalar of type ",
                               elementType, ", got ", value.getType());
  }
  if (!input)
    return addUnranked(elementType, results);
  auto paddings = getPaddings(location, adaptor, input.getRank());
  if (failed(paddings))
    return failure();
  if (!*paddings)
    return addResult(location, Dims(input.getRank(), Dim()), elementType,
                     results);
  Dims dims = getDims(input);
  for (auto [position, dim] : llvm::enumerate(dims)) {
    FailureOr<Dim> padded = padDim(location, position, dim,
                                   (**paddings)[position], adaptor.getMode());
    if (failed(padded))
      return failure();
    dim = *padded;
  }
  return addResult(location, dims, elementType, results);
}

//===----------------------------------------------------------------------===//
// Lowering
//===----------------------------------------------------------------------===//

/// The input index that padding by reflection reads for `index`:
/// 2 1 | 0 1 2 3 | 2 1 0 1 ...
static Value emitReflected(ImplicitLocOpBuilder &b, Value index, Dim size,
                           Padding padding) {
  auto number = [&](Dim value) { return createSize(b, b.getLoc(), value); };
  if (size.size == 1)
    return number(0);
  Value zero = number(0), last = number(subSizes(size, Dim(1)));
  auto absolute = [&](Value x) -> Value {
    Value isNegative = lessThan(b, x, zero);
    return selectValue(b, isNegative, b.create<arith::SubIOp>(zero, x), x);
  };
  index = absolute(index);
  // Pads beyond the size reflect again and again.
  if (size.isDynamic() || padding.begin >= size.size ||
      padding.end >= size.size) {
    // One element is its own reflection.
    Dim period = mulSizes(Dim(2), subSizes(size, Dim(1)));
    index = b.create<arith::RemSIOp>(index, number(maxSizes(period, Dim(1))));
  }
  Value fromLast = absolute(b.create<arith::SubIOp>(last, index));
  return b.create<arith::SubIOp>(last, fromLast);
}

/// index modulo size.
static Value emitWrapped(ImplicitLocOpBuilder &b, Value index, Dim size) {
  Value modulus = createSize(b, b.getLoc(), maxSizes(size, Dim(1)));
  Value remainder = b.create<arith::RemSIOp>(index, modulus);
  Value isNegative = lessThan(b, remainder, createIndex(b, b.getLoc(), 0));
  return selectValue(b, isNegative, b.create<arith::AddIOp>(remainder, modulus),
                     remainder);
}

/// An element of the result: that of the input at indices which are always in
/// bounds, or, outside of it in mode constant, `value`.
static Value emitPadded(ImplicitLocOpBuilder &b, Value input,
                        ArrayRef<Dim> inputDims, ArrayRef<Padding> paddings,
                        StringRef mode, Value value) {
  Value isInside;
  SmallVector<Value> position;
  for (auto [dim, size] : llvm::enumerate(inputDims)) {
    Value index = b.create<linalg::IndexOp>(dim);
    position.push_back(index);
    // What lies behind the logical dimensions is a tile, never padded.
    Padding padding = dim < paddings.size() ? paddings[dim] : Padding();
    if (padding.isNone())
      continue;
    index = b.create<arith::SubIOp>(index,
                                    createIndex(b, b.getLoc(), padding.begin));
    bool onlyCrops = padding.begin <= 0 && padding.end <= 0;
    if (onlyCrops)
      position.back() = index;
    else if (mode == "reflect")
      position.back() = emitReflected(b, index, size, padding);
    else if (mode == "wrap")
      position.back() = emitWrapped(b, index, size);
    else
      position.back() = createClamped(b, b.getLoc(), index, size);
    if (onlyCrops || mode != "constant")
      continue;
    isInside = createInBounds(b, b.getLoc(), index, size, isInside);
  }
  Value element = b.create<tensor::ExtractOp>(input, position);
  return isInside ? selectValue(b, isInside, element, value) : element;
}

/// The input in a frame of `value`: strips that do not overlap, and the input
/// itself, each inserted where it belongs. So the kernel that makes the input
/// can write it in its place, and nothing but the frame costs time.
///
///   a a a a     dimension 0: strips over all of dimension 1
///   b x x b     dimension 1: strips beside the input only
///   a a a a
static Value createFramed(OpBuilder &builder, Location loc,
                          RankedTensorType type, Value input,
                          ArrayRef<Padding> paddings, Value value) {
  Value result = builder.create<tensor::EmptyOp>(loc, type.getShape(),
                                                 type.getElementType());
  SmallVector<int64_t> offsets(type.getRank(), 0), steps(type.getRank(), 1);
  SmallVector<int64_t> sizes(type.getShape());
  auto insert = [&](Value source) {
    result = builder.create<tensor::InsertSliceOp>(
        loc, source, result, getAsIndexOpFoldResult(type.getContext(), offsets),
        getAsIndexOpFoldResult(type.getContext(), sizes),
        getAsIndexOpFoldResult(type.getContext(), steps));
  };
  // The input first: a frame alone would be shared by equal pads, and copied.
  SmallVector<int64_t> full(sizes);
  for (auto [dim, padding] : llvm::enumerate(paddings)) {
    offsets[dim] = padding.begin;
    sizes[dim] = getShape(input)[dim];
  }
  insert(input);
  offsets.assign(type.getRank(), 0);
  sizes = full;
  for (auto [dim, padding] : llvm::enumerate(paddings)) {
    int64_t size = getShape(input)[dim];
    std::pair<int64_t, int64_t> strips[] = {
        {0, padding.begin}, {padding.begin + size, padding.end}};
    for (auto [offset, width] : strips) {
      if (width == 0)
        continue;
      offsets[dim] = offset;
      sizes[dim] = width;
      auto strip = RankedTensorType::get(sizes, type.getElementType());
      insert(createFilled(builder, loc, strip, value));
    }
    offsets[dim] = padding.begin;
    sizes[dim] = size;
  }
  return result;
}

LoweredValues PadOp::lowerToLinalg(OpBuilder &builder, ValueRange operands) {
  if (failed(checkRanked(*this)))
    return failure();
  auto inputType = cast<RankedTensorType>(getInput().getType());
  auto paddings = getPaddings(std::nullopt, *this, inputType.getRank());
  if (failed(paddings) || !*paddings)
    return emitError("needs pads and axes that are known at compile time");
  if (llvm::all_of(**paddings, [](Padding p) { return p.isNone(); }))
    return SmallVector<Value>{operands[0]};

  RankedTensorType type = getPhysicalResultType(*this);
  SmallVector<Value> inputs;
  SmallVector<AffineMap> maps;
  double number = 0;
  if (getValue()) {
    // Integers of 64 bits do not all fit a double: they are read where they
    // lie.
    std::optional<double> splat = getSplatValue(getValue());
    if (splat && !inputType.getElementType().isInteger(64)) {
      number = *splat;
    } else {
      inputs.push_back(operands[2]);
      SmallVector<AffineExpr> zeros(getShape(operands[2]).size(),
                                    builder.getAffineConstantExpr(0));
      maps.push_back(AffineMap::get(type.getRank(), 0, zeros, getContext()));
    }
  }
  bool isFrame = getMode() == "constant" && inputs.empty() &&
                 inputType.hasStaticShape() && inputType.getNumElements() > 0 &&
                 llvm::none_of(**paddings, [](Padding padding) {
                   return padding.begin < 0 || padding.end < 0;
                 });
  if (isFrame) {
    ImplicitLocOpBuilder b(getLoc(), builder);
    Value value = createNumber(b, getLoc(), type.getElementType(), number);
    return SmallVector<Value>{
        createFramed(builder, getLoc(), type, operands[0], **paddings, value)};
  }
  auto emitElement = [&](OpBuilder &bodyBuilder, Location loc,
                         ValueRange elements) -> Value {
    ImplicitLocOpBuilder b(loc, bodyBuilder);
    Value value = elements.empty()
                      ? createNumber(b, loc, type.getElementType(), number)
                      : elements[0];
    if (llvm::is_contained(inputType.getShape(), 0))
      return value;
    return emitPadded(b, operands[0], getPhysicalDims(inputType), **paddings,
                      getMode(), value);
  };
  return SmallVector<Value>{
      createMapped(builder, getLoc(), type, inputs, maps, emitElement)};
}

FailureOr<SmallVector<TensorAttr>>
PadOp::getBlockedOperandLayouts(int64_t tile, ArrayRef<bool>) {
  RankedTensorType input = getRanked(getInput().getType());
  if (!input || input.getRank() < 3 || input.getElementType().isInteger(1))
    return failure();
  auto paddings = getPaddings(std::nullopt, *this, input.getRank());
  if (failed(paddings) || !*paddings || !(**paddings)[1].isNone())
    return failure();
  // Padding lanes stay finite.
  std::optional<double> value = getValue() ? getSplatValue(getValue()) : 0.0;
  bool isFinite = value && std::isfinite(*value);
  if (!isFinite && (input.isDynamicDim(1) || input.getDimSize(1) % tile != 0))
    return failure();
  SmallVector<TensorAttr> layouts(getNumOperands());
  layouts[0] = getChannelBlockedLayout(getContext(), tile);
  return layouts;
}

bool PadOp::needsRuntime() {
  return !getConstantElements(getPads()) ||
         (getAxes() && !getConstantElements(getAxes()));
}

StringRef PadOp::getRuntimeFunction() { return "atrous_pad"; }

SmallVector<int64_t> PadOp::getRuntimeArguments() {
  int64_t mode = llvm::StringSwitch<int64_t>(getMode())
                     .Case("reflect", 1)
                     .Case("edge", 2)
                     .Case("wrap", 3)
                     .Default(0);
  return {mode, getPresenceMask({getValue(), getAxes()}),
          getRanked(getInput().getType()).getRank()};
}
