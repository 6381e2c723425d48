//===- TuneCache.cpp - Schedules that were the fastest --------------------===//

#include "compiler/tune/TuneCache.h"

#include "compiler/emit/CacheFile.h"

#include "llvm/Config/llvm-config.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include <cpuid.h>

using namespace mlir;
using namespace atrous;

TuneCache::TuneCache(StringRef folder)
    : folder(folder.empty() ? "" : (folder + "/tune").str()) {}

/// "AMD EPYC 9654 96-Core Processor", as CPUID says it.
static std::string getCpuModel() {
  constexpr unsigned kFirst = 0x80000002, kLast = 0x80000004;
  if (__get_cpuid_max(0x80000000, nullptr) < kLast)
    return "";
  std::string name;
  for (unsigned leaf = kFirst; leaf <= kLast; ++leaf) {
    unsigned registers[4];
    __get_cpuid(leaf, &registers[0], &registers[1], &registers[2],
                &registers[3]);
    name.append(reinterpret_cast<const char *>(registers), sizeof(registers));
  }
  return StringRef(name).rtrim(StringRef("\0 ", 2)).trim().str();
}

template <typename T> static std::string toText(const T &value) {
  std::string text;
  llvm::raw_string_ostream(text) << value;
  return text;
}

/// The kernel without its name and where it comes from.
static std::string getContent(kernel::DefOp def) {
  OwningOpRef<Operation *> copy(def->clone());
  cast<kernel::DefOp>(*copy).setSymName("kernel");
  std::string text;
  llvm::raw_string_ostream os(text);
  (*copy)->print(os, OpPrintingFlags().useLocalScope());
  return text;
}

std::string TuneCache::getKey(kernel::DefOp def, kernel::TargetAttr target,
                              ArrayRef<kernel::CpuScheduleAttr> schedules) {
  SmallVector<std::string> parts{ATROUS_VERSION " " LLVM_VERSION_STRING,
                                 getCpuModel(), toText(target),
                                 getContent(def)};
  for (kernel::CpuScheduleAttr schedule : schedules)
    parts.push_back(toText(schedule));
  return getCacheKey(SmallVector<StringRef>(parts.begin(), parts.end()));
}

kernel::CpuScheduleAttr
TuneCache::find(StringRef key, ArrayRef<kernel::CpuScheduleAttr> schedules) {
  if (folder.empty())
    return nullptr;
  auto buffer = llvm::MemoryBuffer::getFile(folder + "/" + key);
  if (!buffer)
    return nullptr;
  const auto *found =
      llvm::find_if(schedules, [&](kernel::CpuScheduleAttr schedule) {
        return toText(schedule) == (*buffer)->getBuffer().rtrim('\n');
      });
  return found == schedules.end() ? nullptr : *found;
}

void TuneCache::add(StringRef key, kernel::CpuScheduleAttr schedule) {
  if (folder.empty())
    return;
  llvm::consumeError(writeCacheFile(
      folder, key, [&](llvm::raw_ostream &os) { os << schedule << '\n'; }));
}
