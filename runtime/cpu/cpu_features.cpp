//===- cpu_features.cpp - Can this CPU run a model? -----------------------===//

#include "runtime/cpu/cpu_features.h"

#include "runtime/base/error.h"
#include <cpuid.h>
#include <string.h>

using namespace atrous::runtime;

namespace {

enum Register { eax, ebx, ecx, edx };

struct Feature {
  const char *name;
  uint32_t leaf, subleaf;
  Register reg;
  uint32_t bit, state;
};

constexpr Feature features[] = {
#define FEATURE(name, leaf, subleaf, reg, bit, state)                          \
  {name, leaf, subleaf, reg, bit, state},
#include "runtime/cpu/cpu_features.inc"
#undef FEATURE
};

} // namespace

/// The state components that the operating system saves on a context switch.
static uint32_t savedState() {
  uint32_t r[4];
  constexpr uint32_t kOsxsave = 1u << 27;
  if (!__get_cpuid(1, &r[0], &r[1], &r[2], &r[3]) || !(r[ecx] & kOsxsave))
    return 0;
  uint32_t low, high;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return low;
}

static bool isSupported(const Feature &feature) {
  uint32_t r[4];
  if (!__get_cpuid_count(feature.leaf, feature.subleaf, &r[0], &r[1], &r[2],
                         &r[3]))
    return false;
  return (r[feature.reg] >> feature.bit & 1) &&
         (savedState() & feature.state) == feature.state;
}

static const Feature *find(const char *name, size_t length) {
  for (const Feature &feature : features)
    if (strlen(feature.name) == length && !memcmp(feature.name, name, length))
      return &feature;
  return nullptr;
}

atrous_status atrous::runtime::checkCpuFeatures(const char *list,
                                                const char *cpu) {
  char missing[512] = "", unknown[512] = "";
  size_t missingLength = 0, unknownLength = 0;
  for (const char *next = list; *next;) {
    size_t length = strcspn(next, ",");
    const Feature *feature = find(next, length);
    if (length && !feature)
      unknownLength =
          append(unknown, sizeof(unknown), unknownLength, "%s%.*s",
                 unknownLength ? ", " : "", static_cast<int>(length), next);
    else if (length && !isSupported(*feature))
      missingLength =
          append(missing, sizeof(missing), missingLength, "%s%s",
                 missingLength ? ", " : "", feature->name);
    next += length;
    next += *next == ',';
  }
  if (missingLength)
    return fail(ATROUS_ERROR_UNSUPPORTED,
                "the model was compiled for '%s', but this CPU or its operating "
                "system lacks %s; compile it with another --mcpu",
                cpu, missing);
  if (unknownLength)
    return fail(ATROUS_ERROR_UNSUPPORTED,
                "the model needs CPU features that this runtime does not know: "
                "%s",
                unknown);
  return ATROUS_OK;
}
