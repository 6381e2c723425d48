//===- Interleave.cpp - graph.interleave ----------------------------------===//

#include "dialects/graph/Dims.h"
#include "dialects/graph/Loops.h"
#include "dialects/graph/Windows.h"

#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace atrous::graph;

/// The coordinates of phase number `phase`, row major.
static SmallVector<int64_t> getPhase(int64_t phase, ArrayRef<int64_t> strides) {
  SmallVector<int64_t> coordinates(strides.size());
  for (int64_t dim = int64_t(strides.size()) - 1; dim >= 0; --dim) {
    coordinates[dim] = phase % strides[dim];
    phase /= strides[dim];
  }
  return coordinates;
}

/// The size of spatial dimension `dim`: that of all phases that differ in it.
static Dim sumPhases(ValueRange operands, ArrayRef<int64_t> strides,
                     int64_t dim) {
  int64_t step = 1;
  for (int64_t stride : strides.drop_front(dim + 1))
    step *= stride;
  Dim sum(0);
  for (int64_t phase = 0; phase < strides[dim]; ++phase) {
    auto type = cast<RankedTensorType>(operands[phase * step].getType());
    sum = addSizes(sum, getDims(type)[dim + 2]);
  }
  return sum;
}

LogicalResult InterleaveOp::inferReturnTypes(MLIRContext *,
                                             OptLocation location, Adaptor op,
                                             SmallVectorImpl<Type> &results) {
  ArrayRef<int64_t> strides = op.getStrides(), spatial = op.getSpatial();
  auto isPositive = [](int64_t value) {
    return value >= 1 || ShapedType::isDynamic(value);
  };
  std::optional<int64_t> phases = checkedProduct(strides);
  if (!llvm::all_of(strides, isPositive) ||
      phases != int64_t(op.getOperands().size()))
    return emitOptionalError(
        location, "expects one input per phase of strides ", toString(strides),
        ", got ", op.getOperands().size());
  if (spatial.size() != strides.size() || !llvm::all_of(spatial, isPositive))
    return emitOptionalError(location, "strides ", toString(strides),
                             " do not fit spatial sizes ", toString(spatial));
  Type elementType = getElementTypeOrSelf(op.getOperands()[0]);
  int64_t rank = spatial.size();
  for (auto [number, operand] : llvm::enumerate(op.getOperands())) {
    RankedTensorType input = getRanked(operand.getType());
    if (!input)
      return addUnranked(elementType, results);
    RankedTensorType first = getRanked(op.getOperands()[0].getType());
    if (input.getRank() != rank + 2 ||
        differ(input.getDimSize(0), first.getDimSize(0)) ||
        differ(input.getDimSize(1), first.getDimSize(1)))
      return emitOptionalError(location, "phase ", number, " has shape ",
                               toString(getDims(input)));
    SmallVector<int64_t> phase = getPhase(number, strides);
    SmallVector<int64_t> sizes;
    for (int64_t i = 0; i < rank; ++i) {
      if (ShapedType::isDynamic(spatial[i]))
        sizes.push_back(spatial[i]);
      else
        sizes.push_back(spatial[i] <= phase[i]
                            ? 0
                            : (spatial[i] - phase[i] - 1) / strides[i] + 1);
    }
    // A phase that misses the output in one dimension misses it altogether.
    bool isEmpty = llvm::is_contained(sizes, 0);
    for (int64_t i = 0; i < rank && !isEmpty; ++i)
      if (differ(input.getDimSize(i + 2), sizes[i]))
        return emitOptionalError(location, "phase ", number, " has shape ",
                                 toString(getDims(input)), ", but covers ",
                                 toString(sizes));
  }
  Dims inputDims = getDims(getRanked(op.getOperands()[0].getType()));
  Dims dims{inputDims[0], inputDims[1]};
  for (int64_t i = 0; i < rank; ++i)
    dims.push_back(ShapedType::isDynamic(spatial[i])
                       ? sumPhases(op.getOperands(), strides, i)
                       : Dim(spatial[i]));
  return addResult(location, dims, elementType, results);
}

LogicalResult InterleaveOp::verify() { return verifySameElementType(*this); }

FailureOr<SmallVector<TensorAttr>>
InterleaveOp::getBlockedOperandLayouts(int64_t tile, ArrayRef<bool>) {
  return SmallVector<TensorAttr>((*this)->getNumOperands(),
                                 getChannelBlockedLayout(getContext(), tile));
}

/// Each element of the result reads its place in all phases, and takes that of
/// its own.
static Value lowerDynamic(InterleaveOp op, OpBuilder &builder,
                          ValueRange operands, RankedTensorType type) {
  ArrayRef<int64_t> strides = op.getStrides();
  auto emitElement = [&](OpBuilder &b, Location loc, ValueRange) -> Value {
    SmallVector<Value> position;
    for (int64_t dim = 0; dim < type.getRank(); ++dim)
      position.push_back(b.create<linalg::IndexOp>(loc, dim));
    Value number = createIndex(b, loc, 0);
    for (auto [i, stride] : llvm::enumerate(strides)) {
      Value step = createIndex(b, loc, stride), &index = position[i + 2];
      number = createAdd(b, loc, createMul(b, loc, number, step),
                         b.create<arith::RemUIOp>(loc, index, step));
      index = b.create<arith::DivUIOp>(loc, index, step);
    }
    Value result;
    for (auto [phase, operand] : llvm::enumerate(operands)) {
      Dims dims = getPhysicalDims(op->getOperand(phase).getType());
      SmallVector<Value> clamped(position);
      for (size_t i = 0; i < strides.size(); ++i)
        clamped[i + 2] = createClamped(b, loc, position[i + 2], dims[i + 2]);
      Value element = b.create<tensor::ExtractOp>(loc, operand, clamped);
      Value isPhase =
          b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::eq, number,
                                  createIndex(b, loc, int64_t(phase)));
      result = result ? b.create<arith::SelectOp>(loc, isPhase, element, result)
                            .getResult()
                      : element;
    }
    return result;
  };
  return createMapped(builder, op.getLoc(), type, {}, {}, emitElement);
}

FailureOr<SmallVector<Value>> InterleaveOp::lowerToLinalg(OpBuilder &builder,
                                                          ValueRange operands) {
  if (failed(checkRanked(*this)))
    return failure();
  RankedTensorType type = getPhysicalResultType(*this);
  if (!type.hasStaticShape())
    return SmallVector<Value>{lowerDynamic(*this, builder, operands, type)};
  Value result = builder.create<tensor::EmptyOp>(getLoc(), type.getShape(),
                                                 type.getElementType());
  auto toAttributes = [&](ArrayRef<int64_t> values) {
    return getAsIndexOpFoldResult(getContext(), values);
  };
  for (auto [number, input] : llvm::enumerate(operands)) {
    SmallVector<int64_t> phase = getPhase(number, getStrides());
    SmallVector<int64_t> offsets(type.getRank(), 0), strides(type.getRank(), 1);
    bool isEmpty = llvm::is_contained(getShape(input), 0);
    for (auto [i, stride] : llvm::enumerate(getStrides())) {
      offsets[i + 2] = phase[i];
      strides[i + 2] = stride;
      isEmpty |= phase[i] >= getSpatial()[i];
    }
    if (!isEmpty)
      result = builder.create<tensor::InsertSliceOp>(
          getLoc(), input, result, toAttributes(offsets),
          toAttributes(getShape(input)), toAttributes(strides));
  }
  return SmallVector<Value>{result};
}
