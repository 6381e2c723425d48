//===- Sizes.cpp - Arithmetic on sizes ------------------------------------===//

#include "dialects/graph/Dims.h"
#include "dialects/graph/SizeExpr.h"
#include "llvm/Support/CheckedArithmetic.h"

using namespace mlir;
using namespace atrous::graph;

using OptSize = std::optional<SizeExpr>;

static OptSize getExpr(Dim dim) {
  if (!dim.isDynamic())
    return SizeExpr(dim.size);
  return dim.symbol ? SizeExpr::parse(dim.symbol.getValue()) : std::nullopt;
}

static Dim getDim(OptSize expr, MLIRContext *context) {
  if (!expr)
    return Dim();
  if (std::optional<int64_t> number = expr->getNumber())
    return Dim(*number);
  return Dim(ShapedType::kDynamic, StringAttr::get(context, expr->str()));
}

/// A function of SizeExpr on two sizes, at least one of which is dynamic.
template <typename Function>
static Dim combine(Dim a, Dim b, Function function) {
  OptSize x = getExpr(a), y = getExpr(b);
  if (!x || !y)
    return Dim();
  MLIRContext *context = (a.symbol ? a : b).symbol.getContext();
  return getDim(function(*x, *y), context);
}

static Dim fromChecked(std::optional<int64_t> size) {
  return size ? Dim(*size) : Dim();
}

Dim atrous::graph::addSizes(Dim a, Dim b) {
  if (!a.isDynamic() && !b.isDynamic())
    return fromChecked(llvm::checkedAdd(a.size, b.size));
  return combine(a, b, SizeExpr::add);
}

Dim atrous::graph::subSizes(Dim a, Dim b) {
  if (!a.isDynamic() && !b.isDynamic())
    return fromChecked(llvm::checkedSub(a.size, b.size));
  return combine(a, b, SizeExpr::sub);
}

Dim atrous::graph::mulSizes(Dim a, Dim b) {
  if (!a.isDynamic() && !b.isDynamic())
    return fromChecked(llvm::checkedMul(a.size, b.size));
  if (a.size == 0 || b.size == 0)
    return Dim(0);
  return combine(a, b, SizeExpr::mul);
}

Dim atrous::graph::divSizes(Dim a, Dim b) {
  if (!b.isDynamic() && b.size < 1)
    return Dim();
  if (!a.isDynamic() && !b.isDynamic())
    return Dim(llvm::divideFloorSigned(a.size, b.size));
  return combine(a, b, SizeExpr::div);
}

Dim atrous::graph::maxSizes(Dim a, Dim b) {
  if (!a.isDynamic() && !b.isDynamic())
    return Dim(std::max(a.size, b.size));
  return combine(a, b, SizeExpr::max);
}

Dim atrous::graph::minSizes(Dim a, Dim b) {
  if (!a.isDynamic() && !b.isDynamic())
    return Dim(std::min(a.size, b.size));
  return subSizes(addSizes(a, b), maxSizes(a, b));
}

Dim atrous::graph::broadcastSizes(Dim a, Dim b) {
  // Against a known size other than 1 the result is that one, or an error.
  if (!a.isDynamic() && (a.size != 1 || !b.isDynamic()))
    return a.size == 1 ? b : a;
  if (!b.isDynamic())
    return b.size == 1 ? a : b;
  if (a.size == 1)
    return b;
  return combine(a, b, SizeExpr::broadcast);
}

Dim atrous::graph::scaleSize(Dim a, float factor) {
  OptSize expr = getExpr(a);
  if (!expr)
    return Dim();
  OptSize scaled = SizeExpr::scale(*expr, factor);
  MLIRContext *context = a.symbol ? a.symbol.getContext() : nullptr;
  if (!context && scaled)
    return fromChecked(scaled->getNumber());
  return getDim(scaled, context);
}

Dim atrous::graph::getProduct(ArrayRef<Dim> dims) {
  Dim product(1);
  for (Dim dim : dims)
    product = mulSizes(product, dim);
  return product;
}
