//===- KernelMemory.cpp - What a kernel needs beside its buffers ----------===//

#include "passes/support/KernelMemory.h"

#include "passes/support/KernelBody.h"
#include "passes/support/Strassen.h"
#include "passes/support/Winograd.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace atrous;

static KernelMemory getMemory(int64_t shared, int64_t own,
                              int64_t prepared = 0) {
  auto toBytes = [](int64_t elements) {
    return static_cast<int64_t>(llvm::alignTo(elements * sizeof(float), 64));
  };
  return {toBytes(shared), toBytes(own), toBytes(prepared)};
}

static KernelMemory getWinogradMemory(linalg::GenericOp root,
                                      kernel::CpuScheduleAttr schedule,
                                      bool isPrepared) {
  FailureOr<ConvShape> conv = analyzeConv(root);
  if (failed(conv))
    return {};
  WinogradPlan plan = getWinogradPlan(*conv, schedule, isPrepared);
  if (plan.isByChannels && !plan.isKnown())
    return {};
  return getMemory(plan.sharedSize(), plan.privateSize(),
                   isPrepared ? plan.allWeightsSize() : 0);
}

static KernelMemory getStrassenMemory(linalg::GenericOp root,
                                      kernel::CpuScheduleAttr schedule) {
  FailureOr<ProductShape> shape = getProductShape(root, schedule.getLanes());
  if (failed(shape))
    return {};
  StrassenPlan plan = getStrassenPlan(*shape, schedule);
  return getMemory(plan.sharedSize(), plan.privateSize());
}

KernelMemory atrous::getKernelMemory(kernel::DefOp def,
                                     kernel::CpuScheduleAttr schedule) {
  auto root = dyn_cast_or_null<linalg::GenericOp>(getRoot(def));
  if (!root)
    return {};
  switch (schedule.getAlgo()) {
  case kernel::CpuAlgorithm::winograd_tiles:
  case kernel::CpuAlgorithm::winograd_channels:
    return getWinogradMemory(root, schedule, def->hasAttr(kernel::kAtLoadAttr));
  case kernel::CpuAlgorithm::strassen:
    return getStrassenMemory(root, schedule);
  default:
    return {};
  }
}
