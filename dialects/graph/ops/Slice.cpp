//===- Slice.cpp - graph.slice --------------------------------------------===//

#include "dialects/graph/Dims.h"
#include "dialects/graph/Lowering.h"
#include "dialects/graph/Runtime.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace atrous::graph;

namespace {
using Span = SliceOp::Span;

/// The constant ones among the operands, and what is known of the axes.
struct Parameters {
  std::optional<SmallVector<int64_t>> starts, ends, axes, steps;
};
} // namespace

/// NumPy's rule: positions count from the end where negative, and are clamped.
static Span clampSpan(int64_t start, int64_t end, int64_t step, int64_t size) {
  auto clamp = [&](int64_t position, int64_t low, int64_t high) {
    if (position < 0)
      position = position < -size ? -1 : position + size;
    return std::clamp(position, low, high);
  };
  if (size == 0)
    return Span{0, 0, 1};
  // A step beyond the size takes one element, whatever it is.
  step = std::clamp(step, -size, size);
  Span span{0, 0, step};
  if (step > 0) {
    span.begin = clamp(start, 0, size);
    int64_t last = clamp(end, 0, size);
    span.length =
        last <= span.begin ? 0 : llvm::divideCeil(last - span.begin, step);
  } else {
    span.begin = clamp(start, -1, size - 1);
    int64_t last = clamp(end, -1, size - 1);
    span.length =
        last >= span.begin ? 0 : llvm::divideCeil(span.begin - last, -step);
  }
  if (span.length == 0)
    span.begin = 0;
  return span;
}

/// Reads the operands and checks their lengths against each other.
template <typename SliceLike>
static FailureOr<Parameters> getParameters(OptLocation location, SliceLike op) {
  Parameters parameters;
  std::optional<int64_t> length;
  auto read = [&](Value operand, StringRef what,
                  std::optional<SmallVector<int64_t>> &values) {
    if (!operand)
      return success();
    auto constant = getShapeOperand(location, operand, what);
    if (failed(constant))
      return LogicalResult(failure());
    values = std::move(*constant);
    std::optional<int64_t> count = getVectorLength(operand);
    if (count && length && *count != *length)
      return emitOptionalError(location, what, " has ", *count,
                               " values, starts has ", *length);
    length = count ? count : length;
    return LogicalResult(success());
  };
  if (failed(read(op.getStarts(), "starts", parameters.starts)) ||
      failed(read(op.getEnds(), "ends", parameters.ends)) ||
      failed(read(op.getAxes(), "axes", parameters.axes)) ||
      failed(read(op.getSteps(), "steps", parameters.steps)))
    return failure();
  // The defaults: all axes, steps of one.
  if (!op.getAxes() && length)
    parameters.axes = llvm::to_vector(llvm::seq<int64_t>(0, *length));
  if (!op.getSteps() && length)
    parameters.steps.emplace(*length, 1);
  if (parameters.steps && llvm::is_contained(*parameters.steps, 0))
    return emitOptionalError(location, "steps ", toString(*parameters.steps),
                             " has a step of 0");
  return parameters;
}

/// A position of a slice in a dimension whose size is an expression: counted
/// from the end where it is a negative number, and clamped. An expression is
/// taken for a position from the front if it cannot be negative.
static Dim clampPosition(Dim position, Dim size) {
  if (!position.isDynamic() && position.size < 0)
    return maxSizes(addSizes(size, position), Dim(0));
  if (position.isDynamic() &&
      (!position.symbol || position.symbol.getValue().contains('-')))
    return Dim();
  if (position.size == 0 || position.isSameAs(size))
    return position;
  constexpr int64_t kFarBehind = std::numeric_limits<int32_t>::max();
  if (!position.isDynamic() && position.size >= kFarBehind)
    return size;
  return minSizes(position, size);
}

/// The length of a slice where a size or a bound is an expression.
static Dim getSliceSize(Dim size, Dim start, Dim end, int64_t step) {
  constexpr int64_t kFarBefore = std::numeric_limits<int32_t>::min();
  // All, backwards.
  if (step == -1 && start.size == -1 && !end.isDynamic() &&
      end.size <= kFarBefore)
    return size;
  if (step < 1)
    return Dim();
  Dim length =
      subSizes(clampPosition(end, size), clampPosition(start, size));
  bool isNatural = length.symbol && !length.symbol.getValue().contains('-');
  if (length.isDynamic() ? !isNatural : length.size < 0)
    length = maxSizes(length, Dim(0));
  return divSizes(addSizes(length, Dim(step - 1)), Dim(step));
}

