//===- KernelBody.cpp - The parts of a kernel -----------------------------===//

#include "passes/support/KernelBody.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace atrous;

/// Whether the body uses shaped values from outside (tensor.extract).
static bool capturesShaped(linalg::GenericOp op) {
  return op.getRegion()
      .walk([&](Operation *inner) {
        for (Value operand : inner->getOperands())
          if (isa<ShapedType>(operand.getType()) &&
              !op.getRegion().isAncestor(operand.getParentRegion()))
            return WalkResult::interrupt();
        return WalkResult::advance();
      })
      .wasInterrupted();
}

bool atrous::isElementwise(linalg::GenericOp op) {
  if (op.getNumDpsInits() != 1 || op.getNumReductionLoops() != 0)
    return false;
  OpOperand *init = op.getDpsInitOperand(0);
  return op.getMatchingIndexingMap(init).isIdentity() &&
         op.getMatchingBlockArgument(init).use_empty() && !capturesShaped(op);
}

bool atrous::isMappableBody(linalg::GenericOp op) {
  return llvm::all_of(op.getBody()->without_terminator(), [](Operation &inner) {
    return OpTrait::hasElementwiseMappableTraits(&inner) ||
           isa<arith::ConstantOp>(inner);
  });
}

bool atrous::hasOneUser(Value value) {
  if (value.use_empty())
    return false;
  Operation *first = *value.user_begin();
  return llvm::all_of(value.getUsers(),
                      [&](Operation *user) { return user == first; });
}

bool atrous::isEpilogueOf(linalg::GenericOp op, Value root) {
  if (!isElementwise(op))
    return false;
  auto rootType = cast<ShapedType>(root.getType());
  auto type = cast<ShapedType>(op.getDpsInits()[0].getType());
  if (type.getShape() != rootType.getShape() ||
      type.getElementType() != rootType.getElementType())
    return false;
  bool readsRoot = false;
  for (OpOperand *operand : op.getDpsInputOperands()) {
    AffineMap map = op.getMatchingIndexingMap(operand);
    if (operand->get() != root) {
      if (!map.isProjectedPermutation(/*allowZeroInResults=*/true))
        return false;
      continue;
    }
    if (!map.isIdentity())
      return false;
    readsRoot = true;
  }
  return readsRoot;
}

Operation *atrous::getRoot(kernel::DefOp def) {
  for (Operation &op : def.getBody().front())
    if (isa<linalg::GenericOp>(op))
      return &op;
  return nullptr;
}

SmallVector<linalg::GenericOp> atrous::getEpilogue(kernel::DefOp def) {
  SmallVector<linalg::GenericOp> epilogue(
      def.getBody().front().getOps<linalg::GenericOp>());
  if (!epilogue.empty() && epilogue.front() == getRoot(def))
    epilogue.erase(epilogue.begin());
  return epilogue;
}
