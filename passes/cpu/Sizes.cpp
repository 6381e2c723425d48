//===- Sizes.cpp - Sizes that are known, or computed at run time ----------===//

#include "passes/cpu/Sizes.h"

#include "passes/cpu/Access.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"

using namespace mlir;

namespace atrous::cpu {

int64_t getKnownSize(OpFoldResult size) {
  return getConstantIntValue(size).value_or(ShapedType::kDynamic);
}

template <typename Op>
static OpFoldResult create(OpBuilder &builder, Location loc, OpFoldResult lhs,
                           OpFoldResult rhs) {
  Value a = getValueOrCreateConstantIndexOp(builder, loc, lhs);
  Value b = getValueOrCreateConstantIndexOp(builder, loc, rhs);
  return builder.create<Op>(loc, a, b).getResult();
}

OpFoldResult multiply(OpBuilder &builder, Location loc, OpFoldResult lhs,
                      OpFoldResult rhs) {
  std::optional<int64_t> l = getConstantIntValue(lhs);
  std::optional<int64_t> r = getConstantIntValue(rhs);
  if (l && r)
    return builder.getIndexAttr(*l * *r);
  if (l == 0 || r == 0)
    return builder.getIndexAttr(0);
  if (l == 1)
    return rhs;
  if (r == 1)
    return lhs;
  return create<arith::MulIOp>(builder, loc, lhs, rhs);
}

OpFoldResult multiplyAll(OpBuilder &builder, Location loc,
                         ArrayRef<OpFoldResult> sizes) {
  OpFoldResult product = builder.getIndexAttr(1);
  for (OpFoldResult size : sizes)
    product = multiply(builder, loc, product, size);
  return product;
}

OpFoldResult add(OpBuilder &builder, Location loc, OpFoldResult lhs,
                 OpFoldResult rhs) {
  std::optional<int64_t> l = getConstantIntValue(lhs);
  std::optional<int64_t> r = getConstantIntValue(rhs);
  if (l && r)
    return builder.getIndexAttr(*l + *r);
  if (l == 0)
    return rhs;
  if (r == 0)
    return lhs;
  return create<arith::AddIOp>(builder, loc, lhs, rhs);
}

OpFoldResult divideCeil(OpBuilder &builder, Location loc, OpFoldResult size,
                        int64_t divisor) {
  if (auto known = getConstantIntValue(size))
    return builder.getIndexAttr(llvm::divideCeil(*known, divisor));
  if (divisor == 1)
    return size;
  Value last = builder.create<arith::ConstantIndexOp>(loc, divisor - 1);
  Value by = builder.create<arith::ConstantIndexOp>(loc, divisor);
  Value sum = builder.create<arith::AddIOp>(loc, size.get<Value>(), last);
  return builder.create<arith::DivUIOp>(loc, sum, by).getResult();
}

OpFoldResult roundDown(OpBuilder &builder, Location loc, OpFoldResult size,
                       int64_t step) {
  if (auto known = getConstantIntValue(size))
    return builder.getIndexAttr(*known - *known % step);
  if (step == 1)
    return size;
  Value value = size.get<Value>();
  Value by = builder.create<arith::ConstantIndexOp>(loc, step);
  Value rest = builder.create<arith::RemUIOp>(loc, value, by);
  return builder.create<arith::SubIOp>(loc, value, rest).getResult();
}

MemRefType getDenseType(Type elementType, ArrayRef<OpFoldResult> sizes) {
  auto shape = llvm::map_to_vector(sizes, getKnownSize);
  if (!llvm::is_contained(shape, 0))
    return MemRefType::get(shape, elementType);
  // LLVM's lowering gives up on buffers without elements and without written
  // strides.
  SmallVector<int64_t> strides(shape.size(), 1);
  return MemRefType::get(
      shape, elementType,
      StridedLayoutAttr::get(elementType.getContext(), 0, strides));
}

Value createDenseView(OpBuilder &builder, Location loc, Value source,
                      ArrayRef<OpFoldResult> sizes) {
  Type element = cast<MemRefType>(source.getType()).getElementType();
  MemRefType type = getDenseType(element, sizes);
  SmallVector<OpFoldResult> strides(sizes.size(), builder.getIndexAttr(1));
  if (type.getLayout().isIdentity())
    for (size_t dim = sizes.size(); dim-- > 1;)
      strides[dim - 1] = multiply(builder, loc, sizes[dim], strides[dim]);
  return builder.create<memref::ReinterpretCastOp>(
      loc, type, source, builder.getIndexAttr(0), sizes, strides);
}

SmallVector<OpFoldResult> getSizes(Value buffer) {
  auto type = cast<MemRefType>(buffer.getType());
  if (!type.hasStaticShape())
    return buffer.getDefiningOp<memref::ReinterpretCastOp>().getMixedSizes();
  return getAsIndexOpFoldResult(type.getContext(), type.getShape());
}

SmallVector<OpFoldResult> getStrides(Value buffer) {
  auto type = cast<MemRefType>(buffer.getType());
  if (!type.hasStaticShape())
    return buffer.getDefiningOp<memref::ReinterpretCastOp>().getMixedStrides();
  SmallVector<int64_t> strides;
  int64_t offset;
  (void)getStaticStrides(type, strides, offset);
  return getAsIndexOpFoldResult(type.getContext(), strides);
}

OpFoldResult getSpan(OpBuilder &builder, Location loc, Value buffer) {
  SmallVector<OpFoldResult> sizes = getSizes(buffer);
  if (!cast<MemRefType>(buffer.getType()).hasStaticShape())
    return multiplyAll(builder, loc, sizes);
  int64_t last = 0;
  for (auto [size, stride] : llvm::zip_equal(sizes, getStrides(buffer)))
    last += (getKnownSize(size) - 1) * getKnownSize(stride);
  return builder.getIndexAttr(std::max<int64_t>(last, 0) + 1);
}

SmallVector<Value> delinearize(OpBuilder &builder, Location loc, Value number,
                               ArrayRef<OpFoldResult> sizes) {
  SmallVector<Value> indices(sizes.size());
  for (size_t i = sizes.size(); i-- > 1;) {
    Value size = getValueOrCreateConstantIndexOp(builder, loc, sizes[i]);
    indices[i] = builder.create<arith::RemUIOp>(loc, number, size);
    number = builder.create<arith::DivUIOp>(loc, number, size);
  }
  if (!sizes.empty())
    indices[0] = number;
  return indices;
}

} // namespace atrous::cpu
