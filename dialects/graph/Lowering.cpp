//===- Lowering.cpp - What lowerToLinalg is written with ------------------===//

#include "dialects/graph/Lowering.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Utils/ReshapeOpsUtils.h"
#include "mlir/IR/AffineExpr.h"

using namespace mlir;
using namespace atrous::graph;

LogicalResult atrous::graph::checkStatic(Operation *op) {
  auto isStatic = [](Type type) {
    auto tensor = dyn_cast<RankedTensorType>(type);
    return tensor && tensor.hasStaticShape();
  };
  for (Type type :
       llvm::concat<const Type>(SmallVector<Type>(op->getOperandTypes()),
                                SmallVector<Type>(op->getResultTypes())))
    if (!isStatic(type))
      return op->emitError("has a size that is not known at compile time: ")
             << type << "; fix the model's input sizes with --shape";
  return success();
}

LogicalResult atrous::graph::checkRanked(Operation *op) {
  for (Type type : op->getOperandTypes())
    if (isa<UnrankedTensorType>(type))
      return op->emitError("has an operand of unknown rank");
  for (Type type : op->getResultTypes()) {
    auto tensor = dyn_cast<RankedTensorType>(type);
    if (!tensor)
      return op->emitError("has a result of unknown rank");
    for (Dim dim : getDims(tensor))
      if (dim.isDynamic() && !dim.symbol)
        return op->emitError("has a result with a nameless size: ") << tensor;
  }
  return success();
}

Dims atrous::graph::getPhysicalDims(Type logicalType) {
  auto logical = cast<RankedTensorType>(logicalType);
  Dims dims = getDims(logical);
  RankedTensorType physical = getPhysicalType(logical);
  for (auto [dim, size] : llvm::zip(dims, physical.getShape()))
    if (!ShapedType::isDynamic(size))
      dim = Dim(size);
  for (int64_t tile : physical.getShape().drop_front(dims.size()))
    dims.push_back(Dim(tile));
  return dims;
}

RankedTensorType atrous::graph::getValueType(RankedTensorType type) {
  return RankedTensorType::get(type.getShape(), type.getElementType());
}

RankedTensorType atrous::graph::getSymbolicType(ArrayRef<Dim> dims,
                                                Type physicalElementType) {
  // Sizes that are too large have been refused when types were inferred.
  return *getTensorType(std::nullopt, dims, physicalElementType);
}

RankedTensorType atrous::graph::getPhysicalResultType(Operation *op,
                                                      unsigned index) {
  auto logical = cast<RankedTensorType>(op->getResult(index).getType());
  return getSymbolicType(getPhysicalDims(logical),
                         getPhysicalElementType(logical.getElementType()));
}

ArrayRef<int64_t> atrous::graph::getShape(Value tensor) {
  return cast<RankedTensorType>(tensor.getType()).getShape();
}

//===----------------------------------------------------------------------===//
// Loops over the result
//===----------------------------------------------------------------------===//

Value atrous::graph::createSize(OpBuilder &builder, Location loc, Dim dim) {
  if (!dim.isDynamic())
    return createIndex(builder, loc, dim.size);
  return builder.create<SizeValueOp>(loc, builder.getIndexType(), dim.symbol);
}

void atrous::graph::createSizeCheck(OpBuilder &builder, Location loc, Dim a,
                                    Dim b, StringRef message) {
  if (a.isSameAs(b) || (!a.isDynamic() && !b.isDynamic()))
    return;
  Value isSame = builder.create<arith::CmpIOp>(
      loc, arith::CmpIPredicate::eq, createSize(builder, loc, a),
      createSize(builder, loc, b));
  builder.create<cf::AssertOp>(loc, isSame, message);
}

Value atrous::graph::createEmpty(OpBuilder &builder, Location loc,
                                 RankedTensorType type) {
  SmallVector<Value> sizes;
  for (Dim dim : getDims(type))
    if (dim.isDynamic())
      sizes.push_back(createSize(builder, loc, dim));
  return builder.create<tensor::EmptyOp>(loc, getValueType(type), sizes);
}

/// Whether the type says that there are no elements.
static bool isKnownEmpty(RankedTensorType type) {
  return llvm::is_contained(type.getShape(), 0);
}

