//===- Tuner.cpp - The fastest schedule by the clock ----------------------===//

#include "compiler/tune/Tuner.h"

#include "compiler/tune/Trial.h"
#include "compiler/tune/TuneCache.h"
#include "passes/schedule/Candidates.h"
#include "passes/support/KernelBody.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/TargetParser/Host.h"

using namespace mlir;
using namespace atrous;

/// The cost model is never wrong by more: what it finds slower than its best by
/// this factor is not tried, nor are more schedules than this.
static constexpr double kCostRange = 2;
static constexpr size_t kMostTrials = 5;
/// What a schedule must be faster by than the cheapest, or it is noise.
static constexpr double kLeastGain = 0.05;
/// For which all schedules of a kernel run in turns.
static constexpr double kSeconds = 0.2;

llvm::Error atrous::checkTunable(const CpuTarget &target) {
  llvm::StringMap<bool> features = llvm::sys::getHostCPUFeatures();
  SmallVector<StringRef> needed;
  StringRef(target.requiredFeatures)
      .split(needed, ',', -1, /*KeepEmpty=*/false);
  llvm::erase_if(needed, [&](StringRef name) { return features.lookup(name); });
  if (needed.empty())
    return llvm::Error::success();
  return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                 "cannot tune for '" + target.cpu +
                                     "': this machine, which kernels are "
                                     "timed on, lacks " +
                                     llvm::join(needed, ", "));
}

static bool isStatic(kernel::DefOp def) {
  auto isKnown = [](Type type) {
    auto shaped = dyn_cast<RankedTensorType>(type);
    return shaped && shaped.hasStaticShape();
  };
  return llvm::all_of(def.getArgumentTypes(), isKnown) &&
         llvm::all_of(def.getResultTypes(), isKnown);
}

namespace {
class Tuner {
public:
  Tuner(ModuleOp module, const TuneOptions &options)
      : module(module), target(kernel::getTarget(module)), options(options),
        cache(options.cacheFolder) {}
  ~Tuner() {
    if (!folder.empty())
      llvm::sys::fs::remove_directories(folder);
  }

  llvm::Error tune(kernel::DefOp def);
  SmallVector<kernel::CpuScheduleAttr> getSchedules(kernel::DefOp def);

  TuneResult result;

private:
  llvm::Expected<size_t> time(kernel::DefOp def,
                              ArrayRef<kernel::CpuScheduleAttr> schedules);
  llvm::Error makeFolder();

  ModuleOp module;
  kernel::TargetAttr target;
  const TuneOptions &options;
  TuneCache cache;
  llvm::SmallString<128> folder;
};
} // namespace

/// Those to be tried, the cheapest first.
SmallVector<kernel::CpuScheduleAttr> Tuner::getSchedules(kernel::DefOp def) {
  SmallVector<kernel::CpuScheduleAttr> schedules;
  if (def.getScheduleAttr() || !getRoot(def) || !isStatic(def))
    return schedules;
  SmallVector<ScheduleCandidate> candidates =
      getCandidates(getKernelFacts(def, target, options.winograd));
  for (const ScheduleCandidate &candidate : candidates)
    if (schedules.size() < kMostTrials &&
        candidate.cost <= kCostRange * candidates.front().cost)
      schedules.push_back(candidate.schedule);
  return schedules;
}

llvm::Error Tuner::makeFolder() {
  if (!folder.empty())
    return llvm::Error::success();
  return llvm::errorCodeToError(
      llvm::sys::fs::createUniqueDirectory("atrous-tune", folder));
}

/// The number of the fastest schedule.
llvm::Expected<size_t>
Tuner::time(kernel::DefOp def, ArrayRef<kernel::CpuScheduleAttr> schedules) {
  if (llvm::Error error = makeFolder())
    return std::move(error);
  std::string text;
  llvm::raw_string_ostream(text) << *makeTrial(def, target, schedules);
  std::string library = (folder + "/trial.so").str();
  if (llvm::Error error = options.compile(text, library))
    return std::move(error);
  auto times = runTrial(library, std::max<int64_t>(1, target.getThreads()),
                        schedules.size(), kSeconds);
  llvm::sys::fs::remove(library);
  if (!times)
    return times.takeError();
  size_t best = std::min_element(times->begin(), times->end()) - times->begin();
  return (*times)[best] < (1 - kLeastGain) * times->front() ? best : 0;
}

llvm::Error Tuner::tune(kernel::DefOp def) {
  SmallVector<kernel::CpuScheduleAttr> schedules = getSchedules(def);
  std::string key = TuneCache::getKey(def, target, schedules);
  kernel::CpuScheduleAttr schedule = cache.find(key, schedules);
  if (schedule) {
    ++result.cached;
  } else {
    llvm::Expected<size_t> fastest = time(def, schedules);
    if (!fastest)
      return fastest.takeError();
    ++result.timed;
    schedule = schedules[*fastest];
    cache.add(key, schedule);
  }
  result.changed += schedule != schedules.front();
  def.setScheduleAttr(schedule);
  return llvm::Error::success();
}

llvm::Expected<TuneResult> atrous::tuneKernels(ModuleOp module,
                                               const TuneOptions &options) {
  Tuner tuner(module, options);
  SmallVector<kernel::DefOp> kernels;
  for (auto def : module.getOps<kernel::DefOp>())
    if (tuner.getSchedules(def).size() > 1)
      kernels.push_back(def);
  for (auto [done, def] : llvm::enumerate(kernels)) {
    if (options.progress)
      options.progress(done, kernels.size());
    if (llvm::Error error = tuner.tune(def))
      return std::move(error);
  }
  return tuner.result;
}
