//===- KernelFacts.cpp - What guards and makers may look at ---------------===//

#include "mlir/IR/TypeUtilities.h"
#include "passes/schedule/CpuRows.h"
#include "passes/support/KernelBody.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::kernel;

static bool isAllF32(DefOp def) {
  // Index operands are sizes.
  auto isF32 = [](Type type) {
    return type.isIndex() || getElementTypeOrSelf(type).isF32();
  };
  return llvm::all_of(def.getArgumentTypes(), isF32) &&
         llvm::all_of(def.getResultTypes(), isF32);
}

/// Whether the operand is contiguous, or the same, along the last loop.
static bool isVectorOperand(AffineMap map) {
  unsigned lane = map.getNumDims() - 1;
  ArrayRef<AffineExpr> results = map.getResults();
  return llvm::none_of(
      results.drop_back(results.empty() ? 0 : 1),
      [&](AffineExpr expr) { return expr.isFunctionOfDim(lane); });
}

static bool isVectorOp(linalg::GenericOp op) {
  return isMappableBody(op) &&
         llvm::all_of(op.getIndexingMapsArray(), isVectorOperand);
}

KernelFacts atrous::getKernelFacts(DefOp def, TargetAttr target,
                                   WinogradUse winograd) {
  KernelFacts facts;
  facts.def = def;
  facts.target = target;
  facts.winograd = winograd;
  facts.root = getRoot(def);
  facts.isF32 = isAllF32(def);
  facts.hasVectorEpilogue = llvm::all_of(getEpilogue(def), isVectorOp);
  auto generic = dyn_cast<linalg::GenericOp>(facts.root);
  // Tiles are not made for loops that do nothing.
  if (!generic || llvm::is_contained(getKnownLoopSizes(generic), 0))
    return facts;
  if (auto conv = analyzeConv(generic); succeeded(conv))
    facts.conv = *conv;
  else if (auto depthwise = analyzeDepthwise(generic); succeeded(depthwise))
    facts.depthwise = *depthwise;
  else if (auto matmul = analyzeMatMul(generic); succeeded(matmul))
    facts.matmul = *matmul;
  else if (auto transpose = analyzeTranspose(generic, target.getLanes());
           succeeded(transpose))
    facts.transpose = *transpose;
  return facts;
}
