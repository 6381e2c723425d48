//===- Target.cpp - The machine that a model is compiled for --------------===//

#include "compiler/target/Target.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/X86TargetParser.h"

using namespace llvm;

namespace atrous {

/// CPUID features that code generation may use, in the order of a model's
/// list; runtime/cpu/cpu_features.inc knows each. What only kernels of an
/// operating system or hand-written code use is left out.
static constexpr StringLiteral kCheckedFeatures[] = {
    "sse3",         "ssse3",           "sse4.1",       "sse4.2",
    "popcnt",       "movbe",           "avx",          "f16c",
    "fma",          "avx2",            "bmi",          "bmi2",
    "lzcnt",        "adx",             "sse4a",        "gfni",
    "avx512f",      "avx512cd",        "avx512bw",     "avx512dq",
    "avx512vl",     "avx512ifma",      "avx512vbmi",   "avx512vbmi2",
    "avx512vnni",   "avx512vpopcntdq", "avx512bitalg", "avx512bf16",
    "avx512fp16",   "avxvnni",         "avxifma",      "avxvnniint8",
    "avxneconvert", "avxvnniint16"};

/// Ninety names do not help; the six nearest do.
static std::string nearestCpus(StringRef name) {
  SmallVector<StringRef> cpus;
  X86::fillValidCPUArchList(cpus, /*Only64Bit=*/true);
  SmallVector<std::pair<unsigned, StringRef>> ranked;
  for (StringRef cpu : cpus)
    ranked.push_back({name.edit_distance_insensitive(cpu), cpu});
  llvm::sort(ranked);
  SmallVector<StringRef> nearest;
  for (auto &[distance, cpu] : ranked)
    if (nearest.size() < 6)
      nearest.push_back(cpu);
  return join(nearest, ", ");
}

static Error refuse(const Twine &message) {
  return createStringError(std::make_error_code(std::errc::invalid_argument),
                           message);
}

/// The features of a CPU name, changed by a feature string.
static StringSet<> collectFeatures(StringRef cpu, StringRef changes) {
  SmallVector<StringRef> list, parts;
  X86::getFeaturesForCPU(cpu, list);
  StringMap<bool> features;
  // The list leaves out what others imply.
  for (StringRef feature : list) {
    X86::updateImpliedFeatures(feature, /*Enabled=*/true, features);
    features[feature] = true;
  }
  changes.split(parts, ',', -1, /*KeepEmpty=*/false);
  for (StringRef part : parts) {
    bool enabled = part.front() != '-';
    StringRef name = part.drop_front(part.front() == '-' || enabled);
    X86::updateImpliedFeatures(name, enabled, features);
    features[name] = enabled;
  }
  StringSet<> result;
  for (auto &feature : features)
    if (feature.second)
      result.insert(feature.first());
  return result;
}

static Expected<CpuTarget> makeTarget(StringRef cpu, StringRef changes) {
  StringSet<> features = collectFeatures(cpu, changes);
  if (!features.contains("avx2") || !features.contains("fma"))
    return refuse("CPU '" + cpu +
                  "' has no AVX2 and FMA, which compiled models need; the "
                  "least is --mcpu=x86-64-v3");
  CpuTarget target;
  target.cpu = cpu.str();
  target.features = changes.str();
  bool wide = true;
  for (StringRef name : {"avx512f", "avx512bw", "avx512dq", "avx512vl"})
    wide &= features.contains(name);
  target.isa = wide ? kernel::CpuIsa::avx512 : kernel::CpuIsa::avx2;
  target.lanes = wide ? 16 : 8;
  SmallVector<StringRef> required;
  for (StringRef name : kCheckedFeatures)
    if (features.contains(name))
      required.push_back(name);
  target.requiredFeatures = join(required, ",");
  return target;
}

/// What the host lacks of its CPU's features: a hypervisor may hide some, and
/// an operating system may not save the zmm registers.
static std::string hiddenFeatures(StringRef cpu) {
  const StringMap<bool> host = sys::getHostCPUFeatures();
  StringSet<> nominal = collectFeatures(cpu, "");
  SmallVector<std::string> hidden;
  for (StringRef name : kCheckedFeatures) {
    auto found = host.find(name);
    if (nominal.contains(name) && (found == host.end() || !found->second))
      hidden.push_back(("-" + name).str());
  }
  return join(hidden, ",");
}

static Expected<CpuTarget> selectHost() {
  StringRef cpu = sys::getHostCPUName();
  if (X86::parseArchX86(cpu, /*Only64Bit=*/true) != X86::CK_None &&
      cpu != "x86-64")
    return makeTarget(cpu, hiddenFeatures(cpu));
  // A CPU newer than LLVM: the best level that it has in full.
  for (StringRef level : {"x86-64-v4", "x86-64-v3"})
    if (hiddenFeatures(level).empty())
      return makeTarget(level, "");
  return refuse("this CPU ('" + cpu +
                "') has no AVX2 and FMA, which compiled models need; choose "
                "the CPU that will run the model with --mcpu");
}

Expected<CpuTarget> selectCpu(StringRef mcpu) {
  if (mcpu == "native")
    return selectHost();
  if (X86::parseArchX86(mcpu, /*Only64Bit=*/true) != X86::CK_None)
    return makeTarget(mcpu, "");
  if (X86::parseArchX86(mcpu) != X86::CK_None)
    return refuse("CPU '" + mcpu + "' is not a 64-bit x86");
  return refuse("unknown CPU '" + mcpu.take_front(64) +
                "'; the nearest names are native, " +
                nearestCpus(mcpu.take_front(64)));
}

Expected<std::vector<CpuTarget>> selectCpus(StringRef mcpu) {
  std::vector<CpuTarget> targets;
  for (StringRef name : split(mcpu, '+')) {
    Expected<CpuTarget> target = selectCpu(name);
    if (!target)
      return target.takeError();
    for (const CpuTarget &other : targets)
      if (other.requiredFeatures == target->requiredFeatures)
        return refuse("CPUs '" + other.cpu + "' and '" + target->cpu +
                      "' need the same features: the code of one would never "
                      "be chosen");
    targets.push_back(std::move(*target));
  }
  llvm::stable_sort(targets, [](const CpuTarget &a, const CpuTarget &b) {
    auto count = [](const CpuTarget &target) {
      return StringRef(target.requiredFeatures).count(',');
    };
    return std::pair(a.lanes, count(a)) < std::pair(b.lanes, count(b));
  });
  return targets;
}

std::string joinCpus(ArrayRef<CpuTarget> targets) {
  auto names =
      map_range(targets, [](const CpuTarget &target) { return target.cpu; });
  return join(names.begin(), names.end(), "+");
}

Expected<CpuTarget> selectCpu(kernel::TargetAttr target) {
  if (X86::parseArchX86(target.getCpu(), /*Only64Bit=*/true) == X86::CK_None)
    return refuse("unknown CPU '" + target.getCpu().take_front(64) +
                  "' in kernel.target");
  return makeTarget(target.getCpu(), target.getFeatures());
}

kernel::TargetAttr getTargetAttr(mlir::MLIRContext *context,
                                 const CpuTarget &target, int64_t threads) {
  context->getOrLoadDialect<kernel::KernelDialect>();
  return kernel::TargetAttr::get(context, target.cpu, target.features,
                                 target.isa, target.lanes, threads);
}

} // namespace atrous
