//===- Dims.cpp - Dimensions during type inference ------------------------===//

#include "dialects/graph/Dims.h"

#include "dialects/graph/Constants.h"
#include "llvm/Support/CheckedArithmetic.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace atrous::graph;

RankedTensorType atrous::graph::getRanked(Type type) {
  return dyn_cast<RankedTensorType>(type);
}

Dims atrous::graph::getDims(RankedTensorType type) {
  Dims dims(type.getShape().begin(), type.getShape().end());
  TensorAttr encoding = getTensorAttr(type);
  if (!encoding)
    return dims;
  for (auto [dim, symbol] : llvm::zip(dims, encoding.getSymbols()))
    if (!symbol.empty())
      dim.symbol = symbol;
  return dims;
}

//===----------------------------------------------------------------------===//
// Result types
//===----------------------------------------------------------------------===//

/// Whether the bytes of a tensor can be counted in an int64_t.
static bool isAddressable(ArrayRef<Dim> dims) {
  // The widest element has eight bytes, the widest tile 64 elements.
  int64_t bytes = 8 * 64;
  for (Dim dim : dims) {
    if (dim.isDynamic() || dim.size == 0)
      continue;
    std::optional<int64_t> product = llvm::checkedMul(bytes, dim.size);
    if (!product)
      return false;
    bytes = *product;
  }
  return true;
}

FailureOr<RankedTensorType> atrous::graph::getTensorType(OptLocation location,
                                                         ArrayRef<Dim> dims,
                                                         Type elementType) {
  if (!isAddressable(dims))
    return emitOptionalError(location, "a tensor of shape ", toString(dims),
                             " is too large");
  SmallVector<int64_t> shape;
  SmallVector<StringAttr> symbols;
  auto unnamed = StringAttr::get(elementType.getContext(), "");
  for (Dim dim : dims) {
    shape.push_back(dim.size);
    bool isNamed = dim.isDynamic() && dim.symbol;
    symbols.push_back(isNamed ? dim.symbol : unnamed);
  }
  TensorAttr encoding;
  if (!llvm::all_equal(symbols) || (!symbols.empty() && symbols[0] != unnamed))
    encoding = TensorAttr::get(elementType.getContext(), symbols, {}, {});
  return RankedTensorType::get(shape, elementType, encoding);
}

LogicalResult atrous::graph::addResult(OptLocation location, ArrayRef<Dim> dims,
                                       Type elementType,
                                       SmallVectorImpl<Type> &results) {
  FailureOr<RankedTensorType> type = getTensorType(location, dims, elementType);
  if (failed(type))
    return failure();
  results.push_back(*type);
  return success();
}

LogicalResult atrous::graph::addUnranked(Type elementType,
                                         SmallVectorImpl<Type> &results) {
  results.push_back(UnrankedTensorType::get(elementType));
  return success();
}

//===----------------------------------------------------------------------===//
// Axes and shape operands
//===----------------------------------------------------------------------===//

FailureOr<int64_t> atrous::graph::normalizeAxis(OptLocation location,
                                                int64_t axis, int64_t rank,
                                                StringRef what) {
  if (axis < -rank || axis >= rank)
    return emitOptionalError(location, what, " ", axis,
                             " is out of range for rank ", rank);
  return axis < 0 ? axis + rank : axis;
}

FailureOr<SmallVector<int64_t>>
atrous::graph::normalizeAxes(OptLocation location, ArrayRef<int64_t> axes,
                             int64_t rank, StringRef what) {
  SmallVector<int64_t> normalized;
  for (int64_t axis : axes) {
    FailureOr<int64_t> dim = normalizeAxis(location, axis, rank, what);
    if (failed(dim))
      return failure();
    if (llvm::is_contained(normalized, *dim))
      return emitOptionalError(location, what, " ", axis, " is repeated");
    normalized.push_back(*dim);
  }
  return normalized;
}

FailureOr<std::optional<SmallVector<int64_t>>>
atrous::graph::getShapeOperand(OptLocation location, Value operand,
                               StringRef what) {
  if (!getElementTypeOrSelf(operand.getType()).isIntOrIndex())
    return emitOptionalError(location, what, " must hold integers, got ",
                             operand.getType());
  RankedTensorType type = getRanked(operand.getType());
  if (type && type.getRank() > 1)
    return emitOptionalError(location, what, " must have rank 1, got ",
                             operand.getType());
  FailureOr<SmallVector<int64_t>> values = getConstantInts(operand);
  if (failed(values))
    return std::optional<SmallVector<int64_t>>();
  return std::make_optional(std::move(*values));
}

std::optional<int64_t> atrous::graph::getVectorLength(Value operand) {
  RankedTensorType type = getRanked(operand.getType());
  if (!type || type.getRank() != 1 || type.isDynamicDim(0))
    return std::nullopt;
  return type.getDimSize(0);
}

std::optional<int64_t>
atrous::graph::checkedProduct(ArrayRef<int64_t> factors) {
  std::optional<int64_t> product = 1;
  for (int64_t factor : factors) {
    product = llvm::checkedMul(*product, factor);
    if (!product)
      return std::nullopt;
  }
  return product;
}

//===----------------------------------------------------------------------===//
// Broadcasting
//===----------------------------------------------------------------------===//

/// One dimension of a broadcast; nothing where the sizes contradict.
static std::optional<Dim> broadcastDim(Dim lhs, Dim rhs) {
  if (lhs.isSameAs(rhs) || rhs.size == 1)
    return lhs;
  if (lhs.size == 1)
    return rhs;
  // An unknown size against a known one other than 1 must be that one, or 1.
  if (lhs.isDynamic() && rhs.isDynamic())
    return broadcastSizes(lhs, rhs);
  if (lhs.isDynamic())
    return rhs;
  if (rhs.isDynamic())
    return lhs;
  return std::nullopt;
}

FailureOr<Dims> atrous::graph::broadcastDims(OptLocation location,
                                             ArrayRef<Dim> lhs,
                                             ArrayRef<Dim> rhs) {
  size_t rank = std::max(lhs.size(), rhs.size());
  Dims result(rank, Dim(1));
  llvm::copy(lhs, result.end() - lhs.size());
  for (size_t i = 0; i < rhs.size(); ++i) {
    Dim &dim = result[rank - rhs.size() + i];
    std::optional<Dim> broadcast = broadcastDim(dim, rhs[i]);
    if (!broadcast)
      return emitOptionalError(location, "shapes ", toString(lhs), " and ",
                               toString(rhs), " do not broadcast");
    dim = *broadcast;
  }
  return result;
}

//===----------------------------------------------------------------------===//
// Words for errors
//===----------------------------------------------------------------------===//

static std::string join(ArrayRef<Dim> dims, StringRef separator) {
  std::string text;
  llvm::raw_string_ostream os(text);
  auto print = [&](Dim dim) {
    if (!dim.isDynamic())
      os << dim.size;
    else
      os << (dim.symbol ? dim.symbol.getValue() : "?");
  };
  llvm::interleave(dims, os, print, separator);
  return text;
}

std::string atrous::graph::toString(ArrayRef<Dim> dims) {
  return dims.empty() ? "scalar" : join(dims, "x");
}

std::string atrous::graph::toListString(ArrayRef<Dim> dims) {
  return "[" + join(dims, ", ") + "]";
}

std::string atrous::graph::toString(ArrayRef<int64_t> values) {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << "[";
  llvm::interleaveComma(values, os);
  os << "]";
  return text;
}
