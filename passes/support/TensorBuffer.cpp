//===- TensorBuffer.cpp - A tensor's bytes at compile time ----------------===//

#include "passes/support/TensorBuffer.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "llvm/Support/MathExtras.h"
#include <cstdlib>
#include <cstring>

using namespace mlir;

namespace atrous {

FailureOr<int64_t> getElementCount(ArrayRef<int64_t> shape) {
  // A size of zero makes the tensor empty whatever the other sizes are.
  int64_t count = 1;
  for (int64_t size : shape)
    if (size == 0)
      count = 0;
  for (int64_t size : shape) {
    if (size < 0 || llvm::MulOverflow(count, size, count) ||
        count > (int64_t(1) << 62))
      return failure();
  }
  return count;
}

int64_t getElementBytes(Type elementType) {
  if (elementType.isIndex())
    return 8;
  if (!elementType.isIntOrFloat())
    return 0;
  if (isa<FloatType>(elementType) && !elementType.isF16() &&
      !elementType.isBF16() && !elementType.isF32() && !elementType.isF64())
    return 0;
  unsigned bits = elementType.getIntOrFloatBitWidth();
  if (bits <= 8)
    return 1;
  return bits == 16 || bits == 32 || bits == 64 ? bits / 8 : 0;
}

FailureOr<int64_t> getTensorBytes(ShapedType type) {
  if (!type.hasStaticShape())
    return failure();
  FailureOr<int64_t> count = getElementCount(type.getShape());
  int64_t elementBytes = getElementBytes(type.getElementType());
  int64_t bytes;
  if (failed(count) || elementBytes == 0 ||
      llvm::MulOverflow(*count, elementBytes, bytes))
    return failure();
  return bytes;
}

FailureOr<TensorBuffer> TensorBuffer::allocate(ArrayRef<int64_t> shape,
                                               Type elementType) {
  FailureOr<int64_t> bytes =
      getTensorBytes(RankedTensorType::get(shape, elementType));
  if (failed(bytes))
    return failure();
  TensorBuffer buffer;
  buffer.shape.assign(shape.begin(), shape.end());
  buffer.elementType = elementType;
  buffer.size = *bytes;
  char *memory = static_cast<char *>(std::calloc(*bytes ? *bytes : 1, 1));
  if (!memory)
    return failure();
  buffer.data = std::shared_ptr<char>(memory, std::free);
  return buffer;
}

/// Bytes of a resource, without a promise to keep them.
static ArrayRef<char> getBlobBytes(DenseResourceElementsAttr attr) {
  AsmResourceBlob *blob = attr.getRawHandle().getBlob();
  return blob ? blob->getData() : ArrayRef<char>();
}

/// Repeats the `step` bytes at the start of `bytes` until its end.
static void repeatPrefix(MutableArrayRef<char> bytes, size_t step) {
  for (size_t filled = step; filled < bytes.size(); filled *= 2)
    std::memcpy(bytes.data() + filled, bytes.data(),
                std::min(filled, bytes.size() - filled));
}

FailureOr<TensorBuffer> TensorBuffer::fromAttr(ElementsAttr attr) {
  ShapedType type = attr.getShapedType();
  FailureOr<int64_t> bytes = getTensorBytes(type);
  if (failed(bytes))
    return failure();
  ArrayRef<char> raw;
  bool isSplat = false, isPackedBool = false;
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(attr)) {
    raw = getBlobBytes(resource);
  } else if (auto dense = dyn_cast<DenseIntOrFPElementsAttr>(attr)) {
    raw = dense.getRawData();
    isSplat = dense.isSplat();
    isPackedBool = type.getElementType().isInteger(1);
  } else {
    return failure();
  }

  if (!isSplat && !isPackedBool) {
    if (static_cast<int64_t>(raw.size()) < *bytes)
      return failure();
    TensorBuffer buffer;
    buffer.shape.assign(type.getShape().begin(), type.getShape().end());
    buffer.elementType = type.getElementType();
    buffer.size = *bytes;
    // An aliasing pointer without an owner.
    buffer.data = std::shared_ptr<char>(std::shared_ptr<char>(),
                                        const_cast<char *>(raw.data()));
    buffer.borrowed = true;
    return buffer;
  }

  FailureOr<TensorBuffer> buffer =
      allocate(type.getShape(), type.getElementType());
  if (failed(buffer) || buffer->size == 0)
    return buffer;
  MutableArrayRef<char> out(buffer->data.get(), buffer->size);
  if (isSplat && isPackedBool) {
    std::memset(out.data(), raw[0] != 0, out.size());
  } else if (isSplat) {
    size_t step = getElementBytes(type.getElementType());
    std::memcpy(out.data(), raw.data(), step);
    repeatPrefix(out, step);
  } else {
    for (size_t i = 0; i < out.size(); ++i)
      out[i] = (raw[i / 8] >> (i % 8)) & 1;
  }
  return buffer;
}

DenseElementsAttr TensorBuffer::toDenseAttr() const {
  auto type = RankedTensorType::get(shape, elementType);
  if (elementType.isInteger(1)) {
    ArrayRef<bool> values(reinterpret_cast<const bool *>(data.get()), size);
    return DenseElementsAttr::get(type, values);
  }
  return DenseElementsAttr::getFromRawBuffer(type, getBytes());
}

int64_t TensorBuffer::getNumElements() const {
  return size / std::max<int64_t>(1, getElementBytes(elementType));
}

FailureOr<MutableArrayRef<char>> TensorBuffer::getMutableBytes() {
  if (borrowed || data.use_count() > 1) {
    FailureOr<TensorBuffer> copy = allocate(shape, elementType);
    if (failed(copy))
      return failure();
    if (size)
      std::memcpy(copy->data.get(), data.get(), size);
    *this = std::move(*copy);
  }
  return MutableArrayRef<char>(data.get(), size);
}

TensorBuffer TensorBuffer::withType(ArrayRef<int64_t> newShape,
                                    Type newElementType) const {
  TensorBuffer buffer = *this;
  buffer.shape.assign(newShape.begin(), newShape.end());
  buffer.elementType = newElementType;
  return buffer;
}

} // namespace atrous
