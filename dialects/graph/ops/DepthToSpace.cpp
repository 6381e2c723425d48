//===- DepthToSpace.cpp - graph.depth_to_space, space_to_depth ------------===//

#include "dialects/graph/Dims.h"
#include "dialects/graph/Lowering.h"

#include "llvm/Support/CheckedArithmetic.h"

using namespace mlir;
using namespace atrous::graph;

/// size * factor, unknown where size is.
static FailureOr<Dim> multiply(OptLocation location, Dim dim, int64_t factor) {
  Dim product = mulSizes(dim, Dim(factor));
  if (!dim.isDynamic() && product.isDynamic())
    return emitOptionalError(location, "a dimension of ", dim.size, " times ",
                             factor, " is too large");
  return product;
}

/// size / factor, which must divide it; `what` names the dimension.
static FailureOr<Dim> divide(OptLocation location, Dim dim, int64_t factor,
                             StringRef what) {
  if (dim.isDynamic())
    return divSizes(dim, Dim(factor));
  if (dim.size % factor != 0)
    return emitOptionalError(location, what, " ", dim.size,
                             " is no multiple of ", factor);
  return Dim(dim.size / factor);
}

static LogicalResult checkBlocksize(OptLocation location, int64_t blocksize) {
  // Its square must fit, too.
  if (blocksize < 1 || blocksize > (int64_t(1) << 31))
    return emitOptionalError(location, "blocksize must be positive, got ",
                             blocksize);
  return success();
}

static LogicalResult checkRank4(OptLocation location, RankedTensorType input) {
  if (input.getRank() != 4)
    return emitOptionalError(location, "expects an input of rank 4, got ",
                             input);
  return success();
}

static LogicalResult checkMode(Operation *op, StringRef mode) {
  if (mode != "DCR" && mode != "CRD")
    return op->emitError("mode must be DCR or CRD, got ") << mode;
  return success();
}

//===----------------------------------------------------------------------===//
// DepthToSpaceOp
//===----------------------------------------------------------------------===//

LogicalResult DepthToSpaceOp::verify() { return checkMode(*this, getMode()); }

LogicalResult DepthToSpaceOp::inferReturnTypes(MLIRContext *,
                                               OptLocation location,
                                               Adaptor adaptor,
                                               SmallVectorImpl<Type> &results) {
  RankedTensorType input = getRanked(adaptor.getInput().getType());
  Type elementType = getElementTypeOrSelf(adaptor.getInput().getType());
  int64_t block = adaptor.getBlocksize();
  if (failed(checkBlocksize(location, block)))
    return failure();
  if (!input)
    return addResult(location, Dims(4, Dim()), elementType, results);
  if (failed(checkRank4(location, input)))
    return failure();
  Dims dims = getDims(input);
  FailureOr<Dim> channels =
      divide(location, dims[1], block * block, "number of channels");
  FailureOr<Dim> height = multiply(location, dims[2], block);
  FailureOr<Dim> width = multiply(location, dims[3], block);
  if (failed(channels) || failed(height) || failed(width))
    return failure();
  return addResult(location, {dims[0], *channels, *height, *width}, elementType,
                   results);
}

LoweredValues DepthToSpaceOp::lowerToLinalg(OpBuilder &builder,
                                            ValueRange operands) {
  if (failed(checkRanked(*this)))
    return failure();
  RankedTensorType type = getPhysicalResultType(*this);
  Dims input = getPhysicalDims(getInput().getType());
  Dim b(getBlocksize()), channels = getDims(type)[1];
  bool depthFirst = getMode() == "DCR";
  // [N, b, b, C, H, W] or [N, C, b, b, H, W] => [N, C, H, b, W, b]
  Dims split = depthFirst
                   ? Dims{input[0], b, b, channels, input[2], input[3]}
                   : Dims{input[0], channels, b, b, input[2], input[3]};
  SmallVector<int64_t> perm = depthFirst
                                  ? SmallVector<int64_t>{0, 3, 4, 1, 5, 2}
                                  : SmallVector<int64_t>{0, 1, 4, 2, 5, 3};
  Value value =
      createReshaped(builder, getLoc(), operands[0],
                     getSymbolicType(split, type.getElementType()));
  value = createTransposed(builder, getLoc(), value, perm, split);
  return SmallVector<Value>{createReshaped(builder, getLoc(), value, type)};
}

//===----------------------------------------------------------------------===//
// SpaceToDepthOp
//===----------------------------------------------------------------------===//

LogicalResult SpaceToDepthOp::verify() { return checkMode(*this, getMode()); }

LogicalResult SpaceToDepthOp::inferReturnTypes(MLIRContext *,
                                               OptLocation location,
                                               Adaptor adaptor,
                                               SmallVectorImpl<Type> &results) {
  RankedTensorType input = getRanked(adaptor.getInput().getType());
  Type elementType = getElementTypeOrSelf(adaptor.getInput().getType());
  int64_t block = adaptor.getBlocksize();
  if (failed(checkBlocksize(location, block)))
    return failure();
  if (!input)
    return addResult(location, Dims(4, Dim()), elementType, results);
  if (failed(checkRank4(location, input)))
    return failure();
  Dims dims = getDims(input);
  FailureOr<Dim> channels = multiply(location, dims[1], block * block);
  FailureOr<Dim> height = divide(location, dims[2], block, "height");
  FailureOr<Dim> width = divide(location, dims[3], block, "width");
  if (failed(channels) || failed(height) || failed(width))
    return failure();
  return addResult(location, {dims[0], *channels, *height, *width}, elementType,
                   results);
}

LoweredValues SpaceToDepthOp::lowerToLinalg(OpBuilder &builder,
                                            ValueRange operands) {
  if (failed(checkRanked(*this)))
    return failure();
  RankedTensorType type = getPhysicalResultType(*this);
  Dims input = getPhysicalDims(getInput().getType()), output = getDims(type);
  Dim b(getBlocksize());
  // [N, C, H, b, W, b] => [N, b, b, C, H, W] or [N, C, b, b, H, W]
  SmallVector<int64_t> perm = getMode() == "DCR"
                                  ? SmallVector<int64_t>{0, 3, 5, 1, 2, 4}
                                  : SmallVector<int64_t>{0, 1, 3, 5, 2, 4};
  Dims split{input[0], input[1], output[2], b, output[3], b};
  Value value =
      createReshaped(builder, getLoc(), operands[0],
                     getSymbolicType(split, type.getElementType()));
  value = createTransposed(builder, getLoc(), value, perm, split);
  return SmallVector<Value>{createReshaped(builder, getLoc(), value, type)};
}
