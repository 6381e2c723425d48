//===- ReleaseBuffers.cpp - Ends of lives of heap blocks ------------------===//

#include "passes/memory/Passes.h"

#include "dialects/kernel/Kernel.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Interfaces/ViewLikeInterface.h"

namespace atrous {
#define GEN_PASS_DEF_RELEASEBUFFERS
#include "passes/memory/Passes.h.inc"
} // namespace atrous

using namespace mlir;
using namespace atrous;

/// Whether `value` comes with a share in a block of the heap: what is
/// allocated, and what branches and iterations hand over.
static bool isOwner(Value value) {
  if (!isa<MemRefType>(value.getType()))
    return false;
  if (auto arg = dyn_cast<BlockArgument>(value))
    return !isa<func::FuncOp>(arg.getOwner()->getParentOp());
  return isa<kernel::AllocOp, kernel::ExternOp, scf::IfOp, scf::WhileOp>(
      value.getDefiningOp());
}

static Value getRoot(Value memref) {
  while (auto view = memref.getDefiningOp<ViewLikeOpInterface>())
    memref = view.getViewSource();
  return memref;
}

/// Whether the operands of `op` go to someone else, with their shares.
static bool handsOver(Operation *op) {
  return isa<scf::YieldOp, scf::ConditionOp, func::ReturnOp>(op);
}

/// The last op of `owner`'s block that uses it, through whichever views; null
/// where nothing does.
static Operation *getLastUse(Value owner) {
  Block *block = owner.getParentBlock();
  Operation *last = nullptr;
  SmallVector<Value> values{owner};
  while (!values.empty())
    for (Operation *user : values.pop_back_val().getUsers()) {
      if (isa<ViewLikeOpInterface>(user))
        values.push_back(user->getResult(0));
      Operation *here = block->findAncestorOpInBlock(*user);
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
