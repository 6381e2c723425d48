//===- ReuseInputs.cpp - Results in the memory of their inputs ------------===//

#include "passes/memory/Owners.h"
#include "passes/memory/Passes.h"

#include "dialects/kernel/Kernel.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

namespace atrous {
#define GEN_PASS_DEF_REUSEINPUTS
#include "passes/memory/Passes.h.inc"
} // namespace atrous

using namespace mlir;
using namespace atrous;

/// Whether `owner`, a block that nobody else has a share in, is used for the
/// last time by `input` of `call`.
static bool endsAt(Value owner, OpOperand &input) {
  Operation *call = input.getOwner();
  return llvm::all_of(getUses(owner), [&](OpOperand *use) {
    Operation *user = use->getOwner();
    if (handsOver(user) || isa<scf::WhileOp>(user))
      return false;
    Operation *here = call->getBlock()->findAncestorOpInBlock(*user);
    return use == &input || (here != call && here->isBeforeInBlock(call));
  });
}

static bool canReuse(kernel::ExternOp call) {
  if (!call.getUpdatesInput() || !call.getOutputs().empty() ||
      call->getNumResults() != 1)
    return false;
  OpOperand &input = call.getInputsMutable()[0];
  Value owner = getRoot(input.get());
  return input.get().getType() == call->getResult(0).getType() &&
         isa_and_nonnull<kernel::AllocOp, kernel::ExternOp>(
             owner.getDefiningOp()) &&
         owner.getParentBlock() == call->getBlock() && endsAt(owner, input);
}

namespace {
struct ReuseInputs : public atrous::impl::ReuseInputsBase<ReuseInputs> {
  void runOnOperation() override {
    getOperation().walk([](kernel::ExternOp call) {
      if (!canReuse(call))
        return;
      OpBuilder builder(call);
      Value memory = call.getInputs()[0];
      builder.create<kernel::ExternOp>(
          call.getLoc(), TypeRange(), call.getFunctionAttr(), call.getInputs(),
          memory, call.getArgumentsAttr(), call.getDtypesAttr(),
          call.getUpdatesInputAttr());
      call->getResult(0).replaceAllUsesWith(memory);
      call.erase();
    });
  }
};
} // namespace
