//===- Broadcast.cpp - Elementwise ops with NumPy broadcasting ------------===//

#include "dialects/graph/Broadcast.h"

#include "dialects/graph/Constants.h"

using namespace mlir;
using namespace atrous::graph;

//===----------------------------------------------------------------------===//
// Inference
//===----------------------------------------------------------------------===//

LogicalResult atrous::graph::inferElementwise(OptLocation location,
                                              ValueRange operands,
                                              Type elementType,
                                              SmallVectorImpl<Type> &results) {
  Dims dims;
  for (Value operand : operands) {
    RankedTensorType type = getRanked(operand.getType());
    if (!type)
      return addUnranked(elementType, results);
    FailureOr<Dims> broadcast = broadcastDims(location, dims, getDims(type));
    if (failed(broadcast))
      return failure();
    dims = std::move(*broadcast);
  }
  return addResult(location, dims, elementType, results);
}

/// What an element type of the kind is called, and whether `type` is one.
static std::pair<bool, StringRef> checkKind(ElementKind kind, Type type) {
  bool isBoolean = type.isInteger(1);
  bool isInteger = isa<IntegerType>(type) && !isBoolean;
  switch (kind) {
  case ElementKind::floating:
    return {isa<FloatType>(type), "floating-point elements"};
  case ElementKind::number:
    return {isa<FloatType>(type) || isInteger, "numbers"};
  case ElementKind::bits:
    return {isInteger || isBoolean, "integers or booleans"};
  case ElementKind::boolean:
    return {isBoolean, "booleans"};
  case ElementKind::any:
    return {type.isIntOrFloat(), "numbers or booleans"};
  }
  llvm_unreachable("unknown element kind");
}

LogicalResult atrous::graph::checkElementKind(OptLocation location,
                                              ElementKind kind, Type type) {
  auto [fits, words] = checkKind(kind, getElementTypeOrSelf(type));
  if (!fits)
    return emitOptionalError(location, "expects ", words, ", got ", type);
  return success();
}

LogicalResult atrous::graph::inferSameType(OptLocation location,
                                           ValueRange operands,
                                           ElementKind kind,
                                           SmallVectorImpl<Type> &results) {
  Type type = operands.front().getType();
  if (failed(checkElementKind(location, kind, type)) ||
      failed(checkSameElementType(location, operands)))
    return failure();
  return inferElementwise(location, operands, getElementTypeOrSelf(type),
                          results);
}