LogicalResult SliceOp::inferReturnTypes(MLIRContext *, OptLocation location,
                                        Adaptor adaptor,
                                        SmallVectorImpl<Type> &results) {
  RankedTensorType input = getRanked(adaptor.getInput().getType());
  Type elementType = getElementTypeOrSelf(adaptor.getInput().getType());
  FailureOr<Parameters> parameters = getParameters(location, adaptor);
  if (failed(parameters))
    return failure();
  if (!input)
    return addUnranked(elementType, results);
  if (!parameters->axes)
    return addResult(location, Dims(input.getRank(), Dim()), elementType,
                     results);
  auto axes = normalizeAxes(location, *parameters->axes, input.getRank());
  if (failed(axes))
    return failure();
  Dims dims = getDims(input);
  const auto &[starts, ends, givenAxes, steps] = *parameters;
  std::optional<Dims> startSizes = getSizeElements(adaptor.getStarts());
  std::optional<Dims> endSizes = getSizeElements(adaptor.getEnds());
  for (auto [i, axis] : llvm::enumerate(*axes)) {
    Dim &dim = dims[axis];
    bool isKnown = starts && ends && steps;
    if (isKnown && !dim.isDynamic())
      dim = Dim(
          clampSpan((*starts)[i], (*ends)[i], (*steps)[i], dim.size).length);
    else if (steps && startSizes && endSizes && i < startSizes->size() &&
             i < endSizes->size())
      dim = getSliceSize(dim, (*startSizes)[i], (*endSizes)[i], (*steps)[i]);
    else
      dim = Dim();
  }
  return addResult(location, dims, elementType, results);
}

std::optional<Span> SliceOp::getSpan(int64_t axis, int64_t rank,
                                     int64_t size) {
  FailureOr<Parameters> parameters = getParameters(std::nullopt, *this);
  if (failed(parameters) || !parameters->starts || !parameters->ends ||
      !parameters->axes || !parameters->steps)
    return std::nullopt;
  auto axes = normalizeAxes(std::nullopt, *parameters->axes, rank);
  if (failed(axes))
    return std::nullopt;
  for (auto [i, other] : llvm::enumerate(*axes))
    if (other == axis)
      return clampSpan((*parameters->starts)[i], (*parameters->ends)[i],
                       (*parameters->steps)[i], size);
  return Span{0, size, 1};
}

/// One span per dimension of a slice with a static input and constant
/// parameters; failure for others.
static FailureOr<SmallVector<Span>> getSpans(SliceOp op) {
  RankedTensorType input = getRanked(op.getInput().getType());
  FailureOr<Parameters> parameters = getParameters(std::nullopt, op);
  if (!input || !input.hasStaticShape() || failed(parameters) ||
      !parameters->starts || !parameters->ends || !parameters->axes ||
      !parameters->steps)
    return failure();
  auto axes = normalizeAxes(std::nullopt, *parameters->axes, input.getRank());
  if (failed(axes))
    return failure();
  SmallVector<Span> spans;
  for (int64_t size : input.getShape())
    spans.push_back(Span{0, size, 1});
  for (auto [axis, start, end, step] : llvm::zip(
           *axes, *parameters->starts, *parameters->ends, *parameters->steps))
    spans[axis] = clampSpan(start, end, step, input.getDimSize(axis));
  return spans;
}

LoweredValues SliceOp::lowerToLinalg(OpBuilder &builder, ValueRange operands) {
  if (failed(checkStatic(*this)))
    return failure();
  FailureOr<SmallVector<Span>> spans = getSpans(*this);
  if (failed(spans))
    return emitError("needs starts, ends, axes and steps that are known at "
                     "compile time");
  // Channels that are blocked are taken by whole blocks; see
  // getBlockedOperandLayouts.
  RankedTensorType type = getPhysicalResultType(*this);
  if (isChannelBlocked(getType())) {
    int64_t tile = getTensorAttr(getType()).getInnerTiles()[0];
    (*spans)[1].begin /= tile;
    (*spans)[1].length = type.getDimSize(1);
    spans->push_back(Span{0, tile, 1});
  }
  SmallVector<int64_t> offsets, sizes, strides;
  SmallVector<AffineExpr> exprs;
  for (auto [dim, span] : llvm::enumerate(*spans)) {
    offsets.push_back(span.begin);
    sizes.push_back(span.length);
    strides.push_back(span.step);
    exprs.push_back(builder.getAffineDimExpr(dim) * span.step + span.begin);
  }
  auto isForward = [](int64_t stride) { return stride > 0; };
  if (llvm::all_of(strides, isForward))
    return SmallVector<Value>{
        createSlice(builder, getLoc(), operands[0], offsets, sizes, strides)};
  auto map = AffineMap::get(exprs.size(), 0, exprs, getContext());
  return SmallVector<Value>{
      createMappedCopy(builder, getLoc(), type, operands[0], map)};
}

FailureOr<SmallVector<TensorAttr>>
SliceOp::getBlockedOperandLayouts(int64_t tile, ArrayRef<bool>) {
  FailureOr<SmallVector<Span>> spans = getSpans(*this);
  RankedTensorType input = getRanked(getInput().getType());
  if (failed(spans) || spans->size() < 3 || input.getElementType().isInteger(1))
    return failure();
  Span channels = (*spans)[1];
  bool reachesEnd = channels.begin + channels.length == input.getDimSize(1);
  bool isAligned = channels.step == 1 && channels.begin % tile == 0 &&
                   (channels.length % tile == 0 || reachesEnd);
  if (!isAligned || channels.length == 0)
    return failure();
  SmallVector<TensorAttr> layouts(getNumOperands());
  layouts[0] = getChannelBlockedLayout(getContext(), tile);
  return layouts;
}

bool SliceOp::needsRuntime() {
  return hasRunTimeParameters(*this,
                              {getStarts(), getEnds(), getAxes(), getSteps()});
}

StringRef SliceOp::getRuntimeFunction() { return "atrous_slice"; }

SmallVector<int64_t> SliceOp::getRuntimeArguments() {
  return {getPresenceMask({getAxes(), getSteps()})};
}
