//===- SizeElements.cpp - Tensors of sizes, read at compile time ----------===//
//
// Exporters compute target shapes in the graph: Shape, Gather, Mul, Concat and
// so on. This follows such a computation back to the shapes it starts from.
//
//===----------------------------------------------------------------------===//

#include "dialects/graph/Constants.h"
#include "dialects/graph/Dims.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace atrous::graph;

using OptDims = std::optional<Dims>;

/// Longer computations, and longer vectors, are not followed.
constexpr int kMaxDepth = 64;
constexpr int64_t kMaxElements = 64;

namespace {
class Reader {
public:
  OptDims read(Value value);

private:
  OptDims readOp(Operation *op);
  OptDims readSlice(SliceOp op);
  OptDims readGather(GatherOp op);
  OptDims readConcat(ConcatOp op);
  OptDims readCast(CastOp op);
  OptDims readProduct(Operation *op);
  OptDims readBinary(Operation *op);

  int depth = 0;
};
} // namespace

/// A vector of `length` sizes of which nothing is known.
static OptDims getUnknown(Value value) {
  RankedTensorType type = getRanked(value.getType());
  if (!type || !type.hasStaticShape() || type.getRank() > 1 ||
      type.getNumElements() > kMaxElements)
    return std::nullopt;
  return Dims(type.getNumElements(), Dim());
}

static Dims toDims(ArrayRef<int64_t> values) {
  return Dims(values.begin(), values.end());
}

OptDims Reader::read(Value value) {
  Type elementType = getElementTypeOrSelf(value.getType());
  if (!isa<IntegerType>(elementType) || elementType.isInteger(1))
    return std::nullopt;
  if (auto values = getConstantInts(value, kMaxElements); succeeded(values)) {
    // A size is never the number that stands for an unknown one.
    if (llvm::is_contained(*values, ShapedType::kDynamic))
      return getUnknown(value);
    RankedTensorType type = getRanked(value.getType());
    return type.getRank() <= 1 ? OptDims(toDims(*values)) : std::nullopt;
  }
  RankedTensorType type = getRanked(value.getType());
  Operation *op = value.getDefiningOp();
  if (!op || !type || type.getRank() > 1 || depth > kMaxDepth)
    return getUnknown(value);
  ++depth;
  OptDims result = readOp(op);
  --depth;
  bool fits = result && (!type.hasStaticShape() ||
                         type.getNumElements() == int64_t(result->size()));
  return fits ? result : getUnknown(value);
}

OptDims Reader::readOp(Operation *op) {
  return llvm::TypeSwitch<Operation *, OptDims>(op)
      .Case([](ShapeOp shape) -> OptDims {
        RankedTensorType input = getRanked(shape.getInput().getType());
        if (!input)
          return std::nullopt;
        auto [first, last] = shape.getPart(input.getRank());
        Dims dims = getDims(input);
        return Dims(ArrayRef<Dim>(dims).slice(first, last - first));
      })
      .Case([](SizeOp size) -> OptDims {
        RankedTensorType input = getRanked(size.getInput().getType());
        if (!input)
          return std::nullopt;
        return Dims{getProduct(getDims(input))};
      })
      .Case([](SizeVectorOp op) { return OptDims(op.getDims()); })
      .Case([&](SliceOp slice) { return readSlice(slice); })
      .Case([&](GatherOp gather) { return readGather(gather); })
      .Case([&](ConcatOp concat) { return readConcat(concat); })
      .Case([&](CastOp cast) { return readCast(cast); })
      .Case<ReshapeOp, SqueezeOp, UnsqueezeOp, FlattenOp>(
          [&](Operation *view) { return read(view->getOperand(0)); })
      .Case([&](ReduceOp reduce) {
        return reduce.getKind() == ReduceKind::prod ? readProduct(op)
                                                    : std::nullopt;
      })
      .Case<AddOp, SubOp, MulOp, DivOp, ModOp, MaxOp, MinOp>(
          [&](Operation *binary) { return readBinary(binary); })
      .Default([](Operation *) { return std::nullopt; });
}

OptDims Reader::readSlice(SliceOp op) {
  OptDims input = read(op.getInput());
  if (!input || getRanked(op.getInput().getType()).getRank() != 1)
    return std::nullopt;
  auto span = op.getSpan(/*axis=*/0, /*rank=*/1, input->size());
  if (!span)
    return std::nullopt;
  Dims result;
  for (int64_t i = 0; i < span->length; ++i)
    result.push_back((*input)[span->begin + i * span->step]);
  return result;
}

