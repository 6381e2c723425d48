//===- Constants.cpp - Making and reading graph.constant ------------------===//

#include "dialects/graph/Constants.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"

#include <mutex>

using namespace mlir;
using namespace atrous::graph;

/// Vector loads of weights may be aligned ones.
static constexpr size_t kBlobAlignment = 64;

Type atrous::graph::getPhysicalElementType(Type elementType) {
  if (elementType.isInteger(1))
    return IntegerType::get(elementType.getContext(), 8);
  if (auto integer = dyn_cast<IntegerType>(elementType))
    return IntegerType::get(elementType.getContext(), integer.getWidth());
  return elementType;
}

int64_t atrous::graph::getElementBytes(Type elementType) {
  return llvm::divideCeil(elementType.getIntOrFloatBitWidth(), 8);
}

int64_t atrous::graph::getTensorBytes(RankedTensorType physicalType) {
  return physicalType.getNumElements() *
         getElementBytes(physicalType.getElementType());
}

//===----------------------------------------------------------------------===//
// Making
//===----------------------------------------------------------------------===//

/// Compares each element with the next one, all at once.
static bool isSplat(ArrayRef<char> bytes, size_t elementBytes) {
  return bytes.size() >= elementBytes &&
         std::memcmp(bytes.data(), bytes.data() + elementBytes,
                     bytes.size() - elementBytes) == 0;
}

/// The value as dense<> if it is small or a splat, else null.
static ElementsAttr getInlineElements(RankedTensorType type,
                                      ArrayRef<char> bytes) {
  size_t elementBytes = getElementBytes(type.getElementType());
  if (!bytes.empty() && isSplat(bytes, elementBytes))
    bytes = bytes.take_front(elementBytes);
  else if (bytes.size() > size_t(kMaxInlineBytes))
    return {};
  return DenseElementsAttr::getFromRawBuffer(type, bytes);
}

/// The name of a blob: it tells the content, and depends on nothing else.
static std::string getResourceName(ArrayRef<char> bytes) {
  uint64_t hash =
      llvm::xxh3_64bits(llvm::StringRef(bytes.data(), bytes.size()));
  return "c" + llvm::utohexstr(hash, /*LowerCase=*/true, 16);
}

/// A resource of the content of `blob`; equal contents lie in memory once,
/// whichever function of the module or pass makes them.
static ElementsAttr getResource(RankedTensorType type, AsmResourceBlob blob) {
  static std::mutex mutex;
  auto *dialect = type.getContext()->getLoadedDialect<BuiltinDialect>();
  auto &manager =
      DenseResourceElementsHandle::getManagerInterface(type.getContext())
          .getBlobManager();
  std::string name = getResourceName(blob.getData());
  std::lock_guard<std::mutex> lock(mutex);
  DialectResourceBlobManager::BlobEntry *entry = manager.lookup(name);
  AsmResourceBlob *known = entry ? entry->getBlob() : nullptr;
  bool isReleased = known && known->getData().empty();
  if (isReleased)
    *known = std::move(blob);
  else if (!known || known->getData() != blob.getData())
    entry = &manager.insert(name, std::move(blob));
  return DenseResourceElementsAttr::get(
      type, DenseResourceElementsHandle(entry, dialect));
}

ElementsAttr atrous::graph::getElements(RankedTensorType physicalType,
                                        ArrayRef<char> bytes) {
  if (ElementsAttr elements = getInlineElements(physicalType, bytes))
    return elements;
  return getResource(physicalType,
                     HeapAsmResourceBlob::allocateAndCopyWithAlign(
                         bytes, kBlobAlignment, /*dataIsMutable=*/false));
}

ElementsAttr atrous::graph::getElements(RankedTensorType physicalType,
                                        AsmResourceBlob blob) {
  if (ElementsAttr elements = getInlineElements(physicalType, blob.getData()))
    return elements;
  return getResource(physicalType, std::move(blob));
}

Value atrous::graph::createConstant(OpBuilder &builder, Location loc,
                                    RankedTensorType type,
                                    ArrayRef<char> bytes) {
  return builder.create<ConstantOp>(loc, type,
                                    getElements(getPhysicalType(type), bytes));
}

Value atrous::graph::createConstant(OpBuilder &builder, Location loc,
                                    RankedTensorType type,
                                    AsmResourceBlob blob) {
  return builder.create<ConstantOp>(
      loc, type, getElements(getPhysicalType(type), std::move(blob)));
}

Value atrous::graph::createSplat(OpBuilder &builder, Location loc,
                                 RankedTensorType type, double value) {
  RankedTensorType physical = getPhysicalType(type);
  Attribute element;
  if (auto floatType = dyn_cast<FloatType>(physical.getElementType()))
    element = FloatAttr::get(floatType, value);
  else
    element = IntegerAttr::get(physical.getElementType(), int64_t(value));
  return builder.create<ConstantOp>(loc, type,
                                    DenseElementsAttr::get(physical, element));
}

Value atrous::graph::createScalar(OpBuilder &builder, Location loc,
                                  Type elementType, double value) {
  return createSplat(builder, loc, RankedTensorType::get({}, elementType),
                     value);
}

Value atrous::graph::createI64Vector(OpBuilder &builder, Location loc,
                                     ArrayRef<int64_t> values) {
  auto type =
      RankedTensorType::get({int64_t(values.size())}, builder.getI64Type());
  return builder.create<ConstantOp>(loc, type,
                                    DenseElementsAttr::get(type, values));
}

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

