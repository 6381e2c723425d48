//===- JoinTypes.cpp - What two values have in common ---------------------===//

#include "passes/graph/JoinTypes.h"

#include "dialects/graph/Dims.h"

using namespace mlir;
using namespace atrous;
using graph::Dim;
using graph::Dims;

Type atrous::joinTypes(Operation *op, Type a, Type b) {
  auto lhs = dyn_cast<RankedTensorType>(a), rhs = dyn_cast<RankedTensorType>(b);
  if (a == b || !isa<TensorType>(a))
    return a;
  if (getElementTypeOrSelf(a) != getElementTypeOrSelf(b)) {
    emitError(op->getLoc()) << "merges values of types " << a << " and " << b;
    return {};
  }
  // Nothing is known of an unranked one yet, so names are not in common.
  if (!lhs || !rhs) {
    auto known = lhs ? lhs : rhs;
    if (!known)
      return a;
    return *graph::getTensorType(std::nullopt,
                                 llvm::to_vector_of<Dim>(known.getShape()),
                                 known.getElementType());
  }
  if (lhs.getRank() != rhs.getRank()) {
    emitError(op->getLoc()) << "merges values of ranks " << lhs.getRank()
                            << " and " << rhs.getRank();
    return {};
  }
  Dims dims = graph::getDims(lhs);
  for (auto [dim, other] : llvm::zip(dims, graph::getDims(rhs)))
    if (!dim.isSameAs(other))
      dim = Dim();
  return *graph::getTensorType(std::nullopt, dims, lhs.getElementType());
}

Type atrous::getEmptyType(Type type) {
  auto ranked = dyn_cast<RankedTensorType>(type);
  if (!ranked || ranked.getRank() == 0)
    return type;
  Dims dims = graph::getDims(ranked);
  dims.front() = Dim(0);
  return *graph::getTensorType(std::nullopt, dims, ranked.getElementType());
}

bool atrous::isEmpty(Value value) {
  return value.getDefiningOp<graph::EmptyScanOp>() != nullptr;
}

Type atrous::joinValues(Operation *op, Value a, Value b) {
  if (isEmpty(a) == isEmpty(b))
    return joinTypes(op, a.getType(), b.getType());
  Type type = (isEmpty(a) ? b : a).getType();
  return joinTypes(op, type, getEmptyType(type));
}
