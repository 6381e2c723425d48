//===- KernelWork.cpp - How much a kernel has to do -----------------------===//

#include "passes/support/KernelWork.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "passes/support/ConvAnalysis.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace atrous;

static bool isArithmetic(Operation &op) {
  return op.getNumResults() == 1 &&
         isa<FloatType>(getElementTypeOrSelf(op.getResult(0))) &&
         (isa<arith::AddFOp, arith::SubFOp, arith::MulFOp, arith::DivFOp,
              arith::NegFOp, arith::MaximumFOp, arith::MinimumFOp,
              arith::MaxNumFOp, arith::MinNumFOp, arith::RemFOp>(op) ||
          isa<math::MathDialect>(op.getDialect()));
}

std::optional<double> atrous::countOperations(kernel::DefOp def) {
  double operations = 0;
  for (auto generic : def.getBody().getOps<linalg::GenericOp>()) {
    double points = 1;
    for (int64_t size : getKnownLoopSizes(generic)) {
      if (ShapedType::isDynamic(size))
        return std::nullopt;
      points *= size;
    }
    operations += points * llvm::count_if(*generic.getBody(), isArithmetic);
  }
  return operations;
}

std::optional<int64_t> atrous::countBytes(TypeRange types) {
  int64_t bytes = 0;
  for (Type type : types) {
    auto shaped = dyn_cast<ShapedType>(type);
    if (!shaped)
      continue;
    if (!shaped.hasStaticShape())
      return std::nullopt;
    bytes += llvm::divideCeil(
        shaped.getNumElements() * shaped.getElementTypeBitWidth(), 8);
  }
  return bytes;
}