Value atrous::graph::createMapped(OpBuilder &builder, Location loc,
                                  RankedTensorType type, ValueRange inputs,
                                  ArrayRef<AffineMap> maps, ElementFn element) {
  Value empty = createEmpty(builder, loc, type);
  if (isKnownEmpty(type))
    return empty;
  SmallVector<AffineMap> allMaps(maps);
  allMaps.push_back(builder.getMultiDimIdentityMap(type.getRank()));
  SmallVector<utils::IteratorType> iterators(type.getRank(),
                                             utils::IteratorType::parallel);
  auto emitBody = [&](OpBuilder &b, Location bodyLoc, ValueRange arguments) {
    Value result = element(b, bodyLoc, arguments.drop_back());
    b.create<linalg::YieldOp>(bodyLoc, result);
  };
  return builder
      .create<linalg::GenericOp>(loc, empty.getType(), inputs, empty, allMaps,
                                 iterators, emitBody)
      .getResult(0);
}

Value atrous::graph::createMappedCopy(OpBuilder &builder, Location loc,
                                      RankedTensorType type, Value input,
                                      AffineMap map) {
  return createMapped(
      builder, loc, type, input, map,
      [](OpBuilder &, Location, ValueRange elements) { return elements[0]; });
}

Value atrous::graph::createFilled(OpBuilder &builder, Location loc,
                                  RankedTensorType type, Value scalar) {
  Value empty = createEmpty(builder, loc, type);
  if (isKnownEmpty(type))
    return empty;
  return builder.create<linalg::FillOp>(loc, scalar, empty).getResult(0);
}

//===----------------------------------------------------------------------===//
// Views
//===----------------------------------------------------------------------===//

/// One group that holds all of `rank` dimensions; none for a scalar.
static SmallVector<ReassociationIndices> getOneGroup(int64_t rank) {
  return {llvm::to_vector<2>(llvm::seq<int64_t>(0, rank))};
}

/// A view of `input`, whose shape only merges or only splits dimensions.
static Value createView(OpBuilder &builder, Location loc, Value input,
                        RankedTensorType type,
                        ArrayRef<ReassociationIndices> groups) {
  if (cast<RankedTensorType>(input.getType()).getRank() > type.getRank())
    return builder.create<tensor::CollapseShapeOp>(loc, type, input, groups);
  return builder.create<tensor::ExpandShapeOp>(loc, type, input, groups);
}

/// `input` as a vector.
static Value createFlat(OpBuilder &builder, Location loc, Value input) {
  auto type = cast<RankedTensorType>(input.getType());
  auto flat =
      RankedTensorType::get({type.getNumElements()}, type.getElementType());
  if (type.getRank() == 1)
    return input;
  if (type.getRank() == 0)
    return createView(builder, loc, input, flat, {});
  return createView(builder, loc, input, flat, getOneGroup(type.getRank()));
}

Value atrous::graph::createReshaped(OpBuilder &builder, Location loc,
                                    Value input, ArrayRef<int64_t> shape) {
  auto from = cast<RankedTensorType>(input.getType());
  auto to = RankedTensorType::get(shape, from.getElementType());
  if (from == to)
    return input;
  // A tensor without elements has nothing to view.
  if (to.getNumElements() == 0)
    return createEmpty(builder, loc, to);
  if (from.getRank() != to.getRank())
    if (auto groups = getReassociationIndicesForReshape(from, to))
      return createView(builder, loc, input, to, *groups);
  Value flat = createFlat(builder, loc, input);
  if (to.getRank() == 1)
    return flat;
  if (to.getRank() == 0)
    return createView(builder, loc, flat, to, {});
  return createView(builder, loc, flat, to, getOneGroup(to.getRank()));
}

/// A dynamic view: the sizes of the result as a tensor.
static Value createDynamicReshape(OpBuilder &builder, Location loc, Value input,
                                  RankedTensorType type) {
  if (cast<RankedTensorType>(input.getType()) == getValueType(type) &&
      type.getRank() <= 1)
    return input;
  SmallVector<Value> sizes;
  for (Dim dim : getDims(type))
    sizes.push_back(createSize(builder, loc, dim));
  auto shapeType = RankedTensorType::get({int64_t(sizes.size())},
                                         builder.getIndexType());
  Value shape = builder.create<tensor::FromElementsOp>(loc, shapeType, sizes);
  return builder.create<tensor::ReshapeOp>(loc, getValueType(type), input,
                                           shape);
}

