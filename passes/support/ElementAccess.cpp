//===- ElementAccess.cpp - Which element a loop nest touches --------------===//

#include "passes/support/ElementAccess.h"
#include "mlir/IR/AffineExpr.h"
#include "passes/support/LaneProgram.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;

namespace atrous {

/// The value of `expr` (no symbols) at each point; division by what is not
/// positive gives 0. Recursion is on the expression, which passes write.
static void evaluateAffine(AffineExpr expr,
                           ArrayRef<const int64_t *> coordinates, int64_t lanes,
                           int64_t *values) {
  if (auto dim = dyn_cast<AffineDimExpr>(expr)) {
    std::copy_n(coordinates[dim.getPosition()], lanes, values);
    return;
  }
  if (auto constant = dyn_cast<AffineConstantExpr>(expr)) {
    std::fill_n(values, lanes, constant.getValue());
    return;
  }
  auto binary = cast<AffineBinaryOpExpr>(expr);
  int64_t rhs[kLanes];
  evaluateAffine(binary.getLHS(), coordinates, lanes, values);
  evaluateAffine(binary.getRHS(), coordinates, lanes, rhs);
  auto apply = [&](auto function) {
    for (int64_t i = 0; i < lanes; ++i)
      values[i] = function(values[i], rhs[i]);
  };
  switch (expr.getKind()) {
  case AffineExprKind::Add:
    return apply([](int64_t a, int64_t b) { return a + b; });
  case AffineExprKind::Mul:
    return apply([](int64_t a, int64_t b) { return a * b; });
  case AffineExprKind::FloorDiv:
    return apply([](int64_t a, int64_t b) {
      return b > 0 ? llvm::divideFloorSigned(a, b) : 0;
    });
  case AffineExprKind::CeilDiv:
    return apply([](int64_t a, int64_t b) {
      return b > 0 ? llvm::divideCeilSigned(a, b) : 0;
    });
  default:
    return apply([](int64_t a, int64_t b) {
      return b > 0 ? a - b * llvm::divideFloorSigned(a, b) : 0;
    });
  }
}

namespace {
struct LinearForm {
  int64_t constant = 0;
  SmallVector<int64_t> coefficients;
};
} // namespace

static std::optional<LinearForm> getLinearForm(AffineExpr expr,
                                               unsigned numLoops) {
  LinearForm form;
  form.coefficients.assign(numLoops, 0);
  if (auto dim = dyn_cast<AffineDimExpr>(expr)) {
    form.coefficients[dim.getPosition()] = 1;
    return form;
  }
  if (auto constant = dyn_cast<AffineConstantExpr>(expr)) {
    form.constant = constant.getValue();
    return form;
  }
  auto binary = dyn_cast<AffineBinaryOpExpr>(expr);
  if (!binary)
    return std::nullopt;
  auto lhs = getLinearForm(binary.getLHS(), numLoops);
  auto rhs = getLinearForm(binary.getRHS(), numLoops);
  if (!lhs || !rhs)
    return std::nullopt;
  auto combine = [&](int64_t left, int64_t right) {
    form.constant = left * lhs->constant + right * rhs->constant;
    for (unsigned d = 0; d < numLoops; ++d)
      form.coefficients[d] =
          left * lhs->coefficients[d] + right * rhs->coefficients[d];
    return form;
  };
  if (expr.getKind() == AffineExprKind::Add)
    return combine(1, 1);
  auto isConstant = [](AffineExpr e) { return isa<AffineConstantExpr>(e); };
  if (expr.getKind() == AffineExprKind::Mul && isConstant(binary.getRHS()))
    return combine(rhs->constant, 0);
  if (expr.getKind() == AffineExprKind::Mul && isConstant(binary.getLHS()))
    return combine(0, lhs->constant);
  return std::nullopt;
}

/// True if the linear index stays in [0, size) over the whole nest.
static bool staysInside(const LinearForm &form, ArrayRef<int64_t> loopSizes,
                        int64_t size) {
  int64_t low = form.constant, high = form.constant;
  for (auto [coefficient, loopSize] : llvm::zip(form.coefficients, loopSizes)) {
    int64_t reach;
    if (llvm::MulOverflow(coefficient, loopSize - 1, reach))
      return false;
    int64_t &bound = reach < 0 ? low : high;
    if (llvm::AddOverflow(bound, reach, bound))
      return false;
  }
  return low >= 0 && high < size;
}

FailureOr<ElementAccess> ElementAccess::create(AffineMap map,
                                               ArrayRef<int64_t> loopSizes,
                                               ArrayRef<int64_t> shape) {
  if (map.getNumResults() != shape.size() || map.getNumSymbols() != 0)
    return failure();
  ElementAccess access;
  access.coefficients.assign(loopSizes.size(), 0);
  access.shape.assign(shape.begin(), shape.end());
  int64_t stride = 1;
  for (unsigned i = shape.size(); i-- > 0;) {
    auto form = getLinearForm(map.getResult(i), loopSizes.size());
    if (!form) {
      access.nonlinear = map;
      return access;
    }
    if (!staysInside(*form, loopSizes, shape[i]))
      return failure();
    access.base += stride * form->constant;
    for (unsigned d = 0; d < loopSizes.size(); ++d)
      access.coefficients[d] += stride * form->coefficients[d];
    stride *= shape[i];
  }
  return access;
}

bool ElementAccess::usesLoop(unsigned loop) const {
  return nonlinear ? nonlinear.isFunctionOfDim(loop) : coefficients[loop] != 0;
}

bool ElementAccess::getOffsets(ArrayRef<const int64_t *> coordinates,
                               int64_t lanes, int64_t *offsets) const {
  int64_t index[kLanes];
  bool inside = true;
  std::fill_n(offsets, lanes, 0);
  for (auto [expr, size] : llvm::zip(nonlinear.getResults(), shape)) {
    evaluateAffine(expr, coordinates, lanes, index);
    for (int64_t i = 0; i < lanes; ++i) {
      inside &= index[i] >= 0 && index[i] < size;
      offsets[i] = offsets[i] * size + index[i];
    }
  }
  return inside;
}

} // namespace atrous
