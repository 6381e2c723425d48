//===- SelectSchedule.cpp - The first row whose guard holds ---------------===//

#include "passes/schedule/Passes.h"

#include "dialects/kernel/Kernel.h"
#include "passes/schedule/CpuRows.h"
#include "passes/support/KernelBody.h"

namespace atrous {
#define GEN_PASS_DEF_SELECTSCHEDULE
#include "passes/schedule/Passes.h.inc"
} // namespace atrous

using namespace mlir;
using namespace atrous;

namespace {
struct SelectSchedule
    : public atrous::impl::SelectScheduleBase<SelectSchedule> {
  using SelectScheduleBase::SelectScheduleBase;

  void runOnOperation() override {
    kernel::TargetAttr target = kernel::getTarget(getOperation());
    if (!target) {
      getOperation().emitError("module has no attribute 'kernel.target'");
      return signalPassFailure();
    }
    if (!isKnownRow()) {
      getOperation().emitError("no schedule row is called '")
          << schedule.getValue() << "'";
      return signalPassFailure();
    }
    std::optional<WinogradUse> use = parseWinogradUse(winograd);
    if (!use) {
      getOperation().emitError("winograd is off, accurate or fast, not '")
          << winograd.getValue() << "'";
      return signalPassFailure();
    }
    for (auto def : getOperation().getOps<kernel::DefOp>()) {
      if (def.getScheduleAttr())
        continue;
      if (!getRoot(def)) {
        def.emitError("kernel has no root to schedule");
        return signalPassFailure();
      }
      def.setScheduleAttr(select(getKernelFacts(def, target, *use)));
    }
  }

private:
  bool isKnownRow() {
    return schedule.empty() ||
           llvm::any_of(getCpuRows(), [&](const CpuScheduleRow &row) {
             return row.name == schedule.getValue();
           });
  }

  /// Where the wanted row cannot be taken, one that is legal for everything is.
  kernel::CpuScheduleAttr select(const KernelFacts &facts) {
    auto isTaken = [&](const CpuScheduleRow &row) {
      return (row.anyIsa || row.name == schedule.getValue()) &&
             row.admits(facts);
    };
    const CpuScheduleRow &row = schedule.empty()
                                    ? chooseRow(facts)
                                    : *llvm::find_if(getCpuRows(), isTaken);
    return row.make(facts, row.tile);
  }
};
} // namespace
