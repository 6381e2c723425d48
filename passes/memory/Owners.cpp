//===- Owners.cpp - Who has a share in a block of the heap ----------------===//

#include "passes/memory/Owners.h"

#include "dialects/kernel/Kernel.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Interfaces/ViewLikeInterface.h"

using namespace mlir;

bool atrous::isOwner(Value value) {
  if (!isa<MemRefType>(value.getType()))
    return false;
  if (auto arg = dyn_cast<BlockArgument>(value))
    return !isa<func::FuncOp>(arg.getOwner()->getParentOp());
  return isa<kernel::AllocOp, kernel::ExternOp, scf::IfOp, scf::WhileOp>(
      value.getDefiningOp());
}

Value atrous::getRoot(Value memref) {
  while (auto view = memref.getDefiningOp<ViewLikeOpInterface>())
    memref = view.getViewSource();
  return memref;
}

bool atrous::handsOver(Operation *op) {
  return isa<scf::YieldOp, scf::ConditionOp, func::ReturnOp>(op);
}

SmallVector<OpOperand *> atrous::getUses(Value owner) {
  SmallVector<OpOperand *> uses;
  SmallVector<Value> values{owner};
  while (!values.empty())
    for (OpOperand &use : values.pop_back_val().getUses()) {
      if (isa<ViewLikeOpInterface>(use.getOwner()))
        values.push_back(use.getOwner()->getResult(0));
      else
        uses.push_back(&use);
    }
  return uses;
}
