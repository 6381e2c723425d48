//===- cpu-features.cpp - CPUID against the model's list ------------------===//

#include "runtime/base/error.h"
#include "runtime/cpu/cpu_features.h"
#include <cstdlib>
#include <gtest/gtest.h>
#include <string>

using namespace atrous::runtime;

namespace {

atrous_model makeTable(const char *cpu, const char *features) {
  atrous_model table = {};
  table.cpu = cpu;
  table.cpu_features = features;
  return table;
}

atrous_status check(const char *features) {
  atrous_model table = makeTable("some-cpu", features);
  const atrous_model *chosen;
  return chooseVariant(table, chosen);
}

/// Sets ATROUS_MAX_CPU while it lives.
struct Limit {
  explicit Limit(const char *name) { setenv("ATROUS_MAX_CPU", name, 1); }
  ~Limit() { unsetenv("ATROUS_MAX_CPU"); }
};

TEST(CpuFeatures, agreesWithTheCompilersBuiltin) {
  const struct {
    const char *name;
    bool here;
  } features[] = {{"sse3", __builtin_cpu_supports("sse3") != 0},
                  {"avx2", __builtin_cpu_supports("avx2") != 0},
                  {"fma", __builtin_cpu_supports("fma") != 0},
                  {"bmi2", __builtin_cpu_supports("bmi2") != 0},
                  {"avx512f", __builtin_cpu_supports("avx512f") != 0},
                  {"avx512vl", __builtin_cpu_supports("avx512vl") != 0},
                  {"gfni", __builtin_cpu_supports("gfni") != 0},
                  {"avx512fp16", __builtin_cpu_supports("avx512fp16") != 0}};
  for (auto &feature : features) {
    EXPECT_EQ(check(feature.name) == ATROUS_OK, feature.here) << feature.name;
    if (!feature.here)
      EXPECT_NE(
          std::string(lastError()).find("lacks " + std::string(feature.name)),
          std::string::npos)
          << lastError();
  }
}

TEST(CpuFeatures, readsLists) {
  EXPECT_EQ(check(""), ATROUS_OK);
  EXPECT_EQ(check("sse3,ssse3,"), ATROUS_OK);
  EXPECT_EQ(check("sse3,warp-drive"), ATROUS_ERROR_UNSUPPORTED);
  EXPECT_STREQ(lastError(), "the model needs CPU features that this runtime "
                            "does not know: warp-drive");
}

TEST(CpuFeatures, takesTheLastVariantThatRuns) {
  atrous_model least = makeTable("a", "sse3"), more = makeTable("b", "ssse3"),
               most = makeTable("c", "warp-drive");
  const atrous_model *const variants[] = {&least, &more, &most};
  for (atrous_model *table : {&least, &more, &most}) {
    table->num_variants = 3;
    table->variants = variants;
  }
  const atrous_model *chosen;
  EXPECT_EQ(chooseVariant(least, chosen), ATROUS_OK);
  EXPECT_EQ(chosen, &more);
  Limit limit("x86-64");
  EXPECT_EQ(chooseVariant(least, chosen), ATROUS_ERROR_UNSUPPORTED);
  EXPECT_STREQ(lastError(),
               "the model holds code for 'a', 'b', 'c'; this CPU (x86-64, as "
               "ATROUS_MAX_CPU says) or its operating system lacks sse3 for a; "
               "compile it with another --mcpu");
}

TEST(CpuFeatures, limitTakesFeaturesAway) {
  EXPECT_EQ(check("ssse3"), ATROUS_OK);
  {
    Limit limit("x86-64-v2");
    EXPECT_EQ(check("ssse3"), ATROUS_OK);
    EXPECT_EQ(check("ssse3,avx2,fma"), ATROUS_ERROR_UNSUPPORTED);
    EXPECT_STREQ(
        lastError(),
        "the model holds code for 'some-cpu'; this CPU (x86-64-v2, as "
        "ATROUS_MAX_CPU says) or its operating system lacks avx2, fma; "
        "compile it with another --mcpu");
  }
  Limit limit("z80");
  EXPECT_EQ(check("ssse3"), ATROUS_ERROR_USAGE);
  EXPECT_STREQ(lastError(), "ATROUS_MAX_CPU is 'z80'; it can be x86-64, "
                            "x86-64-v2, x86-64-v3 or x86-64-v4");
}

} // namespace