Value atrous::graph::createReshaped(OpBuilder &builder, Location loc,
                                    Value input, RankedTensorType type) {
  bool isStatic = cast<RankedTensorType>(input.getType()).hasStaticShape() &&
                  type.hasStaticShape();
  if (isStatic)
    return createReshaped(builder, loc, input, type.getShape());
  return createDynamicReshape(builder, loc, input, type);
}

LoweredValues atrous::graph::lowerAsView(Operation *op, OpBuilder &builder,
                                         ValueRange operands) {
  if (failed(checkRanked(op)))
    return failure();
  Location loc = op->getLoc();
  RankedTensorType type = getPhysicalResultType(op);
  Dim have = getProduct(getPhysicalDims(op->getOperand(0).getType()));
  Dim want = getProduct(getDims(type));
  createSizeCheck(builder, loc, have, want,
                  "the input's elements do not fit the target shape");
  return SmallVector<Value>{
      createReshaped(builder, loc, operands.front(), type)};
}

Value atrous::graph::createTransposed(OpBuilder &builder, Location loc,
                                      Value input, ArrayRef<int64_t> perm,
                                      ArrayRef<Dim> inputDims) {
  auto from = cast<RankedTensorType>(input.getType());
  Dims known = inputDims.empty() ? getDims(from) : Dims(inputDims);
  Dims dims(from.getRank());
  SmallVector<AffineExpr> exprs(from.getRank());
  for (auto [dim, inputDim] : llvm::enumerate(perm)) {
    dims[dim] = known[inputDim];
    exprs[inputDim] = builder.getAffineDimExpr(dim);
  }
  auto map = AffineMap::get(from.getRank(), 0, exprs, builder.getContext());
  if (map.isIdentity())
    return input;
  return createMappedCopy(builder, loc,
                          getSymbolicType(dims, from.getElementType()), input,
                          map);
}

Value atrous::graph::createSlice(OpBuilder &builder, Location loc, Value input,
                                 ArrayRef<int64_t> offsets,
                                 ArrayRef<int64_t> sizes,
                                 ArrayRef<int64_t> strides) {
  auto from = cast<RankedTensorType>(input.getType());
  if (from.getShape() == sizes)
    return input;
  auto to = RankedTensorType::get(sizes, from.getElementType());
  if (to.getNumElements() == 0)
    return createEmpty(builder, loc, to);
  SmallVector<int64_t> ones(sizes.size(), 1);
  auto get = [&](ArrayRef<int64_t> values) {
    return getAsIndexOpFoldResult(builder.getContext(), values);
  };
  return builder.create<tensor::ExtractSliceOp>(
      loc, to, input, get(offsets), get(sizes),
      get(strides.empty() ? ArrayRef<int64_t>(ones) : strides));
}

//===----------------------------------------------------------------------===//
// Scalars
//===----------------------------------------------------------------------===//

Value atrous::graph::loadScalar(OpBuilder &builder, Location loc,
                                Value physical, Type type) {
  if (!type.isInteger(1))
    return physical;
  Value zero = createNumber(builder, loc, physical.getType(), 0);
  return builder.create<arith::CmpIOp>(loc, arith::CmpIPredicate::ne, physical,
                                       zero);
}

Value atrous::graph::storeScalar(OpBuilder &builder, Location loc, Value scalar,
                                 Type type) {
  if (!type.isInteger(1))
    return scalar;
  return builder.create<arith::ExtUIOp>(loc, getPhysicalElementType(type),
                                        scalar);
}

Value atrous::graph::createNumber(OpBuilder &builder, Location loc, Type type,
                                  double value) {
  if (auto floatType = dyn_cast<FloatType>(type))
    return builder.create<arith::ConstantOp>(loc,
                                             FloatAttr::get(floatType, value));
  return builder.create<arith::ConstantOp>(
      loc, IntegerAttr::get(type, int64_t(value)));
}

Value atrous::graph::createIndex(OpBuilder &builder, Location loc,
                                 int64_t value) {
  return builder.create<arith::ConstantIndexOp>(loc, value);
}
