//===- Trial.cpp - One kernel by several schedules ------------------------===//

#include "compiler/tune/Trial.h"

#include "compiler/emit/LayerDescription.h"
#include "compiler/tune/KernelRunner.h"
#include "dialects/graph/Graph.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

using namespace mlir;
using namespace atrous;

/// What the kernels of a trial are called, before a number.
static constexpr llvm::StringLiteral kPrefix = "schedule_";

OwningOpRef<ModuleOp>
atrous::makeTrial(kernel::DefOp def, kernel::TargetAttr target,
                  ArrayRef<kernel::CpuScheduleAttr> schedules) {
  Location loc = def.getLoc();
  OwningOpRef<ModuleOp> trial = ModuleOp::create(loc);
  auto builder = OpBuilder::atBlockBegin(trial->getBody());
  (*trial)->setAttr(kernel::kTargetAttr, target);
  ArrayRef<Type> first = def.getArgumentTypes().take_front(1);
  ArrayRef<Type> others = def.getArgumentTypes().drop_front(1);
  SmallVector<Type> arguments(first), results;
  for (size_t i = 0; i < schedules.size(); ++i) {
    llvm::append_range(arguments, others);
    llvm::append_range(results, def.getResultTypes());
  }
  auto main = builder.create<func::FuncOp>(
      loc, "main", builder.getFunctionType(arguments, results));
  auto name = [&](char kind, unsigned number) {
    return builder.getStringAttr(Twine(kind) + Twine(number));
  };
  for (unsigned i = 0; i < main.getNumArguments(); ++i)
    main.setArgAttr(i, graph::kNameAttr, name('x', i));
  for (unsigned i = 0; i < main.getNumResults(); ++i)
    main.setResultAttr(i, graph::kNameAttr, name('y', i));

  Block *entry = main.addEntryBlock();
  ValueRange left = entry->getArguments();
  SmallVector<Value> operands(left.take_front(first.size())), values;
  left = left.drop_front(first.size());
  for (auto [number, schedule] : llvm::enumerate(schedules)) {
    builder.setInsertionPointToEnd(trial->getBody());
    auto copy = cast<kernel::DefOp>(builder.clone(*def));
    copy.setSymName((kPrefix + Twine(number)).str());
    copy.setScheduleAttr(schedule);
    operands.truncate(first.size());
    llvm::append_range(operands, left.take_front(others.size()));
    left = left.drop_front(others.size());
    builder.setInsertionPointToEnd(entry);
    auto launch = builder.create<kernel::LaunchOp>(
        loc, def.getResultTypes(), copy.getSymName(), operands, ValueRange());
    llvm::append_range(values, launch.getResults());
  }
  builder.create<func::ReturnOp>(loc, values);
  return trial;
}

llvm::Expected<std::vector<double>> atrous::runTrial(const std::string &library,
                                                     int32_t threads,
                                                     size_t schedules,
                                                     double seconds) {
  auto runner = KernelRunner::load(library, threads);
  if (!runner)
    return runner.takeError();
  auto layers = parseLayers((*runner)->table().layers_json);
  if (!layers)
    return layers.takeError();
  auto times = (*runner)->timeLayers(seconds);
  if (!times)
    return times.takeError();
  std::vector<double> result(schedules, 0);
  for (auto [layer, time] : llvm::zip_equal(*layers, *times)) {
    // Copies around a kernel belong to none of them.
    StringRef kernel = layer.kernel;
    size_t number;
    if (kernel.consume_front(kPrefix) && !kernel.consumeInteger(10, number) &&
        number < schedules)
      result[number] += time;
  }
  return result;
}