ElementsAttr atrous::graph::getConstantElements(Value value) {
  if (!value)
    return {};
  if (auto constant = value.getDefiningOp<ConstantOp>())
    return constant.getValue();
  if (auto constant = value.getDefiningOp<arith::ConstantOp>())
    return dyn_cast<ElementsAttr>(constant.getValue());
  return {};
}

std::optional<ArrayRef<char>>
atrous::graph::getConstantBytes(ElementsAttr elements,
                                SmallVectorImpl<char> &storage) {
  auto type = dyn_cast<RankedTensorType>(elements.getType());
  if (!type)
    return std::nullopt;
  size_t size = getTensorBytes(type);
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(elements)) {
    const AsmResourceBlob *blob = resource.getRawHandle().getBlob();
    if (!blob || blob->getData().size() != size)
      return std::nullopt;
    return blob->getData();
  }
  auto dense = dyn_cast<DenseElementsAttr>(elements);
  // Booleans of dense<> are packed into bits; physical types have none.
  if (!dense || type.getElementType().isInteger(1))
    return std::nullopt;
  ArrayRef<char> bytes = dense.getRawData();
  if (!dense.isSplat())
    return bytes;
  storage.clear();
  storage.reserve(size);
  while (storage.size() < size)
    storage.append(bytes.begin(), bytes.end());
  return ArrayRef<char>(storage);
}

/// The bytes of `value` if it is a constant of at most `limit` elements.
static std::optional<ArrayRef<char>>
getBoundedBytes(Value value, int64_t limit, SmallVectorImpl<char> &storage) {
  ElementsAttr elements = getConstantElements(value);
  if (!elements || elements.getNumElements() > limit)
    return std::nullopt;
  return getConstantBytes(elements, storage);
}

/// Little-endian bits of one element.
static uint64_t readBits(const char *data, size_t bytes) {
  uint64_t bits = 0;
  std::memcpy(&bits, data, bytes);
  return bits;
}

static double readFloat(FloatType type, uint64_t bits) {
  llvm::APFloat value(type.getFloatSemantics(),
                      llvm::APInt(type.getWidth(), bits));
  bool losesInfo = false;
  value.convert(llvm::APFloat::IEEEdouble(), llvm::APFloat::rmNearestTiesToEven,
                &losesInfo);
  return value.convertToDouble();
}

FailureOr<SmallVector<int64_t>> atrous::graph::getConstantInts(Value value,
                                                               int64_t limit) {
  SmallVector<char, 0> storage;
  std::optional<ArrayRef<char>> bytes = getBoundedBytes(value, limit, storage);
  if (!bytes)
    return failure();
  auto type = dyn_cast<IntegerType>(getElementTypeOrSelf(value.getType()));
  if (!type)
    return failure();
  size_t elementBytes = getElementBytes(type);
  bool isSigned = !type.isUnsigned() && type.getWidth() > 1;
  SmallVector<int64_t> ints;
  ints.reserve(bytes->size() / elementBytes);
  for (size_t at = 0; at < bytes->size(); at += elementBytes) {
    uint64_t bits = readBits(bytes->data() + at, elementBytes);
    ints.push_back(isSigned ? llvm::SignExtend64(bits, elementBytes * 8)
                            : int64_t(bits));
  }
  return ints;
}

FailureOr<SmallVector<double>> atrous::graph::getConstantFloats(Value value,
                                                                int64_t limit) {
  SmallVector<char, 0> storage;
  std::optional<ArrayRef<char>> bytes = getBoundedBytes(value, limit, storage);
  if (!bytes)
    return failure();
  auto type = dyn_cast<FloatType>(getElementTypeOrSelf(value.getType()));
  if (!type)
    return failure();
  size_t elementBytes = getElementBytes(type);
  SmallVector<double> floats;
  floats.reserve(bytes->size() / elementBytes);
  for (size_t at = 0; at < bytes->size(); at += elementBytes)
    floats.push_back(
        readFloat(type, readBits(bytes->data() + at, elementBytes)));
  return floats;
}

std::optional<double> atrous::graph::getSplatValue(Value value) {
  auto dense = dyn_cast_or_null<DenseElementsAttr>(getConstantElements(value));
  if (!dense || !dense.isSplat() || dense.getElementType().isInteger(1))
    return std::nullopt;
  ArrayRef<char> bytes = dense.getRawData();
  Type type = getElementTypeOrSelf(value.getType());
  uint64_t bits = readBits(bytes.data(), bytes.size());
  if (auto floatType = dyn_cast<FloatType>(type))
    return readFloat(floatType, bits);
  if (type.isUnsignedInteger() || type.isInteger(1))
    return double(bits);
  return double(llvm::SignExtend64(bits, bytes.size() * 8));
}

const void *atrous::graph::getConstantStorage(ElementsAttr elements) {
  auto resource = dyn_cast<DenseResourceElementsAttr>(elements);
  return resource ? resource.getRawHandle().getResource() : nullptr;
}

void atrous::graph::releaseConstant(ElementsAttr elements) {
  auto resource = dyn_cast<DenseResourceElementsAttr>(elements);
  if (!resource)
    return;
  DenseResourceElementsHandle handle = resource.getRawHandle();
  if (AsmResourceBlob *blob = handle.getBlob())
    *blob = AsmResourceBlob({}, 1, {}, /*dataIsMutable=*/false);
}