OptDims Reader::readGather(GatherOp op) {
  OptDims input = read(op.getInput());
  auto indices = getConstantInts(op.getIndices(), kMaxElements);
  RankedTensorType type = getRanked(op.getInput().getType());
  if (!input || !type || type.getRank() != 1 || failed(indices))
    return std::nullopt;
  Dims result;
  for (int64_t index : *indices) {
    int64_t size = input->size();
    if (index < -size || index >= size)
      return std::nullopt;
    result.push_back((*input)[index < 0 ? index + size : index]);
  }
  return result;
}

OptDims Reader::readConcat(ConcatOp op) {
  Dims result;
  for (Value input : op.getInputs()) {
    OptDims part = read(input);
    if (!part)
      return std::nullopt;
    result.append(*part);
  }
  return result;
}

/// Looks past `Floor`; null if there is none.
static Value getFloored(Value value) {
  auto floor = value.getDefiningOp<FloorOp>();
  return floor ? Value(floor.getInput()) : value;
}

/// An integer cast, or the integer part of sizes scaled as floats.
OptDims Reader::readCast(CastOp op) {
  Type from = getElementTypeOrSelf(op.getInput().getType());
  if (isa<IntegerType>(from))
    return from.isInteger(1) ? std::nullopt : read(op.getInput());
  auto product = getFloored(op.getInput()).getDefiningOp<MulOp>();
  if (!product || !from.isF32())
    return std::nullopt;
  for (int side : {0, 1}) {
    auto widened = product->getOperand(side).getDefiningOp<CastOp>();
    auto factors = getConstantFloats(product->getOperand(1 - side), 64);
    OptDims sizes = widened ? read(widened.getInput()) : std::nullopt;
    bool fits = sizes && succeeded(factors) && !factors->empty() &&
                (factors->size() == 1 || factors->size() == sizes->size());
    if (!fits)
      continue;
    for (auto [i, size] : llvm::enumerate(*sizes))
      size = scaleSize(size, (*factors)[factors->size() == 1 ? 0 : i]);
    return sizes;
  }
  return std::nullopt;
}

OptDims Reader::readProduct(Operation *op) {
  OptDims input = read(op->getOperand(0));
  if (!input)
    return std::nullopt;
  return Dims{getProduct(*input)};
}

/// Whether a size is known not to be negative, so that rounding down is rounding
/// towards zero.
static bool isNatural(Dim dim) {
  if (!dim.isDynamic())
    return dim.size >= 0;
  return dim.symbol && !dim.symbol.getValue().contains('-');
}

static Dim divideNatural(Dim a, Dim b) {
  return isNatural(a) && isNatural(b) ? divSizes(a, b) : Dim();
}

OptDims Reader::readBinary(Operation *op) {
  OptDims lhs = read(op->getOperand(0)), rhs = read(op->getOperand(1));
  if (!lhs || !rhs)
    return std::nullopt;
  size_t length = std::max(lhs->size(), rhs->size());
  bool fits = (lhs->size() == length || lhs->size() == 1) &&
              (rhs->size() == length || rhs->size() == 1) && !lhs->empty() &&
              !rhs->empty();
  if (!fits)
    return std::nullopt;
  Dims result;
  for (size_t i = 0; i < length; ++i) {
    Dim a = (*lhs)[lhs->size() == 1 ? 0 : i];
    Dim b = (*rhs)[rhs->size() == 1 ? 0 : i];
    result.push_back(
        llvm::TypeSwitch<Operation *, Dim>(op)
            .Case([&](AddOp) { return addSizes(a, b); })
            .Case([&](SubOp) { return subSizes(a, b); })
            .Case([&](MulOp) { return mulSizes(a, b); })
            .Case([&](MaxOp) { return maxSizes(a, b); })
            .Case([&](MinOp) { return minSizes(a, b); })
            .Case([&](DivOp) { return divideNatural(a, b); })
            .Default([&](Operation *) {
              return subSizes(a, mulSizes(divideNatural(a, b), b));
            }));
  }
  return result;
}

OptDims atrous::graph::getSizeElements(Value value) {
  return Reader().read(value);
}
