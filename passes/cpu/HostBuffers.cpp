//===- HostBuffers.cpp - Buffers taken apart, and accesses to them --------===//

#include "passes/cpu/HostLowering.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

//===----------------------------------------------------------------------===//
// What a type tells, and what it does not
//===----------------------------------------------------------------------===//

std::optional<HostLayout> cpu::getLayout(MemRefType type) {
  HostLayout layout;
  if (type.getLayout().isIdentity())
    return layout;
  auto strided = dyn_cast<StridedLayoutAttr>(type.getLayout());
  if (!strided)
    return std::nullopt;
  layout.offset = strided.getOffset();
  layout.strides.assign(strided.getStrides().begin(),
                        strided.getStrides().end());
  return layout;
}

/// Whether elements follow one another in row-major order.
static bool isDense(MemRefType type) {
  std::optional<HostLayout> layout = getLayout(type);
  if (!layout || layout->strides.empty())
    return bool(layout);
  int64_t expected = 1;
  for (auto [size, stride] :
       llvm::reverse(llvm::zip_equal(type.getShape(), layout->strides))) {
    if (size == ShapedType::kDynamic || (size != 1 && stride != expected))
      return false;
    expected *= size;
  }
  return true;
}

/// Fills `buffer` from its block, its base and the parts that `type` does not
/// tell.
LogicalResult HostLowering::describe(Operation *user, Type type,
                                     ValueRange parts, HostBuffer &buffer) {
  auto memref = dyn_cast<MemRefType>(type);
  std::optional<HostLayout> layout =
      memref ? getLayout(memref) : std::optional<HostLayout>();
  if (!layout)
    return user->emitError("value of type ")
           << type << " is no buffer with strides";
  auto part = parts.begin();
  auto take = [&](int64_t value) -> OpFoldResult {
    return ShapedType::isDynamic(value) ? OpFoldResult(*part++) : number(value);
  };
  buffer.block = *part++;
  buffer.base = *part++;
  buffer.offset = take(layout->offset);
  for (int64_t size : memref.getShape())
    buffer.sizes.push_back(take(size));
  for (int64_t stride : layout->strides)
    buffer.strides.push_back(take(stride));
  return success();
}

/// The inverse of `describe`.
SmallVector<Value> HostLowering::getDynamicParts(MemRefType type,
                                                 const HostBuffer &buffer) {
  HostLayout layout = *getLayout(type);
  SmallVector<Value> parts{buffer.block, buffer.base};
  auto give = [&](int64_t value, OpFoldResult part) {
    if (ShapedType::isDynamic(value))
      parts.push_back(toIndex(part));
  };
  give(layout.offset, buffer.offset);
  for (auto [size, part] : llvm::zip_equal(type.getShape(), buffer.sizes))
    give(size, part);
  for (auto [i, stride] : llvm::enumerate(layout.strides))
    give(stride, buffer.strides[i]);
  return parts;
}

HostBuffer HostLowering::getBuffer(Value memref) {
  auto it = taken.find(memref);
  assert(it != taken.end() && "what made the buffer has been lowered");
  return it->second;
}

SmallVector<OpFoldResult> HostLowering::getStrides(const HostBuffer &buffer) {
  if (!buffer.strides.empty())
    return buffer.strides;
  SmallVector<OpFoldResult> strides(buffer.sizes.size(), number(1));
  for (size_t i = strides.size(); i-- > 1;)
    strides[i - 1] = multiply(strides[i], buffer.sizes[i]);
  return strides;
}

/// The address of the first element.
Value HostLowering::getAddress(Value memref) {
  HostBuffer buffer = getBuffer(memref);
  int64_t bytes =
      getElementBytes(cast<MemRefType>(memref.getType()).getElementType());
  return advance(buffer.base, multiply(buffer.offset, number(bytes)));
}

//===----------------------------------------------------------------------===//
// Sizes and elements
//===----------------------------------------------------------------------===//

LogicalResult HostLowering::lowerDim(memref::DimOp op) {
  HostBuffer buffer = getBuffer(op.getSource());
  std::optional<int64_t> dim = op.getConstantIndex();
  if (!dim || *dim < 0 || *dim >= int64_t(buffer.sizes.size()))
    return op.emitError("is not the size of a dimension that is known");
  op.getResult().replaceAllUsesWith(toIndex(buffer.sizes[*dim]));
  return success();
}

/// The address of one element.
Value HostLowering::getElement(Value memref, ValueRange indices) {
  HostBuffer buffer = getBuffer(memref);
  SmallVector<OpFoldResult> strides = getStrides(buffer);
  OpFoldResult place = buffer.offset;
  for (auto [position, stride] : llvm::zip_equal(indices, strides))
    place = add(place, multiply(OpFoldResult(position), stride));
  int64_t bytes =
      getElementBytes(cast<MemRefType>(memref.getType()).getElementType());
  return advance(buffer.base, multiply(place, number(bytes)));
}

void HostLowering::lowerLoad(memref::LoadOp op) {
  Value place = getElement(op.getMemref(), op.getIndices());
  Type type = op.getType();
  Value value;
  if (type.isIndex()) {
    value = builder.create<arith::IndexCastOp>(loc, index, load(i64, place, 0));
  } else if (type.isInteger(1)) {
    // A bool is a byte in memory.
    Value byte = load(builder.getI8Type(), place, 0);
    Value zero =
        builder.create<arith::ConstantOp>(loc, builder.getI8IntegerAttr(0));
    value = builder.create<arith::CmpIOp>(loc, arith::CmpIPredicate::ne, byte,
                                          zero);
  } else {
    value = load(type, place, 0);
  }
  op.getResult().replaceAllUsesWith(value);
}

void HostLowering::lowerStore(memref::StoreOp op) {
  Value place = getElement(op.getMemref(), op.getIndices());
  Value value = op.getValue();
  if (value.getType().isIndex())
    value = toI64(value);
  else if (value.getType().isInteger(1))
    value = builder.create<arith::ExtUIOp>(loc, builder.getI8Type(), value);
  store(value, place, 0);
}

LogicalResult HostLowering::lowerCopy(memref::CopyOp op) {
  auto from = dyn_cast<MemRefType>(op.getSource().getType());
  auto to = dyn_cast<MemRefType>(op.getTarget().getType());
  if (!from || !to || !isDense(from) || !isDense(to))
    return op.emitError("copies between strided buffers need a kernel");
  Value source = getAddress(op.getSource());
  Value target = getAddress(op.getTarget());
  OpFoldResult bytes = number(getElementBytes(from.getElementType()));
  for (OpFoldResult size : taken[op.getSource()].sizes)
    bytes = multiply(bytes, size);
  builder.create<LLVM::MemcpyOp>(loc, target, source, toI64(bytes),
                                 /*isVolatile=*/false);
  return success();
}
