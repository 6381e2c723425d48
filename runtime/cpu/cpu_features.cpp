//===- cpu_features.cpp - Which code of a model can this CPU run? ---------===//

#include "runtime/cpu/cpu_features.h"

#include "runtime/base/error.h"
#include <cpuid.h>
#include <stdlib.h>
#include <string.h>

using namespace atrous::runtime;

namespace {

enum Register { eax, ebx, ecx, edx };

struct Feature {
  const char *name;
  uint32_t leaf, subleaf;
  Register reg;
  uint32_t bit, state;
  int32_t level;
};

constexpr Feature features[] = {
#define FEATURE(name, leaf, subleaf, reg, bit, state, level)                   \
  {name, leaf, subleaf, reg, bit, state, level},
#include "runtime/cpu/cpu_features.inc"
#undef FEATURE
};

/// x86-64-v1 is what every x86-64 has.
constexpr const char *levelNames[] = {"x86-64", "x86-64-v2", "x86-64-v3",
                                      "x86-64-v4"};
constexpr int32_t kNumLevels = 4;

/// What a list has that is not to be had.
struct Lacks {
  char missing[512] = "", unknown[512] = "";
  size_t missingLength = 0, unknownLength = 0;

  bool any() const { return missingLength || unknownLength; }
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

/// The level above which ATROUS_MAX_CPU takes features away.
static atrous_status readLimit(int32_t &limit) {
  const char *name = getenv("ATROUS_MAX_CPU");
  limit = INT32_MAX;
  if (!name || !*name)
    return ATROUS_OK;
  for (int32_t i = 0; i < kNumLevels; ++i)
    if (!strcmp(name, levelNames[i]))
      limit = i + 1;
  if (limit != INT32_MAX)
    return ATROUS_OK;
  return fail(ATROUS_ERROR_USAGE,
              "ATROUS_MAX_CPU is '%.64s'; it can be x86-64, x86-64-v2, "
              "x86-64-v3 or x86-64-v4",
              name);
}

/// The highest level of which nothing is missing.
static const char *nameOfThisCpu(int32_t limit) {
  int32_t level = limit < kNumLevels ? limit : kNumLevels;
  for (const Feature &feature : features)
    if (feature.level <= level && !isSupported(feature))
      level = feature.level - 1;
  return levelNames[level - 1];
}

static Lacks findLacks(const char *list, int32_t limit) {
  Lacks lacks;
  for (const char *next = list; *next;) {
    size_t length = strcspn(next, ",");
    const Feature *feature = find(next, length);
    if (length && !feature)
      lacks.unknownLength = append(
          lacks.unknown, sizeof(lacks.unknown), lacks.unknownLength, "%s%.*s",
          lacks.unknownLength ? ", " : "", static_cast<int>(length), next);
    else if (length && (feature->level > limit || !isSupported(*feature)))
      lacks.missingLength =
          append(lacks.missing, sizeof(lacks.missing), lacks.missingLength,
                 "%s%s", lacks.missingLength ? ", " : "", feature->name);
    next += length;
    next += *next == ',';
  }
  return lacks;
}

atrous_status atrous::runtime::chooseVariant(const atrous_model &table,
                                             const atrous_model *&chosen) {
  int32_t limit;
  if (atrous_status status = readLimit(limit))
    return status;
  const atrous_model *own = &table;
  int32_t count = table.num_variants;
  const atrous_model *const *variants = count ? table.variants : &own;
  count = count ? count : 1;
  for (int32_t i = count; i-- > 0;) {
    chosen = variants[i];
    if (!findLacks(chosen->cpu_features, limit).any())
      return ATROUS_OK;
  }

  Lacks lacks = findLacks(chosen->cpu_features, limit);
  if (!lacks.missingLength)
    return fail(ATROUS_ERROR_UNSUPPORTED,
                "the model needs CPU features that this runtime does not know: "
                "%s",
                lacks.unknown);
  char held[256] = "";
  size_t length = 0;
  for (int32_t i = 0; i < count; ++i)
    length = append(held, sizeof(held), length, "%s'%s'", i ? ", " : "",
                    variants[i]->cpu);
  return fail(ATROUS_ERROR_UNSUPPORTED,
              "the model holds code for %s; this CPU (%s%s) or its operating "
              "system lacks %s%s%s; compile it with another --mcpu",
              held, nameOfThisCpu(limit),
              limit == INT32_MAX ? "" : ", as ATROUS_MAX_CPU says",
              lacks.missing, count > 1 ? " for " : "",
              count > 1 ? chosen->cpu : "");
}
