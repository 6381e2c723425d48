//===- Access.cpp - Loads and stores of a vectorised loop -----------------===//

#include "passes/cpu/Access.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace atrous::cpu {

LogicalResult getStaticStrides(MemRefType type,
                               SmallVectorImpl<int64_t> &strides,
                               int64_t &offset) {
  if (!type.hasStaticShape())
    return failure();
  if (type.getLayout().isIdentity()) {
    offset = 0;
    strides.assign(type.getRank(), 1);
    for (int64_t dim = type.getRank() - 2; dim >= 0; --dim)
      strides[dim] = strides[dim + 1] * type.getDimSize(dim + 1);
    return success();
  }
  if (failed(getStridesAndOffset(type, strides, offset)) ||
      ShapedType::isDynamic(offset) ||
      llvm::any_of(strides, ShapedType::isDynamic))
    return failure();
  return success();
}

bool isInnermostContiguous(MemRefType type) {
  if (type.getLayout().isIdentity())
    return type.getRank() != 0;
  SmallVector<int64_t> strides;
  int64_t offset;
  return type.getRank() != 0 &&
         succeeded(getStaticStrides(type, strides, offset)) &&
         strides.back() == 1;
}

Access classifyAccess(AffineMap map, unsigned dim, MemRefType type) {
  if (!map.isFunctionOfDim(dim))
    return Access::uniform;
  ArrayRef<AffineExpr> exprs = map.getResults();
  for (AffineExpr expr : exprs.drop_back())
    if (expr.isFunctionOfDim(dim))
      return Access::other;
  AffineExpr rest = exprs.back() - getAffineDimExpr(dim, map.getContext());
  rest = simplifyAffineExpr(rest, map.getNumDims(), map.getNumSymbols());
  if (rest.isFunctionOfDim(dim) || !isInnermostContiguous(type) ||
      type.getElementType().isInteger(1))
    return Access::other;
  return Access::contiguous;
}

std::optional<int64_t> getCoefficient(AffineExpr expr, unsigned dim) {
  AffineExpr d = getAffineDimExpr(dim, expr.getContext());
  AffineExpr step =
      simplifyAffineExpr(expr.replace(d, d + 1) - expr, dim + 64, 0);
  if (auto constant = dyn_cast<AffineConstantExpr>(step))
    return constant.getValue();
  return std::nullopt;
}

SmallVector<Value> applyMap(OpBuilder &builder, Location loc, AffineMap map,
                            ArrayRef<Value> ivs) {
  SmallVector<OpFoldResult> operands = getAsOpFoldResult(ivs);
  SmallVector<OpFoldResult> results =
      affine::makeComposedFoldedMultiResultAffineApply(builder, loc, map,
                                                       operands);
  return getValueOrCreateConstantIndexOp(builder, loc, results);
}

Value loadVector(OpBuilder &builder, Location loc, Value memref,
                 ArrayRef<Value> indices, int64_t lanes, Value mask) {
  Type element = cast<MemRefType>(memref.getType()).getElementType();
  auto type = VectorType::get({lanes}, element);
  if (!mask)
    return builder.create<vector::LoadOp>(loc, type, memref, indices);
  Value zero =
      builder.create<arith::ConstantOp>(loc, builder.getZeroAttr(type));
  return builder.create<vector::MaskedLoadOp>(loc, type, memref, indices, mask,
                                              zero);
}

Value createLaneMask(OpBuilder &builder, Location loc, int64_t lanes,
                     OpFoldResult count) {
  auto type = VectorType::get({lanes}, builder.getI1Type());
  if (auto known = getConstantIntValue(count))
    return builder.create<vector::ConstantMaskOp>(
        loc, type, builder.getI64ArrayAttr({*known}));
  auto numbers = llvm::to_vector(llvm::seq<int32_t>(0, lanes));
  Value lane =
      builder.create<arith::ConstantOp>(loc, builder.getI32VectorAttr(numbers));
  Value limit = builder.create<arith::IndexCastOp>(loc, builder.getI32Type(),
                                                   count.get<Value>());
  return builder.create<arith::CmpIOp>(loc, arith::CmpIPredicate::slt, lane,
                                       toVector(builder, loc, limit, lanes));
}

void storeValue(OpBuilder &builder, Location loc, Value value, Value memref,
                ArrayRef<Value> indices, Value mask) {
  if (!isa<VectorType>(value.getType()))
    builder.create<memref::StoreOp>(loc, value, memref, indices);
  else if (mask)
    builder.create<vector::MaskedStoreOp>(loc, memref, indices, mask, value);
  else
    builder.create<vector::StoreOp>(loc, value, memref, indices);
}

Value toVector(OpBuilder &builder, Location loc, Value value, int64_t lanes) {
  if (lanes == 1 || isa<VectorType>(value.getType()))
    return value;
  auto type = VectorType::get({lanes}, value.getType());
  return builder.create<vector::BroadcastOp>(loc, type, value);
}

} // namespace atrous::cpu
