//===- ReleaseBuffers.cpp - Ends of lives of heap blocks ------------------===//

#include "passes/memory/Owners.h"
#include "passes/memory/Passes.h"

#include "dialects/kernel/Kernel.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

namespace atrous {
#define GEN_PASS_DEF_RELEASEBUFFERS
#include "passes/memory/Passes.h.inc"
} // namespace atrous

using namespace mlir;
using namespace atrous;

/// The last op of `owner`'s block that uses it, through whichever views; null
/// where nothing does.
static Operation *getLastUse(Value owner) {
  Block *block = owner.getParentBlock();
  Operation *last = nullptr;
  for (OpOperand *use : getUses(owner)) {
    Operation *here = block->findAncestorOpInBlock(*use->getOwner());
    if (!last || last->isBeforeInBlock(here))
      last = here;
  }
  return last;
}

/// Each operand of `op` that is a buffer takes a share with it. The first one
/// of an owner of the same block takes the owner's.
static void takeShares(Operation *op, llvm::DenseSet<Value> &handedOver) {
  OpBuilder builder(op);
  for (Value operand : op->getOperands()) {
    if (!isa<MemRefType>(operand.getType()))
      continue;
    Value root = getRoot(operand);
    bool isLast = handsOver(op) && isOwner(root) &&
                  root.getParentBlock() == op->getBlock();
    if (isLast && handedOver.insert(root).second)
      continue;
    builder.create<kernel::RetainOp>(op->getLoc(), operand);
  }
}

static void releaseOwner(Value owner, const llvm::DenseSet<Value> &handedOver) {
  if (handedOver.contains(owner))
    return;
  OpBuilder builder(owner.getContext());
  if (Operation *last = getLastUse(owner))
    builder.setInsertionPointAfter(last);
  else
    builder.setInsertionPointAfterValue(owner);
  builder.create<kernel::ReleaseOp>(owner.getLoc(), owner);
}

static void releaseIn(Block &block) {
  SmallVector<Value> owners;
  for (BlockArgument arg : block.getArguments())
    if (isOwner(arg))
      owners.push_back(arg);
  llvm::DenseSet<Value> handedOver;
  for (Operation &op : llvm::make_early_inc_range(block)) {
    for (Region &region : op.getRegions())
      for (Block &inner : region)
        releaseIn(inner);
    if (handsOver(&op) || isa<scf::WhileOp>(op))
      takeShares(&op, handedOver);
    for (Value result : op.getResults())
      if (isOwner(result))
        owners.push_back(result);
  }
  for (Value owner : owners)
    releaseOwner(owner, handedOver);
}

namespace {
struct ReleaseBuffers
    : public atrous::impl::ReleaseBuffersBase<ReleaseBuffers> {
  void runOnOperation() override {
    if (!getOperation().isExternal())
      releaseIn(getOperation().getBody().front());
  }
};
} // namespace
