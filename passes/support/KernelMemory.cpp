//===- KernelMemory.cpp - What a kernel needs beside its buffers ----------===//

#include "passes/support/KernelMemory.h"

#include "passes/support/KernelBody.h"
#include "passes/support/Winograd.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace atrous;

KernelMemory atrous::getKernelMemory(kernel::DefOp def,
                                     kernel::CpuScheduleAttr schedule) {
  if (schedule.getAlgo() != kernel::CpuAlgorithm::winograd_tiles &&
      schedule.getAlgo() != kernel::CpuAlgorithm::winograd_channels)
    return {};
  auto root = dyn_cast_or_null<linalg::GenericOp>(getRoot(def));
  FailureOr<ConvShape> conv = failure();
  if (root)
    conv = analyzeConv(root);
  if (failed(conv))
    return {};
  WinogradPlan plan = getWinogradPlan(*conv, schedule);
  if (plan.isByChannels && !plan.isKnown())
    return {};
  auto toBytes = [](int64_t elements) {
    return static_cast<int64_t>(llvm::alignTo(elements * sizeof(float), 64));
  };
  return {toBytes(plan.sharedSize()), toBytes(plan.privateSize())};
}
