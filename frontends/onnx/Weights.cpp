//===- Weights.cpp - Tensors of the model as constants --------------------===//

#include "frontends/onnx/Weights.h"
#include "dialects/graph/Constants.h"
#include "frontends/onnx/ElementTypes.h"
#include "frontends/onnx/ExternalData.h"
#include "onnx/onnx_pb.h"
#include "llvm/ADT/SmallVector.h"
#include <cstring>

using namespace mlir;

namespace atrous::onnx_frontend {
namespace {

using Proto = onnx::TensorProto;

/// The field of a TensorProto that the elements lie in.
struct Field {
  llvm::StringLiteral name;
  int64_t count;
};

} // namespace

/// The typed field that ONNX prescribes for a data type.
static Field getTypedField(const Proto &tensor) {
  switch (tensor.data_type()) {
  case Proto::FLOAT:
    return {"float_data", tensor.float_data_size()};
  case Proto::DOUBLE:
    return {"double_data", tensor.double_data_size()};
  case Proto::INT64:
    return {"int64_data", tensor.int64_data_size()};
  case Proto::UINT32:
  case Proto::UINT64:
    return {"uint64_data", tensor.uint64_data_size()};
  default:
    return {"int32_data", tensor.int32_data_size()};
  }
}

static bool isExternal(const Proto &tensor) {
  return tensor.data_location() == Proto::EXTERNAL;
}

static int64_t getByteCount(RankedTensorType type) {
  return type.getNumElements() * graph::getElementBytes(type.getElementType());
}

static RankedTensorType getTensorType(const ModelContext &context, Location loc,
                                      int dataType,
                                      llvm::ArrayRef<int64_t> dims) {
  const Limits &limits = context.limits();
  Type elementType = getElementType(context.context, dataType);
  if (!elementType)
    refuseUnsupported(loc, "tensor has data type " + getDataTypeName(dataType) +
                               " (" + llvm::Twine(dataType) +
                               "), which is not supported");
  if (int64_t(dims.size()) > limits.maxRank)
    refuseUnsupported(loc, "tensor has rank " + llvm::Twine(dims.size()) +
                               ", more than the supported " +
                               llvm::Twine(limits.maxRank));
  std::optional<int64_t> count = countElements(dims);
  if (!count)
    refuse(loc, "tensor of shape " + shapeText(dims) +
                    " has a negative dimension, or a size that overflows");
  int64_t elementBytes = graph::getElementBytes(elementType);
  if (*count > limits.maxElements || *count > limits.maxBytes / elementBytes)
    refuse(loc, "tensor of shape " + shapeText(dims) + " has " +
                    llvm::Twine(*count) + " elements, too large a size");
  return RankedTensorType::get(dims, elementType);
}

RankedTensorType checkTensor(const ModelContext &context, Location loc,
                             const Proto &tensor) {
  llvm::ArrayRef<int64_t> dims(tensor.dims().data(), tensor.dims_size());
  RankedTensorType type = getTensorType(context, loc, tensor.data_type(), dims);
  if (tensor.has_segment())
    refuseUnsupported(
        loc, "tensor is one segment of several, which is not supported");

  Field typed = getTypedField(tensor);
  int64_t allTyped = int64_t(tensor.float_data_size()) +
                     tensor.double_data_size() + tensor.int32_data_size() +
                     tensor.int64_data_size() + tensor.uint64_data_size() +
                     tensor.string_data_size();
  if (allTyped != typed.count)
    refuse(loc, "tensor of type " + getDataTypeName(tensor.data_type()) +
                    " has data in another field than " + typed.name +
                    " and raw_data");
  int64_t count = type.getNumElements();
  int64_t byteCount = getByteCount(type);
  bool hasRaw = !tensor.raw_data().empty();
  if (hasRaw + (typed.count > 0) + isExternal(tensor) > 1)
    refuse(loc, "tensor has data in more than one place: raw_data, " +
                    typed.name + ", external");
  if (isExternal(tensor)) {
    checkExternalData(context, loc, tensor, byteCount);
  } else if (typed.count > 0) {
    if (typed.count != count)
      refuse(loc, "tensor of shape " + shapeText(dims) + " has " +
                      llvm::Twine(count) + " elements, but " + typed.name +
                      " holds " + llvm::Twine(typed.count));
  } else if (int64_t(tensor.raw_data().size()) != byteCount) {
    refuse(loc, "tensor of shape " + shapeText(dims) + " and type " +
                    getDataTypeName(tensor.data_type()) + " takes " +
                    llvm::Twine(byteCount) + " bytes, but raw_data has " +
                    llvm::Twine(tensor.raw_data().size()));
  }
  return type;
}

/// Writes the values of a typed field as elements of type T, each of which must
/// be able to hold its value.
template <typename T, typename Values>
static void writeElements(Location loc, const Values &values,
                          llvm::MutableArrayRef<char> bytes) {
  char *at = bytes.data();
  for (auto value : values) {
    T element = static_cast<T>(value);
    if (static_cast<decltype(value)>(element) != value && value == value)
      refuse(loc, "tensor has the value " + llvm::Twine(std::to_string(value)) +
                      ", which its type cannot hold");
    std::memcpy(at, &element, sizeof(T));
    at += sizeof(T);
  }
}

static void writeTypedField(Location loc, const Proto &tensor,
                            llvm::MutableArrayRef<char> bytes) {
  switch (tensor.data_type()) {
  case Proto::FLOAT:
    return writeElements<float>(loc, tensor.float_data(), bytes);
  case Proto::DOUBLE:
    return writeElements<double>(loc, tensor.double_data(), bytes);
  case Proto::INT64:
    return writeElements<int64_t>(loc, tensor.int64_data(), bytes);
  case Proto::UINT64:
    return writeElements<uint64_t>(loc, tensor.uint64_data(), bytes);
  case Proto::UINT32:
    return writeElements<uint32_t>(loc, tensor.uint64_data(), bytes);
  case Proto::INT32:
    return writeElements<int32_t>(loc, tensor.int32_data(), bytes);
  case Proto::INT16:
    return writeElements<int16_t>(loc, tensor.int32_data(), bytes);
  case Proto::INT8:
    return writeElements<int8_t>(loc, tensor.int32_data(), bytes);
  case Proto::UINT8:
  case Proto::BOOL:
    return writeElements<uint8_t>(loc, tensor.int32_data(), bytes);
  default:
    // UINT16, and the bit patterns of FLOAT16 and BFLOAT16.
    return writeElements<uint16_t>(loc, tensor.int32_data(), bytes);
  }
}

/// Writes the elements of a checked tensor.
static void readTensor(const ModelContext &context, Location loc,
                       const Proto &tensor, llvm::MutableArrayRef<char> bytes) {
  if (isExternal(tensor))
    readExternalData(context, loc, tensor, bytes);
  else if (!tensor.raw_data().empty())
    std::memcpy(bytes.data(), tensor.raw_data().data(), bytes.size());
  else
    writeTypedField(loc, tensor, bytes);
  // ONNX says that a boolean is one byte, not which value true has.
  if (tensor.data_type() == Proto::BOOL)
    for (char &byte : bytes)
      byte = byte != 0;
}

Value createConstant(const ModelContext &context, OpBuilder &builder,
                     Location loc, const Proto &tensor) {
  RankedTensorType type = checkTensor(context, loc, tensor);
  int64_t byteCount = getByteCount(type);
  if (byteCount <= graph::kMaxInlineBytes) {
    llvm::SmallVector<char> bytes(byteCount);
    readTensor(context, loc, tensor, bytes);
    return graph::createConstant(builder, loc, type, bytes);
  }
  auto blob = HeapAsmResourceBlob::allocate(byteCount, /*align=*/64,
                                            /*dataIsMutable=*/true);
  readTensor(context, loc, tensor, blob.getMutableData());
  return graph::createConstant(builder, loc, type, std::move(blob));
}

/// The row-major positions of the values of a sparse tensor.
static llvm::SmallVector<int64_t>
readSparseIndices(const ModelContext &context, Location loc,
                  const onnx::SparseTensorProto &tensor, int64_t valueCount) {
  const Proto &indices = tensor.indices();
  RankedTensorType type = checkTensor(context, loc, indices);
  int64_t rank = tensor.dims_size();
  bool isLinear = type.getRank() == 1;
  if (!type.getElementType().isSignlessInteger(64) ||
      (!isLinear && (type.getRank() != 2 || type.getDimSize(1) != rank)) ||
      type.getDimSize(0) != valueCount)
    refuse(loc, "sparse tensor has indices of shape " +
                    shapeText(type.getShape()) + " for " +
                    llvm::Twine(valueCount) + " values of rank " +
                    llvm::Twine(rank));
  llvm::SmallVector<int64_t> raw(type.getNumElements());
  readTensor(
      context, loc, indices,
      {reinterpret_cast<char *>(raw.data()), raw.size() * sizeof(int64_t)});

  llvm::ArrayRef<int64_t> dims(tensor.dims().data(), tensor.dims_size());
  int64_t total = *countElements(dims);
  llvm::SmallVector<int64_t> positions;
  for (int64_t i = 0; i < valueCount; ++i) {
    int64_t position = isLinear ? raw[i] : 0;
    for (int64_t d = 0; !isLinear && d < rank; ++d) {
      int64_t index = raw[i * rank + d];
      if (index < 0 || index >= dims[d])
        refuse(loc, "sparse tensor has index " + llvm::Twine(index) +
                        " in dimension " + llvm::Twine(d) + " of size " +
                        llvm::Twine(dims[d]));
      position = position * dims[d] + index;
    }
    if (position < 0 || position >= total)
      refuse(loc, "sparse tensor has index " + llvm::Twine(position) +
                      ", but " + llvm::Twine(total) + " elements");
    if (!positions.empty() && position <= positions.back())
      refuse(loc, "sparse tensor has indices that are not ascending: " +
                      llvm::Twine(positions.back()) + ", " +
                      llvm::Twine(position));
    positions.push_back(position);
  }
  return positions;
}

Value createConstant(const ModelContext &context, OpBuilder &builder,
                     Location loc, const onnx::SparseTensorProto &tensor) {
  RankedTensorType valuesType = checkTensor(context, loc, tensor.values());
  if (valuesType.getRank() != 1)
    refuse(loc, "sparse tensor has values of rank " +
                    llvm::Twine(valuesType.getRank()) + ", expected 1");
  llvm::ArrayRef<int64_t> dims(tensor.dims().data(), tensor.dims_size());
  RankedTensorType type =
      getTensorType(context, loc, tensor.values().data_type(), dims);
  // The file need not hold the zeros, so the limit is what keeps this small.
  constexpr int64_t kMaxSparseBytes = int64_t(1) << 31;
  if (getByteCount(type) > kMaxSparseBytes)
    refuse(loc, "sparse tensor of shape " + shapeText(dims) +
                    " is too large a size to be written out");

  int64_t valueCount = valuesType.getDimSize(0);
  auto positions = readSparseIndices(context, loc, tensor, valueCount);
  llvm::SmallVector<char> values(getByteCount(valuesType));
  readTensor(context, loc, tensor.values(), values);
  llvm::SmallVector<char, 0> bytes(getByteCount(type), 0);
  int64_t size = graph::getElementBytes(type.getElementType());
  for (auto [i, position] : llvm::enumerate(positions))
    std::memcpy(&bytes[position * size], &values[i * size], size);
  return graph::createConstant(builder, loc, type, bytes);
}

} // namespace atrous::onnx_frontend
