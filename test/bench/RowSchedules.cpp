//===- RowSchedules.cpp - The schedules that a kernel can have ------------===//

#include "test/bench/RowSchedules.h"

#include "compiler/pipeline/Dialects.h"
#include "passes/schedule/CpuRows.h"

#include "mlir/AsmParser/AsmParser.h"
#include "mlir/Parser/Parser.h"

using namespace mlir;

std::vector<std::pair<std::string, std::string>>
atrous::listRowSchedules(const std::string &text, const std::string &target) {
  DialectRegistry registry;
  registerDialects(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  context.loadAllAvailableDialects();
  auto module = parseSourceString<ModuleOp>(text, &context);
  auto machine =
      dyn_cast_or_null<kernel::TargetAttr>(parseAttribute(target, &context));
  std::vector<std::pair<std::string, std::string>> schedules;
  if (!module || !machine)
    return schedules;
  for (auto def : module->getOps<kernel::DefOp>()) {
    KernelFacts facts = getKernelFacts(def, machine, WinogradUse::Fast);
    for (const CpuScheduleRow &row : getCpuRows()) {
      if (row.anyIsa || !row.admits(facts))
        continue;
      std::string schedule;
      llvm::raw_string_ostream(schedule) << row.make(facts, row.tile);
      schedules.emplace_back(row.name.str(), schedule);
    }
  }
  return schedules;
}