LogicalResult atrous::graph::checkSameElementType(OptLocation location,
                                                  ValueRange operands) {
  Type first = getElementTypeOrSelf(operands.front().getType());
  for (Value operand : operands.drop_front()) {
    Type other = getElementTypeOrSelf(operand.getType());
    if (other != first)
      return emitOptionalError(location,
                               "operands must have the same element type, got ",
                               first, " and ", other);
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Lowering
//===----------------------------------------------------------------------===//

/// For each dimension of `type`, the position of its inner tile, or -1.
static SmallVector<int64_t> getTilePositions(RankedTensorType type) {
  SmallVector<int64_t> positions(type.getRank(), -1);
  if (TensorAttr layout = getTensorAttr(type))
    for (auto [position, dim] : llvm::enumerate(layout.getInnerDims()))
      positions[dim] = position;
  return positions;
}

std::optional<AffineMap>
atrous::graph::getBroadcastMap(RankedTensorType operand,
                               RankedTensorType result) {
  MLIRContext *context = result.getContext();
  int64_t offset = result.getRank() - operand.getRank();
  SmallVector<int64_t> resultTiles = getTilePositions(result);
  int64_t loops = getPhysicalType(result).getRank();
  AffineExpr zero = getAffineConstantExpr(0, context);
  auto getTile = [](RankedTensorType type, int64_t position) {
    return getTensorAttr(type).getInnerTiles()[position];
  };

  SmallVector<AffineExpr> exprs(getPhysicalType(operand).getRank(), zero);
  SmallVector<int64_t> operandTiles = getTilePositions(operand);
  Dims operandDims = getDims(operand), resultDims = getDims(result);
  for (int64_t dim = 0; dim < operand.getRank(); ++dim) {
    int64_t resultDim = dim + offset;
    int64_t inner = operandTiles[dim], resultInner = resultTiles[resultDim];
    bool isBlocked = resultInner >= 0;
    bool sameTile = inner >= 0 && isBlocked &&
                    getTile(operand, inner) == getTile(result, resultInner);
    bool isStretched =
        operand.getDimSize(dim) == 1 &&
        (result.getDimSize(resultDim) != 1 || (isBlocked && !sameTile));
    if (isStretched)
      continue;
    // Sizes that are not known to be the same: the operand has to be expanded
    // first.
    if (operand.isDynamicDim(dim) && !operandDims[dim].isSameAs(resultDims[resultDim]))
      return std::nullopt;
    AffineExpr outerLoop = getAffineDimExpr(resultDim, context);
    AffineExpr innerLoop =
        isBlocked ? getAffineDimExpr(result.getRank() + resultInner, context)
                  : zero;
    if (sameTile || (inner < 0 && !isBlocked)) {
      exprs[dim] = outerLoop;
      if (sameTile)
        exprs[operand.getRank() + inner] = innerLoop;
      continue;
    }
    // Different tilings meet at the logical index, which must exist for the
    // padding lanes of the result, too.
    AffineExpr logical = outerLoop;
    if (isBlocked) {
      int64_t tile = getTile(result, resultInner);
      if (result.getDimSize(resultDim) % tile != 0)
        return std::nullopt;
      logical = outerLoop * tile + innerLoop;
    }
    exprs[dim] = logical;
    if (inner >= 0) {
      int64_t tile = getTile(operand, inner);
      exprs[dim] = logical.floorDiv(tile);
      exprs[operand.getRank() + inner] = logical % tile;
    }
  }
  return AffineMap::get(loops, 0, exprs, context);
}

LoweredValues atrous::graph::lowerElementwise(Operation *op, OpBuilder &builder,
                                              ValueRange operands) {
  if (failed(checkRanked(op)))
    return failure();
  auto elementwise = cast<ElementwiseOpInterface>(op);
  auto result = cast<RankedTensorType>(op->getResult(0).getType());
  SmallVector<Value> inputs;
  SmallVector<AffineMap> maps;
  // Constants of one element are written into the body: codegen need not load
  // them, and emitScalar sees their values.
  SmallVector<std::optional<double>> numbers;
  for (auto [operand, physical] : llvm::zip(op->getOperands(), operands)) {
    auto type = cast<RankedTensorType>(operand.getType());
    bool isExact = !type.getElementType().isInteger(64);
    bool isScalar = type.hasStaticShape() && type.getNumElements() == 1;
    numbers.push_back(isScalar && isExact ? getSplatValue(operand)
                                          : std::nullopt);
    if (numbers.back())
      continue;
    std::optional<AffineMap> map = getBroadcastMap(type, result);
    if (!map)
      return op->emitError("cannot read ")
             << type << " for a result of type " << result;
    inputs.push_back(physical);
    maps.push_back(*map);
  }

  auto emitElement = [&](OpBuilder &b, Location loc, ValueRange arguments) {
    SmallVector<Value> scalars;
    for (auto [operand, number] : llvm::zip(op->getOperands(), numbers)) {
      Type type = getElementTypeOrSelf(operand.getType());
      if (number) {
        Type scalarType =
            type.isInteger(1) ? type : getPhysicalElementType(type);
        scalars.push_back(createNumber(b, loc, scalarType, *number));
        continue;
      }
      scalars.push_back(loadScalar(b, loc, arguments.front(), type));
      arguments = arguments.drop_front();
    }
    Value scalar = elementwise.emitScalar(b, loc, scalars);
    return storeScalar(b, loc, scalar, result.getElementType());
  };
  return SmallVector<Value>{createMapped(builder, op->getLoc(),
                                         getPhysicalResultType(op), inputs,
                                         maps, emitElement)};
}

//===----------------------------------------------------------------------===//
// Layout
//===----------------------------------------------------------------------===//

FailureOr<SmallVector<TensorAttr>>
atrous::graph::getElementwiseOperandLayouts(Operation *op, int64_t tile,
                                            ArrayRef<bool> operandIsBlocked,
                                            bool makesNonFinite) {
  RankedTensorType result = getRanked(op->getResult(0).getType());
  if (!result || result.getRank() < 3 || result.isDynamicDim(1) ||
      result.getElementType().isInteger(1))
    return failure();
  int64_t channels = result.getDimSize(1);
  if (makesNonFinite && channels % tile != 0)
    return failure();

  SmallVector<TensorAttr> layouts;
  for (auto [index, operand] : llvm::enumerate(op->getOperands())) {
    RankedTensorType type = getRanked(operand.getType());
    if (!type)
      return failure();
    TensorAttr layout;
    int64_t channelDim = 1 - (result.getRank() - type.getRank());
    if (channelDim >= 0) {
      int64_t size = type.getDimSize(channelDim);
      bool keepsBlocks = channels == 1 && operandIsBlocked[index];
      if (ShapedType::isDynamic(size))
        return failure();
      if (size > 1 || keepsBlocks) {
        if (type.getElementType().isInteger(1))
          return failure();
        layout = TensorAttr::get(op->getContext(), {}, {channelDim}, {tile});
      }
    }
    layouts.push_back(layout);
  }
  return layouts;
}
